package lbresponder.cli;

import picocli.CommandLine.IVersionProvider;

/// The version that the jar's manifest states.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String stated = Main.class.getPackage().getImplementationVersion();
    return new String[] {"lb-responder " + (stated == null ? "(classes without a jar)" : stated)};
  }
}
