package lbresponder.cause;

import static lbresponder.testing.SituationNetwork.aclEntry;
import static lbresponder.testing.SituationNetwork.admits;
import static lbresponder.testing.SituationNetwork.card;
import static lbresponder.testing.SituationNetwork.entry;
import static lbresponder.testing.SituationNetwork.routes;
import static lbresponder.testing.SituationNetwork.rules;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Protocol;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationNetwork;
import lbresponder.testing.SituationProbes;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules say one thing, and health, probers or counts another.
class ContradictionsTest {
  /// Only the node of zone `a`, as it is today.
  private static final UnaryOperator<Network> ONE_NODE =
      rules("sg-targets", admits(8080, "10.0.1.5/32"));

  private static Situation asked(Situation situation, int interval, int failures) {
    return situation.groups(
        group ->
            group.withHealthCheck(
                new HealthCheck(
                    true, Protocol.HTTP, null, "/health", "200", interval, 5, 2, failures)));
  }

  private static Situation crossZone(Situation situation, Known<Boolean> on) {
    return situation.groups(group -> group.withCrossZone(on));
  }

  @ParameterizedTest
  @MethodSource
  void deniedAndAnswered(SituationRow row) {
    row.holdsFor(new SecurityGroupBlocks());
  }

  static List<SituationRow> deniedAndAnswered() {
    return List.of(
        row(LIKELY, "one of two nodes is cut off", s -> s.network(ONE_NODE))
            .saying(
                "no rule of sg-targets admits tcp/8080 from 10.0.2.5",
                "checks get through from nodes that are not cut off: 1 of 2 nodes are"),
        row(UNKNOWN, "all are, and checks pass for long", s -> s.network(rules("sg-targets")))
            .saying("why the checks of i-1:8080 get an answer, though target's groups in: no rule"),
        row(
                LIKELY,
                "all are, and a check of 120 s x 10 lags behind",
                s -> asked(s, 120, 10).network(rules("sg-targets")))
            .saying("health still says that targets of tg are well: the trouble began 900 s ago"),
        row(
            UNKNOWN,
            "so, and a check of 90 s x 10 does not",
            s -> asked(s, 90, 10).network(rules("sg-targets"))),
        row(
                LIKELY,
                "all are, and as many were unhealthy during the incident",
                s -> s.countedOf("tg", Measure.UNHEALTHY_TARGETS, 3).network(rules("sg-targets")))
            .saying("up to 3 were not during the incident"),
        row(
            UNKNOWN,
            "so, and only one was",
            s -> s.countedOf("tg", Measure.UNHEALTHY_TARGETS, 1).network(rules("sg-targets"))),
        row(
                PROVEN,
                "one target fails, and it is cut off from one node",
                s -> s.failing(Reason.TIMED_OUT, "i-1").network(ONE_NODE))
            .saying("[i-1:8080]"),
        row(
            PROVEN,
            "first checks get nothing back",
            s -> s.inState(State.INITIAL, "i-1", "i-2", "i-3").network(rules("sg-targets"))));
  }

  private static Situation probed(Situation situation, String subnet, String address) {
    return situation
        .network(
            read ->
                read.withInterfaces(
                    read.interfaces()
                        .map(
                            all ->
                                Stream.concat(
                                        all.stream(),
                                        Stream.of(card("eni-p", false, subnet, address)))
                                    .toList())))
        .targets(SituationWiring.target("i-1"))
        .failing(Reason.TIMED_OUT, "i-1")
        .network(ONE_NODE)
        .probe(
            SituationProbes.probe("i-1", Purpose.TRAFFIC, Vantage.LOAD_BALANCER, "5 Refused")
                .withInterfaces(List.of("eni-p")));
  }

  /// Node `b` is cut off.
  @ParameterizedTest
  @MethodSource
  void aProberSpeaksOfItsOwnZone(SituationRow row) {
    row.holdsFor(new SecurityGroupBlocks());
  }

