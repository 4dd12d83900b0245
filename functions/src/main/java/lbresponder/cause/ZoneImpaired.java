package lbresponder.cause;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;

/// Unrelated targets of one zone fail together while those of other zones are well. A subnet's
/// rules can do the same, so that without failed checks of the provider's own it is possible at
/// most.
final class ZoneImpaired extends Check {
  ZoneImpaired() {
    super(
        "One zone fails as a whole",
        "Look at the provider's status of the zone; shift traffic away from it while it lasts.",
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    if (!findings.isComplete()) {
      return findings.verdict();
    }
    Set<String> zones =
        current.targets().failing().stream()
            .map(target -> Objects.toString(current.zone(target), "?"))
            .collect(Collectors.toSet());
    if (zones.size() != 1 || zones.contains("?")) {
      return new Verdict.RuledOut("failing targets are not all of one zone");
    }
    String zone = zones.iterator().next();
    return failsAsAWhole(current, zone)
        ? cause(current, zone)
        : new Verdict.RuledOut(
            "%s does not fail as a whole while other zones are well".formatted(zone));
  }

  private static boolean failsAsAWhole(Case current, String zone) {
    List<RegisteredTarget> all = current.targets().all();
    return all.stream()
            .allMatch(
                target ->
                    zone.equals(current.zone(target)) ? target.fails() : target.takesTraffic())
        && ids(current).size() > 1
        && all.size() > current.targets().failing().size();
  }

  private static Set<String> ids(Case current) {
    return current.targets().failing().stream()
        .map(RegisteredTarget::id)
        .collect(Collectors.toSet());
  }

  private static Verdict.Cause cause(Case current, String zone) {
    Set<String> ids = ids(current);
    Known<List<StatusCheck>> checks = current.facts().fleet().statusChecks();
    long impaired =
        checks.orElse(List.of()).stream()
            .filter(check -> check.state() == StatusCheck.State.IMPAIRED)
            .filter(check -> check.of() == Subject.HOST)
            .map(StatusCheck::instance)
            .filter(ids::contains)
            .distinct()
            .count();
    String ownChecks =
        checks.isKnown()
            ? "the provider's own checks of them find nothing"
            : "the provider's own checks of them could not be read";
    return Verdict.Cause.of(
            impaired > 1 ? Confidence.LIKELY : Confidence.POSSIBLE,
            zone,
            "all %s in %s fail, and those of other zones are healthy"
                .formatted(Phrases.count(ids.size(), "target"), zone),
            impaired > 1
                ? "%d of their instances fail the system status check".formatted(impaired)
                : ownChecks)
        .about(current.targets().failing());
  }
}
