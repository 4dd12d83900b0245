package lbresponder.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/// What one run of the command line left.
///
/// @param err without progress, which a slow machine shows
record Ran(int code, String out, String err) {
  static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    String said =
        err.toString()
            .lines()
            .filter(line -> !line.endsWith(" …"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    return new Ran(code, out.toString(), said);
  }
}
