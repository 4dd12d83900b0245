package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationNetwork.aclEntry;
import static lbresponder.testing.SituationNetwork.admitsGroup;
import static lbresponder.testing.SituationNetwork.entry;
import static lbresponder.testing.SituationNetwork.letsOut;
import static lbresponder.testing.SituationNetwork.routes;
import static lbresponder.testing.SituationNetwork.rules;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import java.util.function.UnaryOperator;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.Protocol;
import lbresponder.facts.TargetHealth.Port;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationNetwork;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every target times out; one filter or route on the way is changed.
class PathChecksTest {
  static Situation silent(Situation situation) {
    return situation.failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3");
  }

  /// The traffic port is 8080, health checks ask on 9090.
  static Situation checkedApart(Situation situation) {
    return situation.groups(group -> group.withHealthCheck(group.healthCheck().withPort(9090)));
  }

  private static UnaryOperator<Network> change(String blocked) {
    return switch (blocked) {
      case "nothing" -> network -> network;
      case "sg-targets admits nobody" -> rules("sg-targets");
      case "sg-targets admits port 8081" -> rules("sg-targets", admitsGroup(8081, "sg-lb"));
      case "sg-targets admits another group" -> rules("sg-targets", admitsGroup(8080, "sg-x"));
      case "sg-lb lets out port 8081" -> rules("sg-lb", letsOut(8081));
      case "acl-targets denies in" -> deny("acl-targets", false, 8080);
      case "acl-targets denies another port in" -> deny("acl-targets", false, 8081);
      case "acl-targets denies out" -> deny("acl-targets", true, null);
      case "acl-lb denies out" -> deny("acl-lb", true, 8080);
      case "acl-lb denies in" -> deny("acl-lb", false, null);
      case "no route there" -> routes("routes-lb");
      case "no route back" -> routes("routes-targets");
      case "a blackhole" ->
          routes(
              "routes-lb",
              SituationNetwork.local(),
              SituationNetwork.blackhole("10.0.11.0/24"),
              SituationNetwork.blackhole("10.0.12.0/24"));
      case "groups unread" -> network -> network.withSecurityGroups(Known.unknown(UNREAD));
      case "ACLs unread" -> network -> network.withNetworkAcls(Known.unknown(UNREAD));
      case "routes unread" -> network -> network.withRouteTables(Known.unknown(UNREAD));
      default -> throw new IllegalArgumentException(blocked);
    };
  }

  private static UnaryOperator<Network> deny(String acl, boolean egress, @Nullable Integer port) {
    return aclEntry(acl, entry(90, egress, false, port));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what blocks                      | sg-targets | sg-lb     | ACLs      | routes
          nothing                            | RULED_OUT  | RULED_OUT | RULED_OUT | RULED_OUT
          sg-targets admits nobody           | PROVEN     | RULED_OUT | RULED_OUT | RULED_OUT
          sg-targets admits port 8081        | PROVEN     | RULED_OUT | RULED_OUT | RULED_OUT
          sg-targets admits another group    | PROVEN     | RULED_OUT | RULED_OUT | RULED_OUT
          sg-lb lets out port 8081           | RULED_OUT  | PROVEN    | RULED_OUT | RULED_OUT
          acl-targets denies in              | RULED_OUT  | RULED_OUT | PROVEN    | RULED_OUT
          acl-targets denies another port in | RULED_OUT  | RULED_OUT | RULED_OUT | RULED_OUT
          acl-targets denies out             | RULED_OUT  | RULED_OUT | PROVEN    | RULED_OUT
          acl-lb denies out                  | RULED_OUT  | RULED_OUT | PROVEN    | RULED_OUT
          acl-lb denies in                   | RULED_OUT  | RULED_OUT | PROVEN    | RULED_OUT
          no route there                     | RULED_OUT  | RULED_OUT | RULED_OUT | PROVEN
          no route back                      | RULED_OUT  | RULED_OUT | RULED_OUT | PROVEN
          a blackhole                        | RULED_OUT  | RULED_OUT | RULED_OUT | PROVEN
          groups unread                      | UNKNOWN    | UNKNOWN   | RULED_OUT | RULED_OUT
          ACLs unread                        | RULED_OUT  | RULED_OUT | UNKNOWN   | RULED_OUT
          routes unread                      | RULED_OUT  | RULED_OUT | RULED_OUT | UNKNOWN
          """)
  void eachIsAboutItsOwnFilters(
      String blocked, Answer targets, Answer loadBalancers, Answer acls, Answer routes) {
    UnaryOperator<Situation> change = s -> silent(s).network(change(blocked));
    row(targets, blocked, change).holdsFor(new SecurityGroupBlocks());
    row(loadBalancers, blocked, change).holdsFor(new LoadBalancerEgressBlocks());
    row(acls, blocked, change).holdsFor(new NetworkAclBlocks());
    row(routes, blocked, change).holdsFor(new NoRoute());
    row(RULED_OUT, blocked, change).holdsFor(new SecurityGroupBlocksHealthCheck());
  }

  /// Which of the two ports the filters let pass.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # open    | of traffic | of health checks | either
          8080 9090 | RULED_OUT  | RULED_OUT        | RULED_OUT
          8080      | RULED_OUT  | PROVEN           | PROVEN
          9090      | PROVEN     | RULED_OUT        | PROVEN
          1         | PROVEN     | RULED_OUT        | PROVEN
          """)
  void eachIsAboutItsOwnPorts(String open, Answer traffic, Answer checks, Answer either) {
    List<Integer> ports = List.of(open.split(" ", -1)).stream().map(Integer::valueOf).toList();
    UnaryOperator<Situation> byGroups =
        s ->
            silent(checkedApart(s))
                .network(
                    rules(
                        "sg-targets",
                        admitsGroup(ports.getFirst(), "sg-lb"),
                        admitsGroup(ports.getLast(), "sg-lb")));
    row(traffic, open, byGroups).holdsFor(new SecurityGroupBlocks());
    row(checks, open, byGroups).holdsFor(new SecurityGroupBlocksHealthCheck());
    UnaryOperator<Situation> byEgress =
        s ->
            silent(checkedApart(s))
                .network(rules("sg-lb", letsOut(ports.getFirst()), letsOut(ports.getLast())));
    row(either, open, byEgress).holdsFor(new LoadBalancerEgressBlocks());
  }

