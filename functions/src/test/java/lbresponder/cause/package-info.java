@NullMarked
package lbresponder.cause;

import org.jspecify.annotations.NullMarked;
