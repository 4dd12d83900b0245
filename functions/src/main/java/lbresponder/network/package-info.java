/// Pure models of what the network does with packets, and of what a repair does to the facts: no
/// I/O, no clock.
@NullMarked
package lbresponder.network;

import org.jspecify.annotations.NullMarked;