  /// A target is blocked by rules, unless nothing is sent to it; where it is shown to be reached
  /// all the same, nobody can tell.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # state            | port    | answer
          UNHEALTHY          | UNTOLD  | PROVEN
          UNHEALTHY          | REACHED | UNKNOWN
          UNHEALTHY          | CLOSED  | UNKNOWN
          UNHEALTHY          | OPEN    | UNKNOWN
          UNHEALTHY_DRAINING | UNTOLD  | PROVEN
          UNAVAILABLE        | UNTOLD  | PROVEN
          HEALTHY            | UNTOLD  | PROVEN
          HEALTHY            | OPEN    | UNKNOWN
          INITIAL            | UNTOLD  | PROVEN
          UNUSED             | UNTOLD  | RULED_OUT
          DRAINING           | UNTOLD  | RULED_OUT
          """)
  void whatIsReachedIsNeitherBlockedNorAcquitted(State state, Port port, Answer answer) {
    row(
            answer,
            "",
            s ->
                s.targets(SituationWiring.target("i-1"))
                    .health("i-1", SituationWiring.health(state, Reason.OTHER, port))
                    .network(rules("sg-targets")))
        .holdsFor(new SecurityGroupBlocks());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void onlyTcpIsJudged(Protocol protocol) {
    row(
            protocol.carriesTcp() ? PROVEN : protocol.carriesUdp() ? UNKNOWN : RULED_OUT,
            "",
            s ->
                silent(s)
                    .groups(group -> group.withProtocol(protocol))
                    .network(rules("sg-targets")))
        .holdsFor(new SecurityGroupBlocks());
  }

  /// The node of zone `a` and the target are in one subnet, whose ACL lets nothing out.
  @ParameterizedTest
  @CsvSource({"false, RULED_OUT", "true, PROVEN"})
  void withinASubnetItsAclIsAskedWhereTheLoadBalancerIsFilteredThere(
      boolean filtered, Answer answer) {
    Instance beside = SituationFleet.machine("i-1", "a", "subnet-a", "10.0.1.20");
    row(
            answer,
            "",
            s ->
                silent(filtered ? s.filteringWithinSubnets() : s)
                    .targets(SituationWiring.target("i-1"))
                    .failing(Reason.TIMED_OUT, "i-1")
                    .machine("i-1", _ -> beside)
                    .loadBalancer(found -> found.withZones(found.zones().subList(0, 1)))
                    .network(aclEntry("acl-lb", entry(90, true, false, 8080))))
        .holdsFor(new NetworkAclBlocks());
  }
}
