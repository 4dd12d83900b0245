import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Formats every Java file of the project (`write`), or fails naming those that are not formatted
/// (`check`).
final class Format {
  public static void main(String[] arguments) throws IOException {
    List<String> words = new ArrayList<>();
    if (arguments[0].equals("write")) {
      words.add("--replace");
    } else {
      words.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    for (String folder : List.of("functions/src", "infra/src", "tools")) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
          files
              .map(Path::toString)
              .filter(name -> name.endsWith(".java"))
              .sorted()
              .forEach(words::add);
        }
      }
    }
    Main.main(words.toArray(String[]::new));
  }
}
