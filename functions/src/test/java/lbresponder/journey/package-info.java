@NullMarked
package lbresponder.journey;

import org.jspecify.annotations.NullMarked;
