package lbresponder.diagnosis;

import java.util.List;
import java.util.Optional;
import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;

/// Whether clients meet what the health check meets. If they do, the application answers all the
/// world so, and the check is right to fail; if they do not, the check asks for the wrong thing.
///
/// @param same what shows that clients meet it too; empty: nothing does
/// @param served whether clients are known to be served as before
/// @param passed whether the check is known to have passed before
/// @param unread why nothing that is counted could be read; empty: it could
public record AsClients(Optional<String> same, boolean served, boolean passed, String unread) {
  /// So much fewer answers of success are no swing of any hour.
  private static final double FEWER = 0.5;

  /// So many answers of success are as many as before.
  private static final double AS_MANY = 0.8;

  /// @param targets that fail the check, all of one group
  public static AsClients of(Case current, List<RegisteredTarget> targets) {
    String group = targets.getFirst().group().id();
    Optional<String> risen =
        codes(targets).stream()
            .map(code -> code / 100 == 3 ? Measure.TARGET_3XX : Measure.TARGET_4XX)
            .distinct()
            .flatMap(measure -> risen(current, measure, group).stream())
            .findFirst();
    Known<Double> success = current.counts().growth(Measure.TARGET_2XX);
    Optional<String> fell =
        success.map(growth -> growth <= FEWER && current.traits().failsOpen()).orElse(false)
            ? Optional.of("clients get fewer answers of success than in the hour before")
            : Optional.empty();
    return new AsClients(
        risen.or(() -> fell),
        success.map(growth -> growth >= AS_MANY).orElse(false),
        current
            .counts()
            .nearestUsual(Measure.UNHEALTHY_TARGETS, group)
            .map(usual -> usual < targets.size())
            .orElse(false),
        current.facts().load().fold(_ -> "", why -> why, _ -> ""));
  }

  private static List<Integer> codes(List<RegisteredTarget> targets) {
    return targets.stream()
        .flatMap(target -> target.unexpectedStatuses().stream())
        .filter(code -> code / 100 == 3 || code / 100 == 4)
        .distinct()
        .toList();
  }

  private static Optional<String> risen(Case current, Measure measure, String group) {
    Count count = current.counts().nearestCount(measure, group).orElse(Count.NONE);
    return count.now() > 0 && count.hasRisen().orElse(false)
        ? Optional.of(
            "clients get the like: %s were counted (%s)"
                .formatted(Phrases.number(count.now()), current.counts().name(measure, null)))
        : Optional.empty();
  }

  /// What is left of the claim that the check asks for the wrong thing.
  public Verdict.Cause weigh(Verdict.Cause misconfigured) {
    if (same.isPresent()) {
      return misconfigured.and(same.get()).atMost(Confidence.POSSIBLE);
    }
    if (!unread.isEmpty()) {
      return misconfigured
          .and("whether clients get the like is not known: " + unread)
          .atMost(Confidence.POSSIBLE);
    }
    if (served) {
      return misconfigured.and("clients get as many answers of success as in the hour before");
    }
    return passed
        ? misconfigured
            .and("the check passed before: the application may have changed, or the check")
            .atMost(Confidence.LIKELY)
        : misconfigured;
  }
}
