package lbresponder.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Alarm;
import lbresponder.facts.Connection;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetHealth.State;

/// It happened, and it is over.
final class AlreadyRecovered extends Check {
  /// How many settled datapoints without an error make it over.
  private static final int QUIET = 3;

  /// What came back before must stay away for so many times as long as it did then.
  private static final int LONGER = 2;

  AlreadyRecovered() {
    super(
        "It is over: the targets are well and the errors have stopped",
        "Nothing to repair now; the proof says when it was, for the logs of that time.",
        Symptom.values());
  }

  @Override
  public Verdict examine(Case current) {
    if (!current.hasAlarm()) {
      return new Verdict.RuledOut("no alarm reported trouble");
    }
    List<RegisteredTarget> targets = current.targets().all();
    for (RegisteredTarget target : targets) {
      if (target.health().isKnown() && !target.takesTraffic() && !target.isIn(State.DRAINING)) {
        return new Verdict.RuledOut(
            "%s is %s".formatted(target.label(), Phrases.health(target.target())));
      }
    }
    Findings findings = Findings.of(current.targets());
    targets.stream()
        .filter(target -> !target.health().isKnown())
        .forEach(
            target -> findings.missing(target.label() + ": " + Phrases.health(target.target())));
    if (!findings.isComplete()) {
      return findings.verdict();
    }
    for (RegisteredTarget target : targets) {
      for (ProbeResult probe : current.probes().of(target, Purpose.TRAFFIC)) {
        if (probe.from() == Vantage.LOAD_BALANCER && Probes.all(probe, AlreadyRecovered::fails)) {
          return new Verdict.RuledOut(Probes.result(target, probe));
        }
      }
    }
    return targets.isEmpty()
        ? new Verdict.RuledOut("there is no target that could be well")
        : errors(current, findings);
  }

  private static boolean fails(Connection result) {
    return !Probes.isWell(result) && !(result instanceof Connection.NotDialled);
  }

  private static Verdict errors(Case current, Findings findings) {
    return findings
        .read(current.facts().load())
        .map(
            load ->
                current
                    .counts()
                    .alarmed()
                    .flatMap(
                        series ->
                            series.points().map(points -> judge(current, load, series, points)))
                    .orElse(new Verdict.Unknown("the alarm's own metric")))
        .orElseGet(findings::verdict);
  }

  private static Verdict judge(Case current, Load load, Series series, List<Point> points) {
    int targets = current.targets().all().size();
    List<Point> bad =
        points.stream()
            .filter(point -> load.incident().contains(point.at()) && isBad(series, point, targets))
            .toList();
    if (bad.isEmpty()) {
      return new Verdict.Unknown(
          "%s shows nothing since %s, although the alarm fired"
              .formatted(series.metric(), load.incident().from()));
    }
    Point last = bad.getLast();
    Window quiet = new Window(last.at().plusSeconds(load.periodSeconds()), load.settled());
    if (quiet.minutes() * 60 < (long) QUIET * load.periodSeconds()) {
      return new Verdict.RuledOut(
          "%s was still %s at %s"
              .formatted(series.metric(), Phrases.number(last.value()), last.at()));
    }
    return cause(current, series, last, quiet)
        .atMost(
            returns(load, series, points, targets, quiet)
                ? Confidence.POSSIBLE
                : Confidence.PROVEN);
  }

  /// Whether it went away for nearly as long before, and came back.
  private static boolean returns(
      Load load, Series series, List<Point> points, int targets, Window quiet) {
    Instant before = null;
    for (Point point : points) {
      if (load.settled().isAfter(point.at()) && isBad(series, point, targets)) {
        long gap =
            before == null
                ? 0
                : Duration.between(before, point.at()).toSeconds() - load.periodSeconds();
        if (gap >= (long) QUIET * load.periodSeconds() && quiet.minutes() * 60 < LONGER * gap) {
          return true;
        }
        before = point.at();
      }
    }
    return false;
  }

  /// Fewer healthy targets than there are now is what an alarm on healthy targets means; any other
  /// metric is bad above zero.
  private static boolean isBad(Series series, Point point, int targets) {
    return series.measure() == Measure.HEALTHY_TARGETS
        ? point.value() < targets
        : point.value() > 0;
  }

  private static Verdict.Cause cause(Case current, Series series, Point last, Window quiet) {
    int targets = current.targets().all().size();
    double served =
        current
            .counts()
            .series(Measure.REQUESTS, null, null)
            .flatMap(requests -> requests.total(quiet))
            .orElse(0.0);
    boolean witnessed =
        served > 0
            || !series.zeroWhenAbsent()
            || current.facts().incident().alarms().stream()
                .allMatch(alarm -> alarm.state() == Alarm.State.OK);
    List<String> because = new ArrayList<>();
    because.add(
        "%s was last %s at %s, and has been quiet from then to %s"
            .formatted(series.metric(), Phrases.number(last.value()), last.at(), quiet.to()));
    because.add(
        targets == 1
            ? "the one target is healthy"
            : "all %d targets are healthy or leaving".formatted(targets));
    if (served > 0) {
      because.add("%s requests came in that time".formatted(Phrases.number(served)));
    }
    return Verdict.Cause.of(
        witnessed ? Confidence.PROVEN : Confidence.POSSIBLE, current.id().name(), because);
  }
}
