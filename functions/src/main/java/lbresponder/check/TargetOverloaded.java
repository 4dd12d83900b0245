package lbresponder.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.Service;
import lbresponder.facts.TargetHealth.Reason;
import org.jspecify.annotations.Nullable;

/// More comes than the targets can take. Metrics only correlate, so this is LIKELY at most until a
/// host is read.
final class TargetOverloaded implements Check {
  /// Below this, demand is as usual; load balancers see such swings in any hour.
  private static final double FLAT = 1.2;

  /// From this on, demand or response time has clearly risen above the hour before.
  private static final double RISEN = 1.5;

  /// How far back from the first error demand is looked at. What rises after it is a consequence:
  /// clients retry.
  private static final Duration BEFORE_ONSET = Duration.ofMinutes(5);

  @Override
  public String title() {
    return "More load arrives than the targets can take";
  }

  @Override
  public String advice() {
    return "Add capacity or shed load, then find what raised the demand.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(
        Symptom.TIMEOUT, Symptom.NO_TARGET, Symptom.SILENT, Symptom.OVERFLOW, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (!(facts.load() instanceof Known.Value<Load>(Load load))) {
      return new Verdict.Unknown(((Known.Unknown<Load>) facts.load()).why());
    }
    double spilled = Metrics.total(facts, Measure.SPILLOVER, null).orElse(0.0);
    boolean reachable = Seen.in(facts).members().stream().anyMatch(Member::takesTraffic);
    Optional<Instant> onset = onset(facts, load);
    Window before = onset.map(first -> before(first, load)).orElse(load.incident());
    Known<Double> total = growth(facts, load, Measure.REQUESTS, before);
    Known<Double> each = growth(facts, load, Measure.REQUESTS_PER_TARGET, before);
    // Fewer targets make each one's share larger though demand is as usual.
    boolean fewer = each.orElse(0.0) > total.orElse(0.0);
    Known<Double> demand = fewer ? each : total;
    Known<Double> slowness = growth(facts, load, Measure.RESPONSE_TIME, before);
    List<String> because = new ArrayList<>();
    if (demand.orElse(0.0) >= RISEN) {
      because.add(
          "%s before the first error was %s times the hour before"
              .formatted(
                  fewer ? "each target's share of requests" : "demand",
                  Words.number(demand.orElse(0.0))));
    }
    if (slowness.orElse(0.0) >= RISEN) {
      because.add(
          "targets answered %s times slower than in the hour before"
              .formatted(Words.number(slowness.orElse(0.0))));
    }
    if (spilled > 0 && reachable) {
      because.add(
          "%s requests overflowed the queue although targets are in service"
              .formatted(Words.number(spilled)));
    }
    String mixed = mixed(facts);
    if (!mixed.isEmpty()) {
      because.add(mixed);
    }
    return judge(
        facts,
        because,
        demand,
        slowness,
        (spilled > 0 && reachable) || !mixed.isEmpty(),
        onset.isPresent() && !isOtherwise(facts));
  }

  /// A full accept queue lets some tries pass and drops others, which no rule of the network does.
  /// Empty: nobody met that.
  private static String mixed(Facts facts) {
    Dials dials = new Dials(facts);
    return Seen.in(facts).members().stream()
        .flatMap(
            member ->
                dials.of(member, Purpose.TRAFFIC).stream()
                    .filter(
                        dial ->
                            dial.from() != Dial.Vantage.HERE
                                && Dials.any(dial, Connection.TimedOut.class::isInstance)
                                && Dials.any(dial, Dials::accepts))
                    .map(dial -> Dials.met(member, dial) + ": some tries pass and some do not"))
        .findFirst()
        .orElse("");
  }

  /// An overloaded target answers late or not at all. Where the load balancer says that something
  /// else happened, or what it says could not be read, load may have risen by chance.
  private static boolean isOtherwise(Facts facts) {
    Seen seen = Seen.in(facts);
    return facts.incident().loadBalancer().kind() == Kind.APPLICATION
        && (!seen.missing().isEmpty()
            || seen.members().stream()
                .anyMatch(
                    one ->
                        !one.target().health().isKnown()
                            || (Trouble.fails(one) && !one.is(Reason.TIMED_OUT))));
  }

