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
import lbresponder.json.RecordedIncident;

/// A recorded incident that comes with the jar.
///
/// @param name what it is asked for by
record Demo(String name, RecordedIncident incident) {
  private static final String LIST = "list.txt";

  /// All of them, in the order of the list. The build puts the incidents that it names, and what
  /// they refer to, beside it.
  static List<Demo> all() {
    try {
      URI list =
          Objects.requireNonNull(Demo.class.getResource("/lbresponder/demo/" + LIST), LIST).toURI();
      if (!list.getScheme().equals("jar")) {
        return of(Path.of(list), Path.of(list).resolveSibling("."));
      }
      try (FileSystem _ = FileSystems.newFileSystem(list, Map.of())) {
        return of(Path.of(list), Path.of(list).resolveSibling("."));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// @param list in each line a name, and a file in the folder
  static List<Demo> of(Path list, Path folder) throws IOException {
    List<Demo> all = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      String[] words = line.split(" +", 2);
      all.add(new Demo(words[0], RecordedIncident.read(folder.resolve(words[1]).normalize())));
    }
    return List.copyOf(all);
  }
}
