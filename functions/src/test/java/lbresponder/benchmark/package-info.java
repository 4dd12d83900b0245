/// Figures that docs/speed.md quotes, printed as ratios to what was asked for.
@NullMarked
package lbresponder.benchmark;

import org.jspecify.annotations.NullMarked;
