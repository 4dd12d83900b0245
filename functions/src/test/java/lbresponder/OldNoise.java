package lbresponder;

import static lbresponder.testing.SituationProbes.tries;
import static lbresponder.testing.SituationWiring.answering;
import static lbresponder.testing.SituationWiring.failing;
import static lbresponder.testing.SituationWiring.inState;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Function;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Condition;
import lbresponder.facts.Listener.Rule;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Protocol;
import lbresponder.facts.Service;
import lbresponder.facts.Service.Ending;
import lbresponder.facts.Service.StoppedTask;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;

/// What has been wrong for days beside any incident, and has nothing to do with it: each adds to
/// the facts what a reader would find, with metrics that show it in the hour before as well.
@SuppressWarnings("ImmutableEnumChecker") // Its functions keep nothing.
enum OldNoise {
  ANOTHER_SERVICE_CRASHES(facts -> withService(facts, crashing(facts, "other-group"))),
  A_SERVICE_OF_THIS_LOAD_BALANCER_CRASHED_ALL_DAY(
      facts ->
          withService(
              unhealthy(
                  withGroup(facts, group(facts, target("i-old", failing(Reason.CHECK_FAILED))))),
              crashing(facts, "old"))),
  A_TERMINATED_INSTANCE_IS_STILL_REGISTERED(
      facts -> withGroup(facts, group(facts, target("i-old", inState(State.UNUSED)), well()))),
  AN_INSTANCE_STOPPED_DAYS_AGO(
      facts ->
          withMachine(
              withGroup(facts, group(facts, target("i-old", stopped()), well())),
              Instance.State.STOPPED)),
  AN_INSTANCE_IMPAIRED_FOR_DAYS(
      facts ->
          withStatus(
              withMachine(
                  unhealthy(
                      withGroup(
                          facts, group(facts, target("i-old", failing(Reason.TIMED_OUT)), well()))),
                  Instance.State.RUNNING))),
  A_TARGET_IN_A_ZONE_NOT_ENABLED(
      facts -> withGroup(facts, group(facts, target("i-old", notEnabled()).withZone("z"), well()))),
  A_FUNCTION_FAILS_ONCE_A_MINUTE(OldNoise::withFunction),
  A_TARGET_CLOSES_IDLE_CONNECTIONS_EARLY(OldNoise::withShortKeepAlive),
  AN_ADMIN_PORT_ALWAYS_REFUSES(
      facts ->
          refused(
              counted(
                  unhealthy(
                      withGroup(
                          facts, group(facts, target("i-old", failing(Reason.CHECK_FAILED))))),
                  Measure.CONNECTION_ERRORS,
                  1))),
  AN_EMPTY_GROUP_ON_A_DEAD_PATH(facts -> withGroup(facts, group(facts))),
  A_CHECK_THAT_NEVER_PASSED(
      facts -> unhealthy(withGroup(facts, group(facts, target("i-old", answering(404)))))),
  A_GROUP_NEVER_ADMITTED(
      facts ->
          unhealthy(withGroup(facts, group(facts, target("i-old", failing(Reason.TIMED_OUT)))))),
  TARGETS_ANSWER_SOME_CLIENT_ERRORS(facts -> counted(facts, Measure.TARGET_4XX, 7)),
  TARGETS_ANSWER_SOME_SERVER_ERRORS(facts -> counted(facts, Measure.TARGET_5XX, 2)),
  THE_LOAD_BALANCER_REFUSES_SOME_REQUESTS(facts -> counted(facts, Measure.LB_4XX, 5)),
  FLOWS_ARE_RESET_NOW_AND_THEN(
      facts -> counted(counted(facts, Measure.LB_RESETS, 4), Measure.TARGET_RESETS, 3)),
  A_SUBNET_HAS_FEW_ADDRESSES(
      facts ->
          facts.withNetwork(
              facts.network().withSubnets(facts.network().subnets().map(OldNoise::full))));

  private static final String OLD = "old";

  private final UnaryOperator<Facts> change;

  OldNoise(UnaryOperator<Facts> change) {
    this.change = change;
  }

  /// The cause that it is like: where that is the matter, nobody can tell the old from the new.
  String like() {
    return this == A_TARGET_CLOSES_IDLE_CONNECTIONS_EARLY ? "ClosesIdleConnectionsEarly" : "";
  }

  /// Unchanged where there are no rules that could send to a group of its own, or no group at all.
  Facts beside(Facts facts) {
    return facts.targetGroups().isEmpty()
            || facts.incident().loadBalancer().traits().countsOwnChecks()
        ? facts
        : change.apply(facts);
  }

  private static <T> Known<List<T>> plus(Known<List<T>> all, T more) {
    return all.map(known -> Stream.concat(known.stream(), Stream.of(more)).toList());
  }

  private static Instant daysAgo(Facts facts) {
    return facts.readAt().minus(Duration.ofDays(3));
  }

  private static Target target(String id, TargetHealth health) {
    return new Target(id, 9090, null, null, Known.of(health));
  }

  private static Target well() {
    return target("i-well", TargetHealth.healthy(9090));
  }

  private static TargetHealth stopped() {
    TargetHealth unused = inState(State.UNUSED);
    return new TargetHealth(
        State.UNUSED, Reason.NOT_RUNNING, unused.port(), "stopped", "", List.of(), null, null);
  }

  private static TargetHealth notEnabled() {
    TargetHealth unused = inState(State.UNUSED);
    return new TargetHealth(
        State.UNUSED, Reason.ZONE_NOT_ENABLED, unused.port(), "zone", "", List.of(), null, null);
  }