  private static Verdict judge(
      Facts facts,
      List<String> because,
      Known<Double> demand,
      Known<Double> slowness,
      boolean overflow,
      boolean inTime) {
    boolean more = demand.orElse(0.0) >= RISEN;
    boolean slower = slowness.orElse(0.0) >= RISEN;
    if (inTime && ((overflow && (more || slower)) || (more && slower))) {
      return cause(Confidence.LIKELY, facts, because);
    }
    if (overflow || more) {
      return cause(Confidence.POSSIBLE, facts, because);
    }
    if (demand instanceof Known.Unknown<Double>(String why)) {
      return new Verdict.Unknown(why);
    }
    if (demand.orElse(0.0) > FLAT || slower) {
      return new Verdict.Unknown(
          "whether the targets are at their limit: demand is %s times and response time %s times the hour before"
              .formatted(
                  Words.number(demand.orElse(0.0)),
                  slowness.map(Words::number).orElse("an unknown number of")));
    }
    return new Verdict.RuledOut(
        "demand before the first error was %s times the hour before"
            .formatted(Words.number(demand.orElse(0.0))));
  }

  /// When the alarm's metric first told of trouble. Empty: it is not known, and then whether demand
  /// rose before or after is not known either.
  private static Optional<Instant> onset(Facts facts, Load load) {
    return Metrics.alarmed(facts)
        .map(
            series ->
                series.measure() == Measure.HEALTHY_TARGETS
                    ? Optional.<Instant>empty()
                    : Metrics.onset(series, load.incident()))
        .orElse(Optional.empty());
  }

  /// The minutes that led to the first error, and its own.
  private static Window before(Instant onset, Load load) {
    Instant end = onset.plusSeconds(load.periodSeconds());
    Instant from = end.minus(BEFORE_ONSET);
    return new Window(from.isBefore(load.baseline().to()) ? load.baseline().to() : from, end);
  }

  /// A mean in a window as a multiple of the baseline's; Unknown where either could not be read.
  private static Known<Double> growth(Facts facts, Load load, Measure measure, Window window) {
    @Nullable String group = Metrics.namedGroups(facts).stream().findFirst().orElse(null);
    Known<Series> own = Metrics.series(facts, measure, group, null);
    Known<Series> series = own.isKnown() ? own : Metrics.series(facts, measure, null, null);
    return series.flatMap(
        one ->
            Metrics.mean(one, window, load)
                .flatMap(
                    now ->
                        Metrics.mean(one, load.baseline(), load)
                            .flatMap(
                                usual ->
                                    usual > 0
                                        ? Known.of(now / usual)
                                        : Known.unknown(
                                            "%s was zero in the hour before: nothing to compare with"
                                                .formatted(one.metric())))));
  }

  private static Verdict.Cause cause(Confidence confidence, Facts facts, List<String> because) {
    return new Verdict.Cause(
        confidence, facts.incident().loadBalancer().name(), List.of(), because, repairs(facts));
  }

  /// Half as much again, where one scaling group or one service keeps them all.
  private static List<Repair> repairs(Facts facts) {
    List<Service> services = facts.fleet().services().orElse(List.of());
    if (services.size() == 1 && !Rollouts.members(services.getFirst(), facts).isEmpty()) {
      Service one = services.getFirst();
      return List.of(new Repair.SetTasks(one.cluster(), one.name(), more(one.desired())));
    }
    List<Instance> instances = facts.instances().orElse(List.of());
    List<String> groups =
        instances.stream().map(Instance::scalingGroup).filter(Objects::nonNull).distinct().toList();
    if (groups.size() != 1
        || instances.stream().anyMatch(instance -> instance.scalingGroup() == null)) {
      return List.of();
    }
    String name = groups.getFirst();
    int wanted = more(instances.size());
    Integer maximum =
        facts.fleet().scalingGroups().orElse(List.of()).stream()
            .filter(group -> group.name().equals(name) && group.maximum() < wanted)
            .findFirst()
            .map(_ -> wanted)
            .orElse(null);
    return List.of(new Repair.SetCapacity(name, wanted, maximum));
  }

  private static int more(int now) {
    return now + Math.max(1, now / 2);
  }
}
