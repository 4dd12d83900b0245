@NullMarked
package lbresponder;

import org.jspecify.annotations.NullMarked;