  /// Of the kind of the first one there is, under a path of its own.
  private static TargetGroup group(Facts facts, Target... targets) {
    TargetGroup first = facts.targetGroups().getFirst();
    return first
        .withId(OLD)
        .withName(OLD)
        .withPort(9090)
        .withProtocol(first.protocol().isHttp() ? Protocol.HTTP : Protocol.TCP)
        .withTargetType(TargetType.MACHINE)
        .withTargets(Known.of(List.of(targets)))
        .withHealthCheck(first.healthCheck().withPort(null));
  }

  private static Facts withGroup(Facts facts, TargetGroup group) {
    Listener.Action forward = new Listener.Forward(List.of(new WeightedTargetGroup(OLD, 1)));
    boolean well =
        group.targets().orElse(List.of()).stream().anyMatch(target -> target.equals(well()));
    Rule rule =
        new Rule("rule-old", 900, List.of(new Condition("path-pattern", List.of("/old"))), forward);
    Facts counted =
        SteadyCount.of(Measure.HEALTHY_TARGETS, OLD, well ? 1 : 0)
            .in(SteadyCount.of(Measure.UNHEALTHY_TARGETS, OLD, 0).in(facts));
    return counted.withWiring(
        facts
            .wiring()
            .withTargetGroups(plus(facts.wiring().targetGroups(), group))
            .withListeners(
                facts
                    .wiring()
                    .listeners()
                    .map(
                        all ->
                            all.stream()
                                .map(one -> one.withRules(plus(one.rules(), rule)))
                                .toList())));
  }

  private static Facts withMachine(Facts facts, Instance.State state) {
    Instance machine =
        new Instance(
            "i-old",
            state,
            "",
            state == Instance.State.STOPPED ? daysAgo(facts) : null,
            daysAgo(facts),
            "",
            "",
            "",
            null,
            List.of());
    return facts.withFleet(facts.fleet().withInstances(plus(facts.fleet().instances(), machine)));
  }

  private static Facts withStatus(Facts facts) {
    StatusCheck check =
        new StatusCheck(
            "i-old", StatusCheck.Subject.MACHINE, StatusCheck.State.IMPAIRED, daysAgo(facts));
    return facts.withFleet(
        facts.fleet().withStatusChecks(plus(facts.fleet().statusChecks(), check)));
  }

  private static Service crashing(Facts facts, String group) {
    List<StoppedTask> stopped =
        IntStream.range(0, 11)
            .mapToObj(
                i -> {
                  Instant at = facts.readAt().minusSeconds(30 + i * 300L);
                  return new StoppedTask(
                      "task-" + i,
                      null,
                      "old:1",
                      Ending.BY_ITSELF,
                      "",
                      List.of("app: 1"),
                      at.minusSeconds(60),
                      null,
                      at);
                })
            .toList();
    return new Service(
        "old-service", OLD, "old", 2, 0, 1, 0, List.of(group), List.of(), Known.of(stopped));
  }

  private static Facts withService(Facts facts, Service service) {
    return facts.withFleet(facts.fleet().withServices(plus(facts.fleet().services(), service)));
  }

  private static Facts withFunction(Facts facts) {
    Target function =
        new Target("function-old", null, null, null, Known.none("functions are not checked"));
    Facts with =
        withGroup(
            facts,
            group(facts, function)
                .withTargetType(TargetType.FUNCTION)
                .withProtocol(Protocol.NONE)
                .withPort(null));
    return counted(
        with.withFleet(
            with.fleet()
                .withFunctions(
                    plus(with.fleet().functions(), new Function("function-old", Known.of(true))))),
        Measure.FUNCTION_ERRORS,
        1);
  }

  /// A lost race a minute, as ever.
  private static Facts withShortKeepAlive(Facts facts) {
    return facts.targetGroups().stream()
        .flatMap(group -> group.targets().orElse(List.of()).stream())
        .filter(target -> target.port() != null)
        .findFirst()
        .map(
            target ->
                facts.withProbes(
                    plus(
                        facts.evidence().probes(),
                        probe(target, Purpose.KEEP_ALIVE, "1 ClosedIdle 5000"))))
        .map(with -> counted(counted(with, Measure.LB_502, 1), Measure.LB_5XX, 1))
        .orElse(facts);
  }

  private static Facts refused(Facts facts) {
    Target target = target("i-old", failing(Reason.CHECK_FAILED));
    return facts.withProbes(
        plus(facts.evidence().probes(), probe(target, Purpose.TRAFFIC, "5 Refused")));
  }

  private static ProbeResult probe(Target target, Purpose purpose, String tries) {
    return new ProbeResult(
        target.label(),
        "10.9.9.9",
        target.port() == null ? 0 : target.port(),
        purpose,
        Vantage.LOAD_BALANCER,
        List.of(),
        tries(tries));
  }

  private static List<Subnet> full(List<Subnet> all) {
    return all.stream()
        .map(one -> new Subnet(one.id(), one.zone(), one.network(), one.owner(), one.ranges(), 3))
        .toList();
  }

  /// One target of the old group fails its checks all the time.
  private static Facts unhealthy(Facts facts) {
    return SteadyCount.of(Measure.UNHEALTHY_TARGETS, OLD, 1).in(facts);
  }

  /// So many a minute, all the time: of the whole load balancer, and of the old group.
  private static Facts counted(Facts facts, Measure measure, double each) {
    Facts whole = SteadyCount.of(measure, null, each).in(facts);
    return whole.targetGroups().stream().anyMatch(group -> group.id().equals(OLD))
        ? SteadyCount.of(measure, OLD, each).in(whole)
        : whole;
  }
}