  static List<SituationRow> aProberSpeaksOfItsOwnZone() {
    return List.of(
        row(PROVEN, "it got through in zone a", s -> probed(s, "subnet-a", "10.0.1.9")),
        row(RULED_OUT, "it got through in zone b", s -> probed(s, "subnet-b", "10.0.2.9"))
            .saying("answers come back from the targets"));
  }

  private static Situation half(Situation situation) {
    return situation.network(aclEntry("acl-targets", entry(90, true, false, 2000)));
  }

  @ParameterizedTest
  @MethodSource
  void deniedInPart(SituationRow row) {
    row.holdsFor(new NetworkAclBlocks());
  }

  static List<SituationRow> deniedInPart() {
    return List.of(
        row(
            LIKELY,
            "checks pass, and connections fail",
            s -> half(s).counted(Measure.CONNECTION_ERRORS, 30)),
        row(POSSIBLE, "checks pass, and none fails", s -> half(s)),
        row(
            POSSIBLE,
            "all fail, and a route further on was not read",
            s ->
                half(PathChecksTest.silent(s))
                    .network(
                        routes(
                            "routes-targets",
                            SituationNetwork.route("10.0.0.0/16", "tgw", Leads.PEER)))),
        row(
            LIKELY,
            "one fails, and a route further on was not read",
            s ->
                half(s.failing(Reason.TIMED_OUT, "i-1"))
                    .network(
                        routes(
                            "routes-targets",
                            SituationNetwork.route("10.0.0.0/16", "tgw", Leads.PEER)))),
        row(
                PROVEN,
                "another path is denied wholly: both are named",
                s ->
                    half(PathChecksTest.silent(s))
                        .network(
                            aclEntry(
                                "acl-lb",
                                new Entry(80, true, false, "6", "10.0.12.0/24", 8080, 8080))))
            .saying("rule 80 of acl-lb denies tcp/8080", "rule 90 of acl-targets lets only"));
  }

  /// Node `b` is cut off from the targets in zone `a`.
  private static Situation between(Situation situation) {
    return situation
        .failing(Reason.TIMED_OUT, "i-1", "i-2")
        .network(
            aclEntry("acl-targets", new Entry(90, false, false, "6", "10.0.2.0/24", 8080, 8080)))
        .targets(SituationWiring.target("i-1"), SituationWiring.target("i-2"))
        .failing(Reason.TIMED_OUT, "i-1", "i-2");
  }

  @ParameterizedTest
  @MethodSource
  void betweenZones(SituationRow row) {
    row.holdsFor(new NetworkAclBlocks());
  }

  static List<SituationRow> betweenZones() {
    return List.of(
        row(PROVEN, "nodes send across zones", s -> between(s)),
        row(RULED_OUT, "nodes do not", s -> crossZone(between(s), Known.of(false))),
        row(
                POSSIBLE,
                "nobody read whether they do",
                s -> crossZone(between(s), Known.unknown(Situation.UNREAD)))
            .saying("only paths between zones are blocked"),
        row(
            POSSIBLE,
            "they do, and only health was alarmed on",
            s -> between(s).alarmOn(Measure.UNHEALTHY_TARGETS)),
        row(
            UNKNOWN,
            "nobody read whether they do, and checks pass",
            s ->
                crossZone(between(s), Known.unknown(Situation.UNREAD))
                    .inState(State.HEALTHY, "i-1", "i-2")),
        row(
            PROVEN,
            "an address that is registered for no zone gets from all",
            s ->
                crossZone(between(s), Known.of(false))
                    .groups(group -> group.withTargetType(TargetType.ADDRESS))
                    .targets(SituationWiring.target("10.0.11.1"))
                    .failing(Reason.TIMED_OUT, "10.0.11.1")),
        row(
            PROVEN,
            "its own node is cut off",
            s ->
                crossZone(s, Known.of(false))
                    .failing(Reason.TIMED_OUT, "i-3")
                    .network(
                        aclEntry(
                            "acl-targets",
                            new Entry(90, false, false, "6", "10.0.2.0/24", 8080, 8080)))));
  }
}
