package lbresponder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Symptom;
import org.junit.jupiter.api.Test;

/// The page of causes is the runbook. Which family a cause belongs to says the page itself, in the
/// comment before each family's part.
class CausesPageTest {
  private static final String PAGE = "docs/causes.md";
  private static final Pattern FAMILY = Pattern.compile("<!-- (causes\\s[\\w\\s]+?) -->");

  private static final Map<String, Check> CHECKS =
      Runbook.CHECKS.stream().collect(Collectors.toMap(Check::id, Function.identity()));

  private static List<String> families() {
    return Documents.found(FAMILY, PAGE).map(family -> family.group(1)).toList();
  }

  private static Stream<String> ids(String family) {
    return Stream.of(family.split("\\s+")).skip(1);
  }

  @Test
  void everyCauseIsInOneFamily() {
    assertThat(families().stream().flatMap(CausesPageTest::ids))
        .containsExactlyInAnyOrderElementsOf(CHECKS.keySet());
  }

  @Test
  void theFamiliesSayWhatTheChecksSay() {
    for (String family : families()) {
      String entries =
          ids(family)
              .map(CHECKS::get)
              .map(CausesPageTest::entry)
              .collect(Collectors.joining("", "\n", "\n"));
      Documents.hold(PAGE, family, entries);
    }
  }

  @Test
  void theOrderIsThatOfTheRunbook() {
    String order =
        Runbook.CHECKS.stream()
            .map(check -> "[%1$s](#%1$s)".formatted(check.id()))
            .collect(Collectors.joining(", "));
    Documents.hold(PAGE, "order", Documents.folded(order, ""));
  }

  private static String entry(Check check) {
    String looks =
        check.symptoms().stream()
            .sorted()
            .map(Symptom::sentence)
            .collect(Collectors.joining("; ", "*Looks like:* ", "."));
    return "- <a id=\"%1$s\"></a>**%1$s**\n  %2$s.\n".formatted(check.id(), check.title())
        + Documents.folded("  *Do:* " + check.advice(), "  ")
        + Documents.folded(
            "  %s [Recorded incidents](../events/incidents/%s)"
                .formatted(
                    check.symptoms().isEmpty() ? "No alarm shows it by itself." : looks,
                    check.id()),
            "  ");
  }
}
