package lbresponder.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import lbresponder.json.RecordedIncident;

/// A recorded incident that comes with the jar.
///
/// @param name what it is asked for by
record Demo(String name, RecordedIncident incident) {
  private static final String LIST = "list.txt";

  /// All of them, in the order of the list. The build puts the incidents that it names, and what
  /// they refer to, beside it.
  static List<Demo> all() {
    return read(_ -> true);
  }

  /// The one of this name, without reading the others; empty where there is none.
  static Optional<Demo> named(String name) {
    return read(name::equals).stream().findFirst();
  }

  private static List<Demo> read(Predicate<String> wanted) {
    try {
      URI list =
          Objects.requireNonNull(Demo.class.getResource("/lbresponder/demo/" + LIST), LIST).toURI();
      if (!list.getScheme().equals("jar")) {
        return of(Path.of(list), Path.of(list).resolveSibling("."), wanted);
      }
      try (FileSystem _ = FileSystems.newFileSystem(list, Map.of())) {
        return of(Path.of(list), Path.of(list).resolveSibling("."), wanted);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// @param list in each line a name, and a file in the folder
  /// @param wanted which names to read
  static List<Demo> of(Path list, Path folder, Predicate<String> wanted) throws IOException {
    List<Demo> all = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      String[] words = line.split(" +", 2);
      if (wanted.test(words[0])) {
        all.add(new Demo(words[0], RecordedIncident.read(folder.resolve(words[1]).normalize())));
      }
    }
    return List.copyOf(all);
  }
}
