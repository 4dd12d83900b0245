@NullMarked
package lbresponder.message;

import org.jspecify.annotations.NullMarked;
