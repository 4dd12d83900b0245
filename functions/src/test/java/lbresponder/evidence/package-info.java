@NullMarked
package lbresponder.evidence;

import org.jspecify.annotations.NullMarked;
