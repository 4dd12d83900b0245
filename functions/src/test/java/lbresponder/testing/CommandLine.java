package lbresponder.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The jar's command line as a process, in an emulated AWS.
public final class CommandLine {
  private CommandLine() {}

  /// @param endpoint of the emulated AWS
  /// @param words the command and its options
  public static ProcessBuilder of(URI endpoint, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dlog4j2.configurationFile=log4j2-cli.xml",
                "-cp",
                "target/respond.jar",
                "lbresponder.cli.Main"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("AWS_ENDPOINT_URL", endpoint.toString());
    builder.environment().put("AWS_REGION", World.REGION);
    builder.environment().put("AWS_ACCESS_KEY_ID", "test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    return builder;
  }
}
