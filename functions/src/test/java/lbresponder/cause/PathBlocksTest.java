package lbresponder.cause;

import static lbresponder.testing.Situation.NONE;
import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationNetwork.aclEntry;
import static lbresponder.testing.SituationNetwork.admits;
import static lbresponder.testing.SituationNetwork.admitsGroup;
import static lbresponder.testing.SituationNetwork.card;
import static lbresponder.testing.SituationNetwork.entry;
import static lbresponder.testing.SituationNetwork.rules;
import static lbresponder.testing.SituationProbes.probe;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import java.util.function.UnaryOperator;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Protocol;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether a filter or route is shown to block, or only seems to, in a network in which every
/// target times out.
class PathBlocksTest {
  @ParameterizedTest
  @MethodSource
  void securityGroupBlocks(SituationRow row) {
    row.holdsFor(new SecurityGroupBlocks());
  }

  private static Situation closed(Situation situation) {
    return PathChecksTest.silent(situation).network(rules("sg-targets"));
  }

  static List<SituationRow> securityGroupBlocks() {
    return List.of(
        row(RULED_OUT, "all are healthy", s -> s).saying("answers come back from the targets"),
        row(RULED_OUT, "all leave", s -> s.inState(State.DRAINING, "i-1", "i-2", "i-3"))
            .saying("no target that has a network path fails to answer"),
        row(
                RULED_OUT,
                "two time out, and are admitted",
                s -> s.failing(Reason.TIMED_OUT, "i-1", "i-2"))
            .saying(
                "no security groups of the targets block the traffic;"
                    + " answers come back from the other targets"),
        row(RULED_OUT, "none is healthy, and all are admitted", s -> PathChecksTest.silent(s))
            .saying("no security groups of the targets block the traffic"),
        row(PROVEN, "none is admitted", s -> closed(s))
            .saying("sg-targets\ntarget's groups in: no rule of sg-targets admits tcp/8080 from"),
        row(POSSIBLE, "health is not known", s -> closed(s).healthUnread("i-1", "i-2", "i-3")),
        row(POSSIBLE, "health of one is not known", s -> closed(s).healthUnread("i-3")),
        row(
                UNKNOWN,
                "datagrams are not judged",
                s -> closed(s).groups(group -> group.withProtocol(Protocol.UDP)))
            .saying("whether datagrams get through to tg"),
        row(
            RULED_OUT,
            "functions have no path",
            s -> closed(s).groups(group -> group.withTargetType(TargetType.FUNCTION))),
        row(
            RULED_OUT,
            "load balancers have none either",
            s -> closed(s).groups(group -> group.withTargetType(TargetType.LOAD_BALANCER))),
        row(
            RULED_OUT,
            "a target without a port has none",
            s ->
                closed(s)
                    .targets(SituationWiring.withoutPort("i-1"))
                    .failing(Reason.TIMED_OUT, "i-1")),
        row(
            RULED_OUT,
            "answers come from the checked port, which is another",
            s -> PathChecksTest.checkedApart(s)),
        row(
            PROVEN,
            "so, and traffic's is closed",
            s ->
                PathChecksTest.checkedApart(s)
                    .network(rules("sg-targets", admitsGroup(9090, "sg-lb")))),
        row(
            RULED_OUT,
            "a prober in the load balancer's place reached it",
            s ->
                closed(s.targets(SituationWiring.target("i-1")))
                    .probe("i-1", Vantage.LOAD_BALANCER, "5 Refused")),
        row(
            PROVEN,
            "a prober elsewhere reached it",
            s ->
                closed(s.targets(SituationWiring.target("i-1")))
                    .probe("i-1", Vantage.NETWORK, "5 Refused")),
        row(
            PROVEN,
            "a prober reached another port of it",
            s ->
                closed(s.targets(SituationWiring.target("i-1")))
                    .probe(
                        probe(
                            "i-1",
                            9090,
                            Purpose.HEALTH_CHECK,
                            Vantage.LOAD_BALANCER,
                            "5 Refused"))),
        row(
                UNKNOWN,
                "where targets are could not be read",
                s -> closed(s).fleet(fleet -> fleet.withInstances(Known.unknown(UNREAD))))
            .saying("where i-1:8080 is"),
        row(
                UNKNOWN,
                "the load balancer could not be read",
                s -> closed(s).wiring(wiring -> wiring.withLoadBalancer(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(
            RULED_OUT,
            "there are no security groups",
            s -> closed(s).network(read -> read.withSecurityGroups(Known.none(NONE)))),
        row(
                UNKNOWN,
                "some targets could not be read",
                s -> s.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD))))
            .saying(UNREAD));
  }

  @ParameterizedTest
  @MethodSource
  void securityGroupBlocksHealthCheck(SituationRow row) {
    row.holdsFor(new SecurityGroupBlocksHealthCheck());
  }

