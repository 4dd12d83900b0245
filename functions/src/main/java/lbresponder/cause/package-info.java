/// The causes, one file each, and the runbook that lists them. Pure: facts in, verdict out; no I/O,
/// no clock.
@NullMarked
package lbresponder.cause;

import org.jspecify.annotations.NullMarked;
