package lbresponder.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Alarm;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth;

/// It happened, and it is over.
final class AlreadyRecovered implements Check {
  /// How many settled datapoints without an error make it over.
  private static final int QUIET = 3;

  @Override
  public String title() {
    return "It is over: the targets are well and the errors have stopped";
  }

  @Override
  public String advice() {
    return "Nothing to repair now; the proof tells when it was, for the logs of that time.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.allOf(Symptom.class);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.incident().alarms().isEmpty()) {
      return new Verdict.RuledOut("no alarm told of trouble");
    }
    Seen seen = Seen.in(facts);
    for (Member member : seen.members()) {
      if (member.target().health() instanceof Known.Value<TargetHealth>(TargetHealth health)
          && !health.takesTraffic()
          && health.state() != TargetHealth.State.DRAINING) {
        return new Verdict.RuledOut(
            "%s is %s".formatted(member.label(), Words.health(member.target())));
      }
    }
    if (!seen.missing().isEmpty()) {
      return new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    for (Member member : seen.members()) {
      if (member.target().health() instanceof Known.Unknown<TargetHealth>(String why)) {
        return new Verdict.Unknown(why);
      }
    }
    Dials dials = new Dials(facts);
    for (Member member : seen.members()) {
      for (Dial dial : dials.of(member, Purpose.TRAFFIC)) {
        if (dial.from() == Dial.Vantage.LOAD_BALANCER
            && Dials.all(
                dial, met -> !Dials.isWell(met) && !(met instanceof Connection.NotDialled))) {
          return new Verdict.RuledOut(Dials.met(member, dial));
        }
      }
    }
    return seen.members().isEmpty()
        ? new Verdict.RuledOut("there is no target that could be well")
        : errors(facts, seen.members().size());
  }

  private static Verdict errors(Facts facts, int targets) {
    if (!(facts.load() instanceof Known.Value<Load>(Load load))) {
      return new Verdict.Unknown(((Known.Unknown<Load>) facts.load()).why());
    }
    if (!(Metrics.alarmed(facts) instanceof Known.Value<Series>(Series series))
        || !(series.points() instanceof Known.Value<List<Point>>(List<Point> points))) {
      return new Verdict.Unknown("the alarm's own metric");
    }
    List<Point> bad =
        points.stream()
            .filter(point -> load.incident().contains(point.at()) && isBad(series, point, targets))
            .toList();
    if (bad.isEmpty()) {
      return new Verdict.Unknown(
          "%s shows nothing since %s, although the alarm fired"
              .formatted(series.metric(), load.incident().from()));
    }
    Instant quietFrom = bad.getLast().at().plusSeconds(load.periodSeconds());
    long quiet =
        Math.max(0, load.settled().getEpochSecond() - quietFrom.getEpochSecond())
            / load.periodSeconds();
    if (quiet < QUIET) {
      return new Verdict.RuledOut(
          "%s was still %s at %s"
              .formatted(series.metric(), Words.number(bad.getLast().value()), bad.getLast().at()));
    }
    return accuse(facts, load, series, bad, new Window(quietFrom, load.settled()), targets);
  }

  /// Fewer healthy targets than there are now is what a HealthyHostCount alarm means; any other
  /// metric is bad above zero.
  private static boolean isBad(Series series, Point point, int targets) {
    return series.measure() == Measure.HEALTHY_TARGETS
        ? point.value() < targets
        : point.value() > 0;
  }

  private static Verdict accuse(
      Facts facts, Load load, Series series, List<Point> bad, Window quiet, int targets) {
    double served =
        Metrics.series(facts, Measure.REQUESTS, null, null)
            .flatMap(requests -> requests.total(quiet))
            .orElse(0.0);
    boolean witnessed =
        served > 0
            || !series.zeroWhenAbsent()
            || facts.incident().alarms().stream()
                .allMatch(alarm -> alarm.state() == Alarm.State.OK);
    List<String> because = new ArrayList<>();
    because.add(
        "%s was last %s at %s, and has been quiet from then to %s"
            .formatted(
                series.metric(),
                Words.number(bad.getLast().value()),
                bad.getLast().at(),
                load.settled()));
    because.add(
        targets == 1
            ? "the one target is healthy"
            : "all %d targets are healthy or leaving".formatted(targets));
    if (served > 0) {
      because.add("%s requests came in that time".formatted(Words.number(served)));
    }
    return new Verdict.Cause(
        witnessed ? Confidence.PROVEN : Confidence.POSSIBLE,
        facts.incident().loadBalancer().name(),
        List.of(),
        because,
        List.of());
  }
}
