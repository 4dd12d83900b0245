package lbresponder.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Load.Series;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Measure;
import lbresponder.facts.Target;
import lbresponder.facts.TargetDirectory;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.Traits;
import lbresponder.network.Paths;
import org.jspecify.annotations.Nullable;

/// One diagnosis: the facts of the target groups that the alarms are about, and what is derived
/// from them. Whatever several checks ask for is computed once, when the first of them asks.
public final class Case {
  private final Facts facts;
  private final Shared shared;
  private final boolean beyond;
  private final Supplier<Targets> targets;
  private final Supplier<Serving> serving;
  private final Supplier<Rollouts> rollouts;
  private final Supplier<Machines> machines;
  private final Supplier<Overload> overload;
  private final Supplier<Trouble> trouble;
  private final Supplier<Resources> resources;
  private final Supplier<Elimination> elimination;
  private final Supplier<FailOpen> failOpen;

  /// What does not depend on which target groups are in question.
  private static final class Shared {
    private final Map<String, Integer> computed = new TreeMap<>();
    private final Facts facts;
    private final Optional<Instant> onset;
    private final AlarmScope scope;
    private final Supplier<TargetDirectory> directory;
    private final Supplier<Paths> paths;
    private final Supplier<Probes> probes;
    private final Supplier<Counts> counts;
    private final Supplier<Routing> routing;
    private final Supplier<Targets> allTargets;

    /// @param onset when the trouble began; empty where that is not known
    /// @param known paths that were judged already; null: none were
    Shared(Facts facts, Optional<Instant> onset, @Nullable Supplier<Paths> known) {
      this.facts = facts;
      this.onset = onset;
      this.scope = AlarmScope.of(facts.incident());
      this.directory = once("directory", () -> new TargetDirectory(facts.fleet()));
      this.paths = known == null ? once("paths", () -> new Paths(facts)) : known;
      this.probes = once("probes", () -> new Probes(facts));
      this.counts = once("counts", () -> new Counts(facts, onset));
      this.routing = once("routing", () -> new Routing(facts));
      this.allTargets = once("all targets", () -> Targets.in(facts));
    }

    private <T> Supplier<T> once(String what, Supplier<T> work) {
      return new Once<>(
          () -> {
            computed.merge(what, 1, Integer::sum);
            return work.get();
          });
    }
  }

  private Case(Facts facts, Shared shared, boolean beyond) {
    this.facts = facts;
    this.shared = shared;
    this.beyond = beyond;
    String of = beyond ? " beyond the alarm" : "";
    this.targets = shared.once("targets" + of, () -> Targets.in(facts));
    this.serving = shared.once("serving" + of, () -> new Serving(this));
    this.rollouts = shared.once("rollouts" + of, () -> new Rollouts(this));
    this.machines = shared.once("machines" + of, () -> new Machines(this));
    this.overload = shared.once("overload" + of, () -> Overload.in(this));
    this.trouble = shared.once("trouble" + of, () -> new Trouble(this));
    this.resources = shared.once("resources" + of, () -> new Resources(this));
    this.elimination = shared.once("elimination" + of, () -> new Elimination(this));
    this.failOpen = shared.once("fail open" + of, () -> FailOpen.in(this));
  }

  /// The case of the target groups that the alarms name; of all where they name none.
  public static Case of(Facts facts) {
    Onset onset = Onset.of(facts);
    Shared shared = new Shared(facts.withLoad(onset.load()), onset.at(), null);
    return new Case(within(shared.facts, shared.scope, true), shared, false);
  }

  /// The case of the target groups that the alarms are not about; empty where there are none.
  public Optional<Case> beyond() {
    if (beyond || shared.scope.targetGroups().isEmpty()) {
      return Optional.empty();
    }
    Facts others = within(shared.facts, shared.scope, false);
    return others.targetGroups().isEmpty()
        ? Optional.empty()
        : Optional.of(new Case(others, shared, true));
  }

