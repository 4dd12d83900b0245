/// What a check is, what it may say, and how the verdicts of all checks become one diagnosis. Pure:
/// no I/O, no clock.
@NullMarked
package lbresponder.diagnosis;

import org.jspecify.annotations.NullMarked;
