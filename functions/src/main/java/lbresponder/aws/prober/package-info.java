/// The probers that are deployed as Lambda functions: which stands where, and how one is asked.
@NullMarked
package lbresponder.aws.prober;

import org.jspecify.annotations.NullMarked;
