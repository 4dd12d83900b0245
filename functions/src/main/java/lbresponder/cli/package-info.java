/// The command line: the report on stdout, everything else on stderr.
@NullMarked
package lbresponder.cli;

import org.jspecify.annotations.NullMarked;
