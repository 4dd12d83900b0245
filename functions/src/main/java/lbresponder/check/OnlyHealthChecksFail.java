package lbresponder.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;

/// Classic counts its own health checks of a dead instance as backend connection errors: clients
/// are served, and the alarm fires all the same. Application Load Balancers do not count them.
final class OnlyHealthChecksFail implements Check {
  /// Nodes per zone that a Classic Load Balancer may run; their number is not read, so the rate can
  /// only be bounded.
  private static final int NODES_PER_ZONE = 4;

  /// Health checks come at a steady rate; clients' errors do not.
  private static final double STEADY = 1.5;

  @Override
  public String title() {
    return "Only health checks of dead instances fail, clients are served";
  }

  @Override
  public String advice() {
    return "Deregister the dead instance, or raise the alarm's threshold above the rate of health"
        + " checks.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.REFUSED, Symptom.TIMEOUT);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.incident().loadBalancer().kind() != Kind.CLASSIC) {
      return new Verdict.RuledOut("only Classic counts health checks as connection errors");
    }
    Seen seen = Seen.in(facts);
    List<Member> dead = seen.members().stream().filter(Trouble::fails).toList();
    if (!seen.missing().isEmpty()
        || seen.members().stream().anyMatch(one -> !one.target().health().isKnown())) {
      return new Verdict.Unknown("which instances fail their health check");
    }
    if (dead.isEmpty()) {
      return new Verdict.RuledOut("no instance fails its health check");
    }
    if (dead.size() == seen.members().size()) {
      return new Verdict.RuledOut("no instance is in service");
    }
    return clients(facts, dead);
  }

  private static Verdict clients(Facts facts, List<Member> dead) {
    Known<Double> failed = Metrics.total(facts, Measure.LB_5XX, null);
    Known<Double> requests = Metrics.total(facts, Measure.REQUESTS, null);
    Known<Series> errors = Metrics.series(facts, Measure.CONNECTION_ERRORS, null, null);
    if (!(facts.load() instanceof Known.Value<Load>(Load load))
        || !(failed instanceof Known.Value<Double>(Double lost))
        || !(requests instanceof Known.Value<Double>(Double served))
        || !(errors instanceof Known.Value<Series>(Series series))
        || !(series.points() instanceof Known.Value<List<Point>>(List<Point> _))) {
      return new Verdict.Unknown("whether clients are served: the metrics could not be read");
    }
    if (lost > 0) {
      return new Verdict.RuledOut(
          "clients got %s errors from the load balancer".formatted(Words.number(lost)));
    }
    if (served == 0) {
      return new Verdict.Unknown("whether clients are served: no request was counted");
    }
    return rate(facts, dead, load, series, served);
  }

  private static Verdict rate(
      Facts facts, List<Member> dead, Load load, Series series, double served) {
    List<Double> values =
        series.in(load.incident()).orElse(List.of()).stream()
            .filter(point -> point.at().isBefore(load.settled()))
            .map(Point::value)
            .toList();
    HealthCheck check = dead.getFirst().group().healthCheck();
    if (values.size() < 2 || check.intervalSeconds() > load.periodSeconds()) {
      return new Verdict.Unknown(
          "the rate of errors: %d settled datapoints for a check every %d s"
              .formatted(values.size(), check.intervalSeconds()));
    }
    long minutes =
        (load.settled().getEpochSecond() - load.incident().from().getEpochSecond())
            / load.periodSeconds();
    if (values.size() < minutes - 1) {
      return new Verdict.RuledOut(
          "errors came in %d of %d minutes, and health checks come in all"
              .formatted(values.size(), minutes));
    }
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    long instances = dead.stream().map(one -> one.target().id()).distinct().count();
    double perNode = instances * (double) load.periodSeconds() / check.intervalSeconds();
    int zones = facts.loadBalancer().map(one -> one.zones().size()).orElse(1);
    double bound = perNode * NODES_PER_ZONE * Math.max(1, zones);
    if (most > bound || most > STEADY * Math.max(1, least)) {
      return new Verdict.RuledOut(
          "up to %s errors in %d s are more, or less steady, than checks of %s every %d s"
              .formatted(
                  Words.number(most),
                  load.periodSeconds(),
                  Words.count((int) instances, "dead instance"),
                  check.intervalSeconds()));
    }
    return accuse(facts, dead, most, served, load);
  }

  private static Verdict accuse(
      Facts facts, List<Member> dead, double most, double served, Load load) {
    boolean http =
        facts
            .listeners()
            .map(
                all -> all.stream().map(Listener::protocol).allMatch(one -> one.startsWith("HTTP")))
            .orElse(false);
    HealthCheck check = dead.getFirst().group().healthCheck();
    return new Verdict.Cause(
        http ? Confidence.LIKELY : Confidence.POSSIBLE,
        dead.getFirst().target().id(),
        dead,
        List.of(
            "%s errors in %d s fit checks of %s every %d s"
                .formatted(
                    Words.number(most),
                    load.periodSeconds(),
                    Words.count(
                        (int) dead.stream().map(one -> one.target().id()).distinct().count(),
                        "dead instance"),
                    check.intervalSeconds()),
            "%s requests were counted, and the load balancer answered none of them with an error"
                .formatted(Words.number(served))),
        List.of(
            new Repair.Deregister(
                dead.getFirst().group().id(), dead.stream().map(Member::target).toList())));
  }
}
