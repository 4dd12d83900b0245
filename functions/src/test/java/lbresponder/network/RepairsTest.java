package lbresponder.network;

import static lbresponder.network.NetworkFacts.TARGET;
import static lbresponder.network.NetworkFacts.group;
import static lbresponder.network.NetworkFacts.machine;
import static lbresponder.network.NetworkFacts.open;
import static lbresponder.network.NetworkFacts.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Function;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;
import org.junit.jupiter.api.Test;

class RepairsTest {
  private static final Known<TargetHealth> JOINING = Known.of(TargetHealth.registering());

  private static Facts applied(Facts facts, Repair repair) {
    return Repairs.apply(facts, repair).fold(after -> after, RepairsTest::fail, RepairsTest::fail);
  }

  private static Facts fail(String why) {
    throw new AssertionError(why);
  }

  private static Facts with(TargetGroup... groups) {
    Facts open = open();
    return open.withWiring(open.wiring().withTargetGroups(Known.of(List.of(groups))));
  }

  private static Target unhealthy(String id, Reason reason, Integer... statusCodes) {
    return target(id)
        .withHealth(
            Known.of(
                new TargetHealth(
                    TargetHealth.State.UNHEALTHY,
                    reason,
                    TargetHealth.Port.UNTOLD,
                    "",
                    "",
                    Arrays.asList(statusCodes),
                    8081,
                    null)));
  }

  private static List<Known<TargetHealth>> health(Facts facts) {
    return facts.targetGroups().stream()
        .flatMap(group -> group.targets().orElse(List.of()).stream())
        .map(Target::health)
        .toList();
  }

  private static ProbeResult probe(String target, Purpose purpose) {
    return new ProbeResult(
        target,
        "10.0.2.7",
        8080,
        purpose,
        ProbeResult.Vantage.LOAD_BALANCER,
        List.of(),
        List.of(new Connection.Connected(1)));
  }

  @Test
  void theProxyHeaderSwapsWhatWasProbedWithAndWithoutIt() {
    TargetGroup silent =
        group(TARGET).withProxyProtocol(Known.of(new ProxyProtocol(false, "v2", true)));
    Facts facts =
        with(silent, silent.withId("tg-2").withTargets(Known.of(List.of(target("i-2")))))
            .withProbes(
                Known.of(
                    List.of(
                        probe("i-1:8080", Purpose.TRAFFIC),
                        probe("i-1:8080", Purpose.ALTERNATE_PROTOCOL),
                        probe("i-1:8080", Purpose.KEEP_ALIVE),
                        probe("i-2:8080", Purpose.TRAFFIC))));
    Facts after = applied(facts, new Repair.SendProxyHeader("tg-1", true));
    assertThat(after.targetGroups())
        .extracting(group -> group.proxyProtocol().map(ProxyProtocol::sent).orElse(false))
        .containsExactly(true, false);
    assertThat(after.evidence().probes().orElse(List.of()))
        .extracting(ProbeResult::purpose)
        .containsExactly(
            Purpose.ALTERNATE_PROTOCOL, Purpose.TRAFFIC, Purpose.KEEP_ALIVE, Purpose.TRAFFIC);
  }

  private static Instance stopped(String id) {
    return new Instance(
        id,
        Instance.State.STOPPED,
        "",
        null,
        null,
        "a",
        "subnet-target",
        "10.0.2.7",
        null,
        List.of());
  }

  @Test
  void startedInstancesRunAndTheirTargetsJoin() {
    Instance stopped = stopped("i-1");
    Facts facts = with(group(TARGET, target("i-2")));
    Instance other = stopped("i-3");
    facts = facts.withFleet(facts.fleet().withInstances(Known.of(List.of(stopped, other))));
    Facts after = applied(facts, new Repair.StartInstances(List.of("i-1")));
    assertThat(after.fleet().instances().orElse(List.of()))
        .extracting(Instance::state)
        .containsExactly(Instance.State.RUNNING, Instance.State.STOPPED);
    assertThat(health(after)).containsExactly(JOINING, TARGET.health());
  }

  @Test
  void deregisteredTargetsAreGone() {
    Facts after =
        applied(with(group(TARGET, target("i-2"))), new Repair.Deregister("tg-1", List.of(TARGET)));
    assertThat(after.targetGroups().getFirst().targets())
        .isEqualTo(Known.of(List.of(target("i-2"))));
  }

  @Test
  void anEnabledZonesTargetsJoin() {
    Target unused = unhealthy("i-1", Reason.ZONE_NOT_ENABLED);
    Facts facts = with(group(unused, unused.withId("i-2").withZone("b")));
    Facts after = applied(facts, new Repair.EnableZone(machine().zone(), "subnet-a", List.of()));
    assertThat(health(after)).containsExactly(JOINING, unused.health());
    assertThat(after.wiring().loadBalancer().map(LoadBalancer::zones).orElse(List.of()))
        .endsWith(new LoadBalancer.Zone("a", "subnet-a"));
  }

  @Test
  void aGroupThatIsForwardedToJoins() {
    Target unused = unhealthy("i-1", Reason.NO_LISTENER);
    Listener.Action nothing = new Listener.FixedResponse(503);
    Listener.Rule rule = new Listener.Rule("rule-1", 1, List.of(), nothing);
    Listener listener =
        new Listener("listener-1", 80, Protocol.HTTP, nothing, Known.of(List.of(rule)));
    Facts facts = with(group(unused));
    facts = facts.withWiring(facts.wiring().withListeners(Known.of(List.of(listener))));
    List<Listener.WeightedTargetGroup> weights =
        List.of(new Listener.WeightedTargetGroup("tg-1", 1));
    Facts byDefault = applied(facts, new Repair.Forward("listener-1", null, weights));
    Facts byRule = applied(facts, new Repair.Forward("listener-1", "rule-1", weights));
    assertThat(actions(byDefault)).containsExactly(nothing, new Listener.Forward(weights));
    assertThat(actions(byRule)).containsExactly(new Listener.Forward(weights), nothing);
    assertThat(health(byDefault)).containsExactly(JOINING);
    assertThat(health(byRule)).containsExactly(JOINING);
  }

