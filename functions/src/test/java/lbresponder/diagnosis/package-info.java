@NullMarked
package lbresponder.diagnosis;

import org.jspecify.annotations.NullMarked;
