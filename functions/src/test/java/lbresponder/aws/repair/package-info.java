@NullMarked
package lbresponder.aws.repair;

import org.jspecify.annotations.NullMarked;
