package lbresponder.cause;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.PreservedClients;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth.State;

/// A load balancer resets flows on which nothing was sent for its idle timeout. It resets those to
/// targets that become unhealthy too, so that only steady health speaks for this.
final class IdleFlowExpired extends Check {
  /// Resets are counted all the time; from this on they have clearly risen.
  private static final double RISEN = 2.0;

  IdleFlowExpired() {
    super(
        "The load balancer resets flows that were idle too long",
        "Let clients or targets send keep-alives more often than the listener's idle timeout.",
        Symptom.RESET);
  }

  @Override
  public Verdict examine(Case current) {
    if (!current.traits().resetsIdleFlows()) {
      return new Verdict.NotApplicable("this kind of load balancer resets no idle flows");
    }
    Findings findings = new Findings();
    double risen =
        findings.read(current.counts().growth(Measure.LB_RESETS)).orElse(0.0) / flows(current);
    boolean swings =
        !current.hasAlarm()
            && !current
                .counts()
                .count(Measure.LB_RESETS, null)
                .flatMap(Count::hasRisen)
                .orElse(false);
    if (!findings.isComplete() || risen < RISEN || swings) {
      return findings.orRuledOut(
          "the load balancer's resets were %s times those of the hour before"
              .formatted(Phrases.number(risen)));
    }
    findings.missing(current.targets().missing());
    if (!findings.isComplete()) {
      return findings.verdict();
    }
    return current.trouble().fresh().isEmpty()
        ? cause(current, risen)
        : new Verdict.RuledOut("targets fail, which ends their flows");
  }

  /// How many times as many flows there are; 1 where that was not read. Each may be reset.
  private static double flows(Case current) {
    return Math.max(1, current.counts().growth(Measure.REQUESTS).orElse(1.0));
  }

  private static Verdict cause(Case current, double risen) {
    boolean steady = isSteady(current) && everyZoneServes(current) && areClientsAdmitted(current);
    return Verdict.Cause.of(
        steady ? Confidence.LIKELY : Confidence.POSSIBLE,
        current.id().name(),
        "the load balancer's resets were %s times those of the hour before"
            .formatted(Double.isInfinite(risen) ? "many" : Phrases.number(risen)),
        steady
            ? "every target was healthy all the time, and targets reset no more than usual"
            : "whether targets became unhealthy meanwhile, reset flows themselves, or are missing"
                + " in a zone, is not known");
  }

  /// Whoever reaches the node of a zone without a target is reset as well.
  private static boolean everyZoneServes(Case current) {
    Set<String> serving =
        current.targets().all().stream()
            .filter(RegisteredTarget::takesTraffic)
            .flatMap(target -> Stream.ofNullable(current.zone(target)))
            .collect(Collectors.toSet());
    return current.targetGroups().orElse(List.of()).stream()
            .allMatch(group -> group.crossZone().orElse(false))
        || current
            .loadBalancer()
            .map(found -> found.zones().stream().allMatch(zone -> serving.contains(zone.name())))
            .orElse(false);
  }

  /// Flows of clients that the targets see and are not let through to end in resets too.
  private static boolean areClientsAdmitted(Case current) {
    Findings read =
        new Findings()
            .require(current.loadBalancer())
            .require(current.facts().network().networkAcls())
            .require(current.facts().fleet().instances());
    current.facts().targetGroups().forEach(group -> read.require(group.keepsClientAddress()));
    Findings stopped = new Findings();
    PreservedClients.stoppedByAcls(PreservedClients.targets(current, stopped), current, stopped);
    return read.isComplete() && !stopped.hasCause();
  }

  private static boolean isSteady(Case current) {
    List<RegisteredTarget> targets = current.targets().all();
    return !targets.isEmpty()
        && targets.stream().anyMatch(target -> target.isIn(State.HEALTHY))
        && targets.stream().allMatch(target -> target.isIn(State.HEALTHY) || target.fails())
        && targets.stream()
            .map(target -> target.group().id())
            .distinct()
            .allMatch(
                group ->
                    current
                        .counts()
                        .peak(Measure.UNHEALTHY_TARGETS, group)
                        .map(peak -> peak <= usual(current, group))
                        .orElse(false))
        && current.counts().growth(Measure.TARGET_RESETS).map(other -> other < RISEN).orElse(false);
  }

  private static double usual(Case current, String group) {
    return current.counts().usual(Measure.UNHEALTHY_TARGETS, group).orElse(0.0);
  }
}
