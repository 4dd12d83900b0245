package lbresponder.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;

/// A load balancer that counts its own health checks counts those of a dead target as connection
/// errors: clients are served, and the alarm fires all the same.
final class OnlyHealthChecksFail extends Check {
  /// Health checks come at a steady rate; clients' errors do not.
  private static final double STEADY = 1.5;

  /// The most common health checks take this long to find an instance dead.
  private static final Duration NOTICED = Duration.ofMinutes(3);

  OnlyHealthChecksFail() {
    super(
        "Only health checks of dead instances fail, clients are served",
        "Deregister the dead instance, or raise the alarm's threshold above the rate of health"
            + " checks.",
        Symptom.REFUSED,
        Symptom.TIMEOUT);
  }

  @Override
  public Verdict examine(Case current) {
    if (!current.traits().countsOwnChecks()) {
      return new Verdict.NotApplicable(
          "this kind of load balancer does not count its health checks as connection errors");
    }
    List<RegisteredTarget> dead = current.targets().failing();
    if (!current.targets().areAllKnown()) {
      return new Verdict.Unknown("which instances fail their health check");
    }
    if (dead.isEmpty()) {
      return new Verdict.RuledOut("no instance fails its health check");
    }
    return dead.size() == current.targets().all().size()
        ? new Verdict.RuledOut("no instance is in service")
        : clients(current);
  }

  private static Verdict clients(Case current) {
    Findings findings = new Findings();
    double lost = lost(current, findings);
    double served = findings.read(current.counts().ofLoadBalancer(Measure.REQUESTS)).orElse(0.0);
    var load = findings.read(current.facts().load());
    var errors = findings.read(current.counts().series(Measure.CONNECTION_ERRORS, null, null));
    errors.ifPresent(series -> findings.read(series.points()));
    if (!findings.isComplete() || load.isEmpty() || errors.isEmpty()) {
      return new Verdict.Unknown("whether clients are served: the metrics could not be read");
    }
    if (lost > 0) {
      return new Verdict.RuledOut(
          "clients got %s errors from the load balancer".formatted(Phrases.number(lost)));
    }
    return served == 0
        ? new Verdict.Unknown("whether clients are served: no request was counted")
        : rate(current, load.get(), errors.get(), served);
  }

  /// Errors that clients got once the load balancer had noticed; what was under way to an instance
  /// when it died is lost whatever becomes of the alarm.
  private static double lost(Case current, Findings findings) {
    return findings
        .read(
            current
                .counts()
                .series(Measure.LB_5XX, null, null)
                .flatMap(
                    series ->
                        current
                            .facts()
                            .load()
                            .map(load -> noticed(current, load))
                            .flatMap(series::total)))
        .orElse(0.0);
  }

  /// The incident once the load balancer has noticed; all of it where hardly any is left then.
  private static Window noticed(Case current, Load load) {
    Instant from = current.began().plus(NOTICED);
    return from.plusSeconds(2L * load.periodSeconds()).isAfter(load.settled())
        ? load.incident()
        : new Window(from, load.incident().to());
  }

  /// Whether the errors are as many, and as steady, as health checks make them.
  private static Verdict rate(Case current, Load load, Series series, double served) {
    Window window = noticed(current, load);
    List<Double> values =
        series.in(window).orElse(List.of()).stream()
            .filter(point -> point.at().isBefore(load.settled()))
            .map(Point::value)
            .toList();
    HealthCheck check = check(current);
    long minutes =
        (load.settled().getEpochSecond() - window.from().getEpochSecond()) / load.periodSeconds();
    if (minutes < 2 || check.intervalSeconds() > load.periodSeconds()) {
      return new Verdict.Unknown(
          "the rate of errors: %d settled datapoints for a check every %d s"
              .formatted(values.size(), check.intervalSeconds()));
    }
    if (values.size() < minutes - 1) {
      return new Verdict.RuledOut(
          "errors came in %d of %d minutes, and health checks come in all"
              .formatted(values.size(), minutes));
    }
    double least = least(values);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    if (most > bound(current, load) || most > STEADY * Math.max(1, least)) {
      return new Verdict.RuledOut(
          "up to %s errors in %d s are more, or less steady, than checks of %s every %d s"
              .formatted(
                  Phrases.number(most),
                  load.periodSeconds(),
                  dead(current),
                  check.intervalSeconds()));
    }
    return cause(current, most, served, load);
  }

  private static double least(List<Double> values) {
    OptionalDouble least = values.stream().mapToDouble(Double::doubleValue).min();
    return least.orElse(0);
  }

  private static HealthCheck check(Case current) {
    return current.targets().failing().getFirst().group().healthCheck();
  }

  /// How many errors its checks can make in one datapoint at most: the number of nodes is not read.
  private static double bound(Case current, Load load) {
    double perNode =
        deadInstances(current) * (double) load.periodSeconds() / check(current).intervalSeconds();
    int zones = current.loadBalancer().map(found -> found.zones().size()).orElse(1);
    return perNode * current.traits().nodesPerZone() * Math.max(1, zones);
  }

  private static long deadInstances(Case current) {
    return current.targets().failing().stream().map(RegisteredTarget::id).distinct().count();
  }

  private static String dead(Case current) {
    return Phrases.count(deadInstances(current), "dead instance");
  }

  private static Verdict cause(Case current, double most, double served, Load load) {
    List<RegisteredTarget> dead = current.targets().failing();
    boolean http =
        current
            .listeners()
            .map(all -> all.stream().allMatch(listener -> listener.protocol().isHttp()))
            .orElse(false);
    boolean errorsCounted = current.counts().ofLoadBalancer(Measure.LB_5XX).isKnown();
    return Verdict.Cause.of(
            http && errorsCounted ? Confidence.LIKELY : Confidence.POSSIBLE,
            dead.getFirst().id(),
            "%s errors in %d s fit checks of %s every %d s"
                .formatted(
                    Phrases.number(most),
                    load.periodSeconds(),
                    dead(current),
                    check(current).intervalSeconds()),
            Phrases.number(served)
                + " requests were counted"
                + (errorsCounted
                    ? ", and the load balancer answered none of them with an error"
                    : "; how many failed is not counted"))
        .about(dead)
        .repairedBy(RegisteredTarget.deregister(dead));
  }
}
