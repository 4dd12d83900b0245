@NullMarked
package lbresponder.probe;

import org.jspecify.annotations.NullMarked;