  /// The same case on changed facts, to see what a repair would leave of it. Paths are judged anew
  /// only where what they are judged by has changed: they take the longest.
  @SuppressWarnings("ReferenceEquality") // What a repair leaves alone is not copied.
  public Case on(Facts changed) {
    boolean samePaths =
        changed.network() == facts.network()
            && changed.wiring().loadBalancer() == facts.wiring().loadBalancer()
            && changed.fleet().instances() == facts.fleet().instances();
    return new Case(
        changed, new Shared(changed, shared.onset, samePaths ? shared.paths : null), beyond);
  }

  private static Facts within(Facts facts, AlarmScope scope, boolean named) {
    if (scope.targetGroups().isEmpty()) {
      return facts;
    }
    Known<List<TargetGroup>> groups =
        facts
            .wiring()
            .targetGroups()
            .map(
                all ->
                    all.stream()
                        .filter(group -> scope.targetGroups().contains(group.id()) == named)
                        .toList());
    return facts.withWiring(facts.wiring().withTargetGroups(groups));
  }

  /// The facts of all target groups, whatever the alarms are about.
  public Facts all() {
    return shared.facts;
  }

  /// The facts, with the target groups in question only.
  public Facts facts() {
    return facts;
  }

  public LoadBalancerId id() {
    return facts.incident().loadBalancer();
  }

  public Traits traits() {
    return id().traits();
  }

  public Known<LoadBalancer> loadBalancer() {
    return facts.wiring().loadBalancer();
  }

  public Known<List<Listener>> listeners() {
    return facts.wiring().listeners();
  }

  /// The target groups in question.
  public Known<List<TargetGroup>> targetGroups() {
    return facts.wiring().targetGroups();
  }

  /// What the alarms are limited to.
  public AlarmScope scope() {
    return shared.scope;
  }

  /// Whether an alarm told of trouble; false where somebody asked.
  public boolean hasAlarm() {
    return !facts.incident().alarms().isEmpty();
  }

  /// What the alarms watch, one measure for each; empty where nobody alarmed.
  public List<Measure> alarmed() {
    return facts.incident().alarms().stream().map(alarm -> alarm.watched().measure()).toList();
  }

  /// When the incident begins: with the first datapoint that stands out, else with the first that
  /// the alarm looked at, else with the alarm.
  public Instant began() {
    return shared.onset.orElse(lookedAt());
  }

  /// When the alarm's own metric first stood out. Where it could not be read, the time of the
  /// alarm: unless the load balancer counts its own checks, by which an alarm may fire at any time.
  /// Empty where the metric was read and does not tell.
  public Optional<Instant> onsetOrAlarm() {
    return shared.onset.isPresent()
            || counts().alarmed().flatMap(Series::points).isKnown()
            || traits().countsOwnChecks()
            || !hasAlarm()
        ? shared.onset
        : Optional.of(lookedAt());
  }

  private Instant lookedAt() {
    return facts.load().map(load -> load.incident().from()).orElse(facts.incident().since());
  }

  /// What of the failing targets may be new.
  public Trouble trouble() {
    return trouble.get();
  }

  /// The targets of all target groups, whatever the alarms are about.
  public Targets allTargets() {
    return shared.allTargets.get();
  }

  public Targets targets() {
    return targets.get();
  }

  public TargetDirectory directory() {
    return shared.directory.get();
  }

  /// The zone a target is in; null where it is not known.
  public @Nullable String zone(RegisteredTarget target) {
    return directory().zone(target.target());
  }

  /// As {@link #zone(RegisteredTarget)}.
  public @Nullable String zone(Target target) {
    return directory().zone(target);
  }

  public Paths paths() {
    return shared.paths.get();
  }

  public Probes probes() {
    return shared.probes.get();
  }

  public Counts counts() {
    return shared.counts.get();
  }

  public Routing routing() {
    return shared.routing.get();
  }

  public Serving serving() {
    return serving.get();
  }

  public Rollouts rollouts() {
    return rollouts.get();
  }

  public Machines machines() {
    return machines.get();
  }

  public Overload overload() {
    return overload.get();
  }

  public Resources resources() {
    return resources.get();
  }

  public Elimination elimination() {
    return elimination.get();
  }

  /// Whether clients are served though no target passes its check.
  public FailOpen failOpen() {
    return failOpen.get();
  }

  /// How often each thing was computed so far, by its name; for benchmarks.
  public Map<String, Integer> computed() {
    return Map.copyOf(shared.computed);
  }
}
