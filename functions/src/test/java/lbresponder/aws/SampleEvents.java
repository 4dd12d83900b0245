package lbresponder.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The alarm events in `events/`, by name without `.json`.
final class SampleEvents {
  private static final Path FOLDER = Path.of("..", "events");

  static SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
        all.put(file.getFileName().toString().replace(".json", ""), Files.readString(file));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return all;
  }

  static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".json"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private SampleEvents() {}
}
