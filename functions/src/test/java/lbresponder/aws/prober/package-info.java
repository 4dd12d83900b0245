@NullMarked
package lbresponder.aws.prober;

import org.jspecify.annotations.NullMarked;
