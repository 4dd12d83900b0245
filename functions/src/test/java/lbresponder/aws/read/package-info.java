@NullMarked
package lbresponder.aws.read;

import org.jspecify.annotations.NullMarked;
