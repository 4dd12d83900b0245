@NullMarked
package lbresponder.cli;

import org.jspecify.annotations.NullMarked;
