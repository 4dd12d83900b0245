package lbresponder.cause;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;

/// Health checks ask on another port than traffic goes to, and only one of the two works: a dead
/// application looks healthy, or a working one does not.
final class HealthCheckPortDiffers extends Check {
  HealthCheckPortDiffers() {
    super(
        "Health checks ask on another port than traffic uses, and only one of them works",
        "Look at the application on its traffic port; let the health check ask there.",
        Symptom.REFUSED,
        Symptom.TIMEOUT,
        Symptom.RESET,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    Map<String, List<RegisteredTarget>> apart = new LinkedHashMap<>();
    for (RegisteredTarget target : current.targets().all()) {
      if (differs(target)) {
        compare(target, current.probes(), findings);
        apart.computeIfAbsent(target.group().id(), _ -> new ArrayList<>()).add(target);
      }
    }
    if (apart.isEmpty()) {
      return findings.orRuledOut("health checks ask on the port that traffic uses");
    }
    if (!findings.hasCause()) {
      apart.values().forEach(targets -> judge(current, targets.getFirst().group(), findings));
    }
    return findings.orRuledOut("the ports differ, and connections to the traffic port succeed");
  }

  private static boolean differs(RegisteredTarget target) {
    Integer checked = target.checkedPort();
    Integer traffic = target.target().port();
    return checked != null && traffic != null && !checked.equals(traffic);
  }

  /// What the same prober got on both ports.
  private static void compare(RegisteredTarget target, Probes probes, Findings findings) {
    for (ProbeResult traffic : probes.of(target, Purpose.TRAFFIC)) {
      for (ProbeResult check : probes.of(target, Purpose.HEALTH_CHECK)) {
        boolean trafficWorks = Probes.any(traffic, Probes::isWell);
        boolean checkWorks = Probes.any(check, Probes::isWell);
        if (traffic.from() == check.from() && trafficWorks != checkWorks) {
          findings.cause(apart(target, trafficWorks ? check : traffic, trafficWorks));
        }
      }
    }
  }

  /// Silence may be the network's: it alone shows nothing.
  private static Verdict.Cause apart(
      RegisteredTarget target, ProbeResult dead, boolean trafficWorks) {
    boolean dropped = Probes.all(dead, Connection.TimedOut.class::isInstance);
    String group = target.group().id();
    return Verdict.Cause.of(
            dropped ? Confidence.POSSIBLE : Confidence.of(target, dead),
            group,
            "%s; the other port works".formatted(Probes.result(target, dead)),
            ports(target))
        .about(target)
        .repairedBy(trafficWorks ? List.of(new Repair.CheckTrafficPort(group)) : List.of())
        .showingAs(
            trafficWorks
                ? new Symptom[] {Symptom.UNHEALTHY}
                : new Symptom[] {Symptom.REFUSED, Symptom.TIMEOUT, Symptom.RESET});
  }

  private static void judge(Case current, TargetGroup group, Findings findings) {
    List<RegisteredTarget> here = RegisteredTarget.of(group);
    if (here.stream().allMatch(RegisteredTarget::takesTraffic)) {
      judgeTraffic(current, here, findings);
    } else if (here.stream().allMatch(HealthCheckPortDiffers::failsUntold)) {
      judgeChecks(current, here, findings);
    } else {
      findings.missing("what the targets of %s answer on both ports".formatted(group.name()));
    }
  }

  private static boolean failsUntold(RegisteredTarget target) {
    return differs(target)
        && target
            .health()
            .map(
                health -> {
                  Reason reason = health.reason();
                  return reason != null && (reason.isTimeout() || reason == Reason.CHECK_FAILED);
                })
            .orElse(false);
  }

  /// All pass, so an error is the traffic port's. Where nothing at all is answered, the port is
  /// dead; otherwise some of them may merely be overloaded.
  private static void judgeTraffic(Case current, List<RegisteredTarget> here, Findings findings) {
    TargetGroup group = here.getFirst().group();
    Known<Double> counted = current.counts().nearest(Measure.CONNECTION_ERRORS, group.id());
    double errors = counted.orElse(0.0);
    if (!counted.isKnown()) {
      findings.missing(
          "whether connections to the traffic port fail: "
              + counted.fold(_ -> "", unread -> unread, uncounted -> uncounted));
    }
    if (errors > 0) {
      boolean dead = isAlone(current) && answered(current).map(count -> count == 0).orElse(false);
      findings.cause(
          Verdict.Cause.of(
                  dead ? Confidence.LIKELY : Confidence.POSSIBLE,
                  group.id(),
                  "%s connections failed although every target passes its health check"
                      .formatted(Phrases.number(errors)),
                  ports(here.getFirst()))
              .about(here)
              .showingAs(Symptom.REFUSED, Symptom.TIMEOUT));
    }
  }

  /// None passes, and where all fail a load balancer that fails open sends to them all the same:
  /// answers show that traffic works.
  private static void judgeChecks(Case current, List<RegisteredTarget> here, Findings findings) {
    boolean failsNever =
        current
            .counts()
            .nearestCount(Measure.CONNECTION_ERRORS, here.getFirst().group().id())
            .map(errors -> errors.now() == 0 || !errors.hasRisen().orElse(true))
            .orElse(false);
    double answers = answered(current).orElse(0.0);
    if (isAlone(current) && current.traits().failsOpen() && answers > 0 && failsNever) {
      String group = here.getFirst().group().id();
      findings.cause(
          Verdict.Cause.of(
                  Confidence.LIKELY,
                  group,
                  "%s answers came from targets of which none passes its health check"
                      .formatted(Phrases.number(answers)),
                  ports(here.getFirst()))
              .about(here)
              .repairedBy(new Repair.CheckTrafficPort(group))
              .showingAs(Symptom.UNHEALTHY));
    } else {
      findings.missing("what the targets answer on the traffic port: nobody asked them from here");
    }
  }

  private static boolean isAlone(Case current) {
    return current.facts().targetGroups().size() == 1;
  }

  private static Known<Double> answered(Case current) {
    Known<Double> sum = Known.of(0.0);
    for (Measure code :
        List.of(Measure.TARGET_2XX, Measure.TARGET_3XX, Measure.TARGET_4XX, Measure.TARGET_5XX)) {
      Known<Double> answers = current.counts().ofLoadBalancer(code);
      sum = sum.flatMap(before -> answers.map(more -> before + more));
    }
    return sum;
  }

  private static String ports(RegisteredTarget target) {
    return "traffic goes to port %s, health checks ask on port %s"
        .formatted(target.target().port(), target.checkedPort());
  }
}
