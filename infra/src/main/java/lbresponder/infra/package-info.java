/// The CDK app: what lb-responder is in an account.
@NullMarked
package lbresponder.infra;

import org.jspecify.annotations.NullMarked;
