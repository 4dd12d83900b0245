package lbresponder.cli;

import java.util.Objects;
import lbresponder.report.ToolVersion;
import picocli.CommandLine.IVersionProvider;

/// The version that reports state too.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "lb-responder " + Objects.requireNonNullElse(ToolVersion.stated(), "(not built)")
    };
  }
}
