/// The causes, one file each, and the runbook that weighs them. Pure: facts in, diagnosis out; no
/// I/O, no clock.
@NullMarked
package lbresponder.check;

import org.jspecify.annotations.NullMarked;
