package lbresponder.cause;

import java.util.ArrayList;
import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.State;

/// Targets leave, and the load balancer gives up what is under way to them before it is answered:
/// it answers such a request with a bad gateway. How long single requests take no metric tells, but
/// where already their mean is longer than the delay, many are cut.
final class DeregistrationDelayTooShort extends Check {
  /// Only what is under way to those that leave is cut. Where more requests fail than these,
  /// something else is wrong.
  private static final double FEW = 0.05;

  /// Seconds; of shorter requests few are under way at any moment, and a new release that answers
  /// badly looks the same.
  private static final int OFTEN = 1;

  DeregistrationDelayTooShort() {
    super(
        "Targets that leave get too little time for what is under way to them",
        "Raise the group's deregistration delay above the time of its longest request, and let"
            + " targets run as long as that after they are asked to stop.",
        Symptom.RESET,
        Symptom.BAD_ANSWER);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    List<TargetGroup> groups =
        current.facts().targetGroups().stream()
            .filter(group -> group.protocol().isHttp())
            .filter(group -> findings.read(group.deregistrationDelaySeconds()).isPresent())
            .toList();
    if (groups.isEmpty()) {
      return current.facts().targetGroups().isEmpty() || !findings.isComplete()
          ? findings.verdict()
          : new Verdict.NotApplicable("no group has requests under way that it ends by itself");
    }
    List<String> leaving = leaving(current);
    if (leaving.isEmpty()) {
      return Findings.ofHealth(current.targets())
          .missing(current.rollouts().unread())
          .orRuledOut("no target leaves");
    }
    return cut(current, groups, leaving, findings);
  }

  /// What takes targets out, a sentence each.
  private static List<String> leaving(Case current) {
    List<String> leaving = new ArrayList<>(current.rollouts().underWay());
    long draining =
        current.targets().all().stream().filter(target -> target.isIn(State.DRAINING)).count();
    if (draining > 0) {
      leaving.add("%s leaving".formatted(Phrases.count(draining, "target")));
    }
    return leaving;
  }

  private static Verdict cut(
      Case current, List<TargetGroup> groups, List<String> leaving, Findings findings) {
    boolean byCode = current.traits().counts(Measure.LB_502);
    Measure measure = byCode ? Measure.LB_502 : Measure.LB_5XX;
    Count errors = findings.read(current.counts().count(measure, null)).orElse(Count.NONE);
    double failed =
        findings
            .read(current.counts().count(Measure.CONNECTION_ERRORS, null))
            .map(Count::excess)
            .orElse(0.0);
    double requests = findings.read(current.counts().ofLoadBalancer(Measure.REQUESTS)).orElse(0.0);
    if (!findings.isComplete()) {
      return findings.verdict();
    }
    if (errors.now() == 0 || !errors.hasRisen().orElse(true)) {
      return new Verdict.RuledOut("requests that were cut show no clear rise over the hour before");
    }
    double excess = errors.excess() - failed;
    if (excess <= 0 || excess > FEW * requests) {
      return new Verdict.Unknown(
          "whether requests were cut: %s errors, %s failed connections and %s requests"
              .formatted(
                  Phrases.number(errors.excess()),
                  Phrases.number(failed),
                  Phrases.number(requests)));
    }
    groups.forEach(group -> weigh(current, group, leaving, excess, findings));
    return findings.orRuledOut(
        "targets that leave get as long as the load balancer waits for any answer");
  }

  private static void weigh(
      Case current, TargetGroup group, List<String> leaving, double excess, Findings findings) {
    int delay = group.deregistrationDelaySeconds().orElse(0);
    double mean =
        current
            .counts()
            .nearestSeries(Measure.RESPONSE_TIME, group.id())
            .flatMap(current.counts()::peak)
            .orElse(0.0);
    Known<Integer> waits = current.loadBalancer().flatMap(LoadBalancer::idleTimeoutSeconds);
    boolean shown = delay == 0 || mean > delay;
    boolean often = mean > Math.max(delay, OFTEN);
    if (!shown && waits.map(seconds -> delay >= seconds).orElse(false)) {
      return;
    }
    if (!shown && !waits.isKnown()) {
      findings.require(waits);
      return;
    }
    List<String> because = new ArrayList<>();
    because.add(
        "a target that leaves %s gets %d s for what is under way; %s"
            .formatted(group.name(), delay, longest(delay, mean, waits)));
    because.addAll(leaving);
    because.add(
        "%s requests more than usual ended in an error without a failed connection"
            .formatted(Phrases.number(excess)));
    findings.cause(
        Verdict.Cause.of(
                often && current.hasAlarm() && current.trouble().fresh().isEmpty()
                    ? Confidence.LIKELY
                    : Confidence.POSSIBLE,
                group.id(),
                because)
            .about(
                RegisteredTarget.of(group).stream()
                    .filter(target -> target.isIn(State.DRAINING))
                    .toList())
            .accountingFor(excess));
  }

  private static String longest(int delay, double mean, Known<Integer> waits) {
    if (mean > delay) {
      return "requests took up to %s s in the mean of a minute".formatted(Phrases.number(mean));
    }
    return waits.fold(
        seconds -> "the load balancer waits %d s for an answer".formatted(seconds),
        _ -> "how long it waits for an answer could not be read",
        _ -> "nothing limits how long an answer takes");
  }
}