  /// Health checks ask on another port than traffic uses, and nothing is admitted on either.
  static List<SituationRow> securityGroupBlocksHealthCheck() {
    return List.of(
        row(RULED_OUT, "traffic is blocked itself", s -> PathChecksTest.checkedApart(closed(s)))
            .saying("health checks ask on the port that traffic takes, or that port is blocked"),
        row(
                UNKNOWN,
                "the checked port is answered all the same",
                s ->
                    PathChecksTest.checkedApart(s)
                        .answering(404, "i-1", "i-2", "i-3")
                        .network(rules("sg-targets", admitsGroup(8080, "sg-lb"))))
            .saying("why the checks of i-1:8080 get an answer, though target's groups in: no rule"),
        row(
                PROVEN,
                "the checked port alone is blocked",
                s ->
                    PathChecksTest.silent(PathChecksTest.checkedApart(s))
                        .network(rules("sg-targets", admitsGroup(8080, "sg-lb"))))
            .saying("sg-targets\ntarget's groups in: no rule of sg-targets admits tcp/9090"),
        row(
                PROVEN,
                "datagrams are checked over TCP, on a port of the same number",
                s -> closed(s).groups(group -> group.withProtocol(Protocol.UDP)))
            .saying("sg-targets\ntarget's groups in: no rule of sg-targets admits tcp/8080"),
        row(
                PROVEN,
                "datagrams are checked over TCP, on another port",
                s ->
                    PathChecksTest.checkedApart(closed(s))
                        .groups(group -> group.withProtocol(Protocol.UDP)))
            .saying("no rule of sg-targets admits tcp/9090"),
        row(
            RULED_OUT,
            "the group of datagrams' targets admits the checks",
            s ->
                closed(s)
                    .network(rules("sg-targets", admitsGroup(8080, "sg-lb")))
                    .groups(group -> group.withProtocol(Protocol.UDP))));
  }

  private static Situation nodesUnread(Situation situation) {
    return situation.network(read -> read.withInterfaces(Known.unknown(UNREAD)));
  }

  @ParameterizedTest
  @MethodSource
  void partOfThem(SituationRow row) {
    row.holdsFor(new NetworkAclBlocks());
  }

  /// Answers go back to ports 1024 to 65535.
  static List<SituationRow> partOfThem() {
    Entry some = entry(90, true, false, 2000);
    return List.of(
        row(
                LIKELY,
                "some of the ports that answers go to are denied",
                s -> PathChecksTest.silent(s).network(aclEntry("acl-targets", some)))
            .saying(
                "answer: target's subnet's ACL out: rule 90 of acl-targets lets only tcp/1024-1999,"
                    + " 2001-65535 of 1024-65535 pass"),
        row(
            POSSIBLE,
            "so, and which addresses nodes have could not be read",
            s -> nodesUnread(PathChecksTest.silent(s)).network(aclEntry("acl-targets", some))),
        row(
            POSSIBLE,
            "so, and the address of the node in one zone could not be read",
            s ->
                PathChecksTest.silent(s)
                    .network(
                        read ->
                            read.withInterfaces(
                                Known.of(List.of(card("eni-a", true, "subnet-a", "10.0.1.5")))))
                    .network(aclEntry("acl-targets", some))),
        row(
            POSSIBLE,
            "so, and health of one target could not be read",
            s ->
                PathChecksTest.silent(s)
                    .healthUnread("i-1")
                    .network(aclEntry("acl-targets", some))),
        row(
                PROVEN,
                "so, and something else denies all",
                s ->
                    PathChecksTest.silent(s)
                        .network(aclEntry("acl-targets", some))
                        .network(aclEntry("acl-lb", entry(90, true, false, 8080))))
            .saying("acl-lb\n"),
        row(
                PROVEN,
                "two ACLs deny all",
                s ->
                    PathChecksTest.silent(s)
                        .network(aclEntry("acl-targets", entry(90, false, false, 8080)))
                        .network(aclEntry("acl-lb", entry(90, true, false, 8080))))
            .saying("acl-lb\nload balancer's subnet's ACL out: rule 90 of acl-lb denies tcp/8080"),
        row(
            RULED_OUT,
            "a port is denied to which no answer goes",
            s ->
                PathChecksTest.silent(s)
                    .network(aclEntry("acl-targets", entry(90, true, false, 1023)))));
  }

  @ParameterizedTest
  @MethodSource
  void risks(SituationRow row) {
    row.holdsFor(new SecurityGroupBlocks());
    row.holdsFor(new SecurityGroupBlocksHealthCheck());
  }

  /// Both ports are open to the node of zone `a` as it is today.
  static List<SituationRow> risks() {
    UnaryOperator<Network> single =
        rules(
            "sg-targets",
            admits(8080, "10.0.1.5/32"),
            admits(9090, "10.0.1.5/32"),
            admits(8080, "10.0.2.0/24"),
            admits(9090, "10.0.2.0/24"));
    return List.of(
        row(
                RULED_OUT,
                "a new node would be dropped",
                s -> PathChecksTest.checkedApart(PathChecksTest.silent(s)).network(single))
            .saying(
                "sg-targets admits the node 10.0.1.5 of today and not all of 10.0.1.0/24: a new"
                    + " node would be dropped"));
  }
}
