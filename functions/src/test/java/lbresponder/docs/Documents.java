package lbresponder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Markdown files of the repository. A part between `<!-- NAME -->` and `<!-- end -->` is
/// generated: with `-Dupdate` it is rewritten instead of compared.
public final class Documents {
  /// Columns of a line, so that a difference can be read beside another.
  public static final int WIDTH = 150;

  private static final Path ROOT = Path.of("..");

  /// What builds and tests leave.
  private static final Set<String> MADE = Set.of("target", "node_modules", "cdk.out", ".git");

  private Documents() {}

  /// @param name relative to the repository's root
  public static Path file(String name) {
    return ROOT.resolve(name);
  }

  public static String read(String name) {
    return read(file(name));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Every Markdown file, relative to the repository's root.
  static List<String> all() {
    return files().map(Path::toString).filter(name -> name.endsWith(".md")).sorted().toList();
  }

  /// Every file that is not made, relative to the repository's root.
  static Stream<Path> files() {
    try (Stream<Path> below = Files.list(ROOT)) {
      return below.flatMap(Documents::under).map(ROOT::relativize).toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Stream<Path> under(Path path) {
    if (MADE.contains(path.getFileName().toString())) {
      return Stream.of();
    }
    if (!Files.isDirectory(path)) {
      return Stream.of(path);
    }
    try (Stream<Path> below = Files.list(path)) {
      return below.toList().stream().flatMap(Documents::under);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Stream<MatchResult> found(Pattern pattern, String document) {
    return pattern.matcher(read(document)).results();
  }

  /// The part between the comment and the end is this text.
  ///
  /// @param name what the comment before the part says
  public static void hold(String document, String name, String expected) {
    String text = read(document);
    Pattern part =
        Pattern.compile(
            Pattern.quote("<!-- " + name + " -->\n") + "(.*?)<!-- end -->", Pattern.DOTALL);
    Matcher shown = part.matcher(text);
    assertThat(shown.find()).as("%s has a part <!-- %s -->", document, name).isTrue();
    if (System.getProperty("update") == null) {
      assertThat(shown.group(1)).as("<!-- %s --> of %s", name, document).isEqualTo(expected);
      return;
    }
    try {
      Files.writeString(
          file(document),
          text.substring(0, shown.start(1)) + expected + text.substring(shown.end(1)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// As it is, between fences.
  public static String fenced(String text) {
    return "```\n" + text + "```\n";
  }

  /// The words in lines no longer than {@link #WIDTH}, where no word is.
  ///
  /// @param indent before every line but the first
  public static String folded(String text, String indent) {
    return folded(text, indent, WIDTH);
  }

  static String folded(String text, String indent, int width) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split("(?<=\\S) ", -1)) {
      if (column > 0 && column + 1 + word.length() > width) {
        lines.append('\n').append(indent);
        column = indent.length();
      } else if (column > 0) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.append('\n').toString();
  }
}
