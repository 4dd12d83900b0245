package lbresponder.aws.alarm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The alarm events in `events/`, by name without `.json`.
public final class SampleEvents {
  private static final Path FOLDER = Path.of("..", "events");

  public static SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        all.put(file.getFileName().toString().replace(".json", ""), Files.readString(file));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return all;
  }

  public static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".json"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private SampleEvents() {}
}
