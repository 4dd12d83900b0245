/// What is deployed, as a CDK app. It knows the `functions` module only by the files it reads
/// there.
@NullMarked
package lbresponder.infra;

import org.jspecify.annotations.NullMarked;
