package lbresponder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A reader who follows a link arrives, and needs not scroll sideways on the way.
class LinksTest {
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");

  /// For users; in the others tables and lists have rows as long as they are.
  private static final Pattern PAGES =
      Pattern.compile("(README|CONTRIBUTING|SECURITY|docs/.*)\\.md");

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (String document : Documents.all()) {
      LINK.matcher(withoutCode(document))
          .results()
          .map(link -> link.group(1))
          .filter(link -> !link.matches("[a-z]+:.*"))
          .filter(link -> !leadsSomewhere(document, link))
          .forEach(link -> broken.add(document + ": " + link));
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(String document, String link) {
    String[] parts = link.split("#", 2);
    Path to = parts[0].isEmpty() ? Path.of(document) : Path.of(document).resolveSibling(parts[0]);
    return Files.exists(Documents.file(to.normalize().toString()))
        && (parts.length == 1 || anchors(to.normalize().toString()).anyMatch(parts[1]::equals));
  }

  private static Stream<String> anchors(String document) {
    return Stream.concat(
        Documents.found(ANCHOR, document).map(anchor -> anchor.group(1)),
        Documents.found(HEADING, document).map(heading -> slug(heading.group(1))));
  }

  /// As the forge makes an anchor of a heading.
  private static String slug(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .strip()
        .replace(' ', '-');
  }

  private static String withoutCode(String document) {
    return CODE.matcher(Documents.read(document)).replaceAll("");
  }

  @Test
  void linesAreNotTooLong() {
    List<String> tooLong = new ArrayList<>();
    for (String document : Documents.all()) {
      if (PAGES.matcher(document).matches()) {
        Documents.read(document)
            .lines()
            .filter(line -> line.length() > Documents.WIDTH)
            .forEach(line -> tooLong.add(document + ": " + line));
      }
    }
    assertThat(tooLong).isEmpty();
  }
}
