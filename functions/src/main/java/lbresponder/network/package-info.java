/// Pure models of how packets and repairs act on the vocabulary: no I/O, no clock.
@NullMarked
package lbresponder.network;

import org.jspecify.annotations.NullMarked;
