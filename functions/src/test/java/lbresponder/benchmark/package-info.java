@NullMarked
package lbresponder.benchmark;

import org.jspecify.annotations.NullMarked;
