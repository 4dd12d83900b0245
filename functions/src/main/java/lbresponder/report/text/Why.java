package lbresponder.report.text;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;

/// Why one cause is, or is not, the answer.
public final class Why {
  private Why() {}

  /// Empty where the report knows of no such cause.
  ///
  /// @param id in any case of letters
  /// @param width as in {@link Screen#write}
  public static Optional<String> of(Report report, String id, int width) {
    return Stream.of(
            causes("%s is a cause", report.causes(), id),
            causes("%s is there, and not the reason", report.sideFindings(), id),
            report.ruledOut().stream()
                .filter(part -> part.id().equalsIgnoreCase(id))
                .map(
                    part ->
                        List.of(
                            (part.applies()
                                    ? "%s is ruled out"
                                    : "%s: this load balancer has no such thing")
                                .formatted(part.id()),
                            part.because())),
            report.unknown().stream()
                .filter(part -> part.id().equalsIgnoreCase(id))
                .map(part -> List.of("%s: could not be told".formatted(part.id()), part.missing())))
        .flatMap(found -> found)
        .findFirst()
        .map(lines -> folded(lines, width));
  }

  private static Stream<List<String>> causes(String head, List<CausePart> causes, String id) {
    return causes.stream()
        .filter(cause -> cause.id().equalsIgnoreCase(id))
        .map(
            cause ->
                Stream.of(
                        Stream.of(
                            "%s, %s: %s"
                                .formatted(
                                    head.formatted(cause.id()), cause.confidence(), cause.title())),
                        Stream.ofNullable(cause.aside()),
                        cause.because().stream())
                    .flatMap(lines -> lines)
                    .toList());
  }

  private static String folded(List<String> lines, int width) {
    StringBuilder text = new StringBuilder();
    int at = Math.max(width, Fold.NARROWEST);
    Fold.text("", "  ", lines.getFirst(), at).forEach(line -> text.append(line).append('\n'));
    for (String line : lines.subList(1, lines.size())) {
      Fold.text("  - ", "    ", line, at).forEach(part -> text.append(part).append('\n'));
    }
    return text.toString();
  }

  /// Every cause that the report speaks of, in the order of the alphabet.
  public static List<String> ids(Report report) {
    TreeSet<String> ids = new TreeSet<>();
    report.causes().forEach(part -> ids.add(part.id()));
    report.sideFindings().forEach(part -> ids.add(part.id()));
    report.ruledOut().forEach(part -> ids.add(part.id()));
    report.unknown().forEach(part -> ids.add(part.id()));
    return List.copyOf(ids);
  }
}
