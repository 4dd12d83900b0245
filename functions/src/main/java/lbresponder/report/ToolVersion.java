package lbresponder.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The version that the build wrote beside the classes. A jar's manifest would not do: Lambda
/// unpacks the jar, and then no class has one.
public final class ToolVersion {
  private static final @Nullable String STATED = read();

  private ToolVersion() {}

  /// As it was released, e.g. `1.2.3`; null where classes run that were compiled by hand.
  public static @Nullable String stated() {
    return STATED;
  }

  private static @Nullable String read() {
    try (InputStream in = ToolVersion.class.getResourceAsStream("/lbresponder/version.txt")) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
