package lbresponder.cause;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    List<RegisteredTarget> failing = current.allTargets().failing();
    Set<String> zones =
        failing.stream()
            .flatMap(target -> Stream.ofNullable(current.zone(target)))
            .collect(Collectors.toSet());
    if (zones.size() > 1) {
      return new Verdict.RuledOut("failing targets are not all of one zone");
    }
    Findings findings = Findings.ofHealth(current.allTargets());
    if (failing.stream().noneMatch(target -> target.group().hasAddresses())) {
      return findings.orRuledOut(
          failing.isEmpty() ? "no target fails" : "what fails has no address, and so no zone");
    }
    current.allTargets().all().stream()
        .filter(target -> target.group().hasAddresses() && current.zone(target) == null)
        .forEach(target -> findings.missing("which zone %s is in".formatted(target.label())));
    if (!findings.isComplete()) {
      return findings.verdict();
    }
    String zone = zones.iterator().next();
    return failsAsAWhole(current, zone)
        ? cause(current, zone)
        : new Verdict.RuledOut(
            "%s does not fail as a whole while other zones are well".formatted(zone));
  }

  private static boolean failsAsAWhole(Case current, String zone) {
    List<RegisteredTarget> all = current.allTargets().all();
    return all.stream()
            .allMatch(
                target ->
                    zone.equals(current.zone(target)) ? target.fails() : target.takesTraffic())
        && ids(current).size() > 1
        && all.size() > current.allTargets().failing().size();
  }

  private static Set<String> ids(Case current) {
    return current.allTargets().failing().stream()
        .map(RegisteredTarget::id)
        .collect(Collectors.toSet());
  }

  private static Verdict.Cause cause(Case current, String zone) {
    Set<String> ids = ids(current);
    Known<List<StatusCheck>> checks = current.facts().fleet().statusChecks();
    long hosts = impaired(checks, Subject.HOST, ids);
    return Verdict.Cause.of(
            hosts > 1 ? Confidence.LIKELY : Confidence.POSSIBLE,
            zone,
            "all %s in %s fail, and those of other zones are healthy"
                .formatted(Phrases.count(ids.size(), "target"), zone),
            hosts > 0
                ? "%s the system status check".formatted(fail(hosts))
                : withoutHosts(checks, impaired(checks, Subject.MACHINE, ids)))
        .about(current.allTargets().failing());
  }

  private static long impaired(Known<List<StatusCheck>> checks, Subject of, Set<String> ids) {
    return checks.orElse(List.of()).stream()
        .filter(check -> check.state() == StatusCheck.State.IMPAIRED && check.of() == of)
        .map(StatusCheck::instance)
        .filter(ids::contains)
        .distinct()
        .count();
  }

  private static String fail(long instances) {
    return instances == 1
        ? "1 of their instances fails"
        : "%d of their instances fail".formatted(instances);
  }

  private static String withoutHosts(Known<List<StatusCheck>> checks, long machines) {
    if (machines > 0) {
      return "%s the instance status check, which speaks of the instance, not of its zone"
          .formatted(fail(machines));
    }
    return checks.fold(
        _ -> "the provider's own checks of them find nothing",
        _ -> "the provider's own checks of them could not be read",
        _ -> "the provider does not check them");
  }
}
