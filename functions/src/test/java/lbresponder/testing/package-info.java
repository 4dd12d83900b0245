/// What the tests stand on: an emulated AWS, worlds in it, and a network that fails on demand.
@NullMarked
package lbresponder.testing;

import org.jspecify.annotations.NullMarked;
