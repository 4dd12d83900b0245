/// What is derived from the facts of one incident, each thing once, and asked by many checks. Pure:
/// no I/O, no clock.
@NullMarked
package lbresponder.evidence;

import org.jspecify.annotations.NullMarked;