  private static List<Listener.Action> actions(Facts facts) {
    return facts.wiring().listeners().orElse(List.of()).stream()
        .flatMap(
            listener ->
                Stream.concat(
                    listener.rules().orElse(List.of()).stream().map(Listener.Rule::action),
                    Stream.of(listener.defaultAction())))
        .toList();
  }

  @Test
  void aTargetWhoseStatusPassesIsHealthy() {
    Target redirecting = unhealthy("i-1", Reason.UNEXPECTED_STATUS, 302);
    Target failing = unhealthy("i-2", Reason.UNEXPECTED_STATUS, 302, 500);
    Facts after =
        applied(
            with(group(redirecting, failing)),
            new Repair.ChangeHealthCheck("tg-1", null, "200,302", null));
    assertThat(health(after))
        .containsExactly(Known.of(TargetHealth.healthy(8081)), failing.health());
  }

  @Test
  void anAdmittedPeerHasARuleMoreAndOnlyThatGroup() {
    SecurityGroup.Range peer = new SecurityGroup.Range("10.0.1.0/24");
    Facts after = applied(open(), new Repair.Admit("sg-target", false, peer, 9090));
    List<SecurityGroup> groups = after.network().securityGroups().orElse(List.of());
    List<SecurityGroup> before = open().network().securityGroups().orElse(List.of());
    assertThat(groups.getFirst()).isEqualTo(before.getFirst());
    assertThat(groups.getLast().rules())
        .hasSize(2)
        .endsWith(new SecurityGroup.Rule("new", false, 0, true, "tcp", 9090, 9090, peer));
  }

  @Test
  void anEntryGoesIntoItsAclAlone() {
    Facts facts =
        NetworkFacts.network(
            open(),
            read ->
                read.withNetworkAcls(
                    Known.of(
                        List.of(
                            NetworkFacts.acl(), new NetworkAcl("acl-2", List.of(), List.of())))));
    Facts after = applied(facts, new Repair.AllowEntry("acl-1", 7, true, "10.0.2.0/24", 1, 2));
    assertThat(after.network().networkAcls().orElse(List.of()))
        .extracting(NetworkAcl::entries)
        .containsExactly(
            List.of(new NetworkAcl.Entry(7, true, true, "6", "10.0.2.0/24", 1, 2)), List.of());
  }

  @Test
  void oneFunctionMayBeInvoked() {
    Known<Boolean> no = Known.of(false);
    Facts open = open();
    Facts facts =
        open.withFleet(
            open.fleet()
                .withFunctions(Known.of(List.of(new Function("f", no), new Function("g", no)))));
    Facts after = applied(facts, new Repair.AdmitInvocation("f", "tg-1"));
    assertThat(after.fleet().functions())
        .isEqualTo(Known.of(List.of(new Function("f", Known.of(true)), new Function("g", no))));
  }

  @Test
  void whatARepairDoesNotNameStaysAsItIs() {
    Target unused = unhealthy("i-1", Reason.NO_LISTENER);
    Target refusing = unhealthy("i-1", Reason.REFUSED, 302);
    Listener.Action nothing = new Listener.FixedResponse(503);
    Listener listener =
        new Listener(
            "listener-1",
            80,
            Protocol.HTTP,
            nothing,
            Known.of(List.of(new Listener.Rule("rule-1", 1, List.of(), nothing))));
    Facts facts = with(group(unused));
    facts = facts.withWiring(facts.wiring().withListeners(Known.of(List.of(listener))));
    List<Listener.WeightedTargetGroup> others =
        List.of(new Listener.WeightedTargetGroup("tg-2", 1));
    for (Repair repair :
        List.of(
            new Repair.StartInstances(List.of("i-2")),
            new Repair.Deregister("tg-2", List.of(unused)),
            new Repair.Forward("listener-2", null, others),
            new Repair.Forward("listener-1", "rule-2", others),
            new Repair.ChangeHealthCheck("tg-2", null, "302", null),
            new Repair.SendProxyHeader("tg-2", true))) {
      assertThat(applied(facts, repair)).as("%s", repair).isEqualTo(facts);
    }
    assertThat(
            health(
                applied(
                    with(group(refusing)),
                    new Repair.ChangeHealthCheck("tg-1", null, "302", null))))
        .containsExactly(refusing.health());
    assertThat(
            health(
                applied(
                    with(group(refusing)),
                    new Repair.Forward(
                        "listener-1", null, List.of(new Listener.WeightedTargetGroup("tg-1", 1))))))
        .containsExactly(refusing.health());
  }

  @Test
  void whatNobodyCanTellIsUnknown() {
    for (Repair repair :
        List.of(
            new Repair.RegisterTargets("tg-1"),
            new Repair.ChangeHealthCheck("tg-1", "/", null, null),
            new Repair.ChangeHealthCheck("tg-1", null, null, Protocol.HTTP),
            new Repair.CheckTrafficPort("tg-1"),
            new Repair.RestartInstances(List.of("i-1"), true))) {
      assertThat(Repairs.apply(open(), repair)).isInstanceOf(Known.Unknown.class);
    }
  }
}
