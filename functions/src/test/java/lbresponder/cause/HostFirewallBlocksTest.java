package lbresponder.cause;

import static lbresponder.testing.Situation.NONE;
import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationNetwork.routes;
import static lbresponder.testing.SituationNetwork.rules;
import static lbresponder.testing.SituationProbes.probe;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import java.util.stream.Stream;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationLoad;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The network is open to the host, and another target lets the same prober in.
class HostFirewallBlocksTest {
  /// Target `i-1` fails, and its machine is well.
  private static Situation failing(Situation situation) {
    StatusCheck well = SituationFleet.statusCheck("i-1", Subject.MACHINE, StatusCheck.State.OK);
    return situation
        .failing(Reason.TIMED_OUT, "i-1")
        .fleet(fleet -> fleet.withStatusChecks(Known.of(List.of(well))));
  }

  private static Situation othersOpen(Situation situation, Vantage from) {
    return situation.probe("i-2", from, "5 Connected").probe("i-3", from, "5 Connected");
  }

  private static Situation silent(Situation situation) {
    return othersOpen(failing(situation), Vantage.LOAD_BALANCER)
        .probe("i-1", Vantage.LOAD_BALANCER, "5 TimedOut");
  }

  /// Tries on the failing target. The milliseconds until a host is called unreachable decide.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # tries                                     | answer
          5 TimedOut                                  | POSSIBLE
          4 TimedOut                                  | POSSIBLE
          4 TimedOut, 1 Refused                       | UNKNOWN
          4 TimedOut, 1 Connected                     | RULED_OUT
          5 Refused                                   | UNKNOWN
          5 HostUnreachable 499                       | LIKELY
          5 HostUnreachable 500                       | UNKNOWN
          4 HostUnreachable 1                         | POSSIBLE
          1 HostUnreachable 1, 4 HostUnreachable 9999 | LIKELY
          1 HostUnreachable 9999, 4 HostUnreachable 1 | UNKNOWN
          4 HostUnreachable 1, 1 TimedOut             | UNKNOWN
          1 TimedOut, 4 HostUnreachable 1             | UNKNOWN
          5 NetworkUnreachable                        | UNKNOWN
          5 NotDialled                                | UNKNOWN
          5 Silent                                    | RULED_OUT
          """)
  void byTries(String tries, Answer answer) {
    row(
            answer,
            tries,
            s ->
                othersOpen(failing(s), Vantage.LOAD_BALANCER)
                    .probe("i-1", Vantage.LOAD_BALANCER, tries))
        .holdsFor(new HostFirewallBlocks());
  }

  @ParameterizedTest
  @MethodSource({"rejected", "silent", "pathsToTheHost", "otherProbers"})
  void hostFirewallBlocks(SituationRow row) {
    row.holdsFor(new HostFirewallBlocks());
  }

  static List<SituationRow> rejected() {
    return List.of(
        row(UNKNOWN, "nobody probed", s -> s).saying(UNREAD),
        row(UNKNOWN, "no target was probed", s -> s.probedNothing())
            .saying("i-1:8080 was not probed; i-2:8080 was not probed"),
        row(
                RULED_OUT,
                "targets that leave are not probed",
                s -> s.probedNothing().inState(State.DRAINING, "i-1", "i-2", "i-3"))
            .saying("every target that was probed lets connections in"),
        row(
            UNKNOWN,
            "some targets could not be read",
            s ->
                s.targets()
                    .probedNothing()
                    .group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))),
        row(
                LIKELY,
                "it rejects",
                s -> failing(s).probe("i-1", Vantage.LOAD_BALANCER, "5 HostUnreachable 1"))
            .saying(
                "i-1:8080 rejects with \"no route to host\" at once, on all of 5 tries from where",
                "host firewalls say that; security groups and network ACLs say nothing",
                "[i-1:8080]"),
        row(
            POSSIBLE,
            "it rejects this machine",
            s -> failing(s).probe("i-1", Vantage.HERE, "5 HostUnreachable 1")),
        row(UNKNOWN, "it refuses", s -> failing(s).probe("i-1", Vantage.LOAD_BALANCER, "5 Refused"))
            .saying(
                "whether a firewall rejects: i-1:8080: Refused from where the load balancer"
                    + " stands, and the host was not read"));
  }

  static List<SituationRow> silent() {
    return List.of(
        row(POSSIBLE, "nothing else is left", s -> silent(s))
            .saying(
                "i-1:8080 does not react on all of 5 tries from where the load balancer stands",
                "security groups, network ACLs and routes let it pass, there and back",
                "other targets of tg let the same prober in\n[i-1:8080]"),
        row(
                POSSIBLE,
                "another port of the machine lets the same prober in",
                s -> openOnly(failing(s), 9090, Vantage.LOAD_BALANCER))
            .saying("there and back\nanother port of i-1 lets the same prober in\n"),
        row(
            POSSIBLE,
            "no other target or port was seen to let the same prober in",
            s -> openOnly(failing(s), 9090, Vantage.NETWORK)),
        row(
            POSSIBLE,
            "another target let the same prober in once",
            s ->
                failing(s)
                    .probe("i-2", Vantage.LOAD_BALANCER, "4 Refused, 1 Connected")
                    .probe("i-1", Vantage.LOAD_BALANCER, "5 TimedOut")),
        row(
            POSSIBLE,
            "others let only another prober in",
            s ->
                othersOpen(failing(s), Vantage.HERE)
                    .probe("i-1", Vantage.LOAD_BALANCER, "5 TimedOut")),
        row(POSSIBLE, "its health is not known", s -> healthUnread(silent(s))),
        row(POSSIBLE, "more came", s -> silent(s).load(SituationLoad::busier)),
        row(POSSIBLE, "load is not known", s -> silent(s).load(SituationLoad::unread)),
        row(
            POSSIBLE,
            "its machine stopped",
            s -> silent(s).machine("i-1", SituationFleet.stopped(1))),
        row(
            POSSIBLE,
            "its machine is impaired",
            s -> silent(s).fleet(fleet -> fleet.withStatusChecks(Known.of(List.of(impaired()))))),
        row(
            POSSIBLE,
            "whether its machine is impaired is not known",
            s -> silent(s).fleet(fleet -> fleet.withStatusChecks(Known.unknown(UNREAD)))),
        row(
            POSSIBLE,
            "whether its machine runs is not known",
            s ->
                silent(s)
                    .fleet(fleet -> fleet.withInstances(Known.unknown(UNREAD)))
                    .groups(HostFirewallBlocksTest::withAddresses)));
  }

  private static TargetGroup withAddresses(TargetGroup group) {
    return group.withTargets(
        group
            .targets()
            .map(
                all ->
                    all.stream()
                        .map(target -> target.withAddress("10.0.11.1").withZone("a"))
                        .toList()));
  }

  private static StatusCheck impaired() {
    return SituationFleet.statusCheck("i-1", Subject.MACHINE, StatusCheck.State.IMPAIRED);
  }

  private static Situation healthUnread(Situation situation) {
    return situation.healthUnread("i-1");
  }

  /// The failing target's traffic port is silent, and this port of it is open to a prober.
  private static Situation openOnly(Situation situation, int port, Vantage from) {
    return situation
        .targets(SituationWiring.target("i-1"))
        .failing(Reason.TIMED_OUT, "i-1")
        .groups(group -> group.withHealthCheck(group.healthCheck().withPort(port)))
        .probe("i-1", Vantage.LOAD_BALANCER, "5 TimedOut")
        .probe(probe("i-1", port, Purpose.HEALTH_CHECK, from, "5 Connected"));
  }

  static List<SituationRow> pathsToTheHost() {
    return List.of(
        row(
                UNKNOWN,
                "a security group does not admit it",
                s -> silent(s).network(rules("sg-targets")))
            .saying("whether a packet reaches the host of i-1:8080: target's groups in"),
        row(UNKNOWN, "there is no route back", s -> silent(s).network(routes("routes-targets")))
            .saying("whether a packet reaches the host of i-1:8080: answer: route"),
        row(
                UNKNOWN,
                "the load balancer could not be read",
                s ->
                    silent(s)
                        .wiring(read -> read.withLoadBalancer(Known.unknown("not read, this"))))
            .saying("not read, this"),
        row(
                UNKNOWN,
                "its address is not known",
                s -> silent(s).fleet(fleet -> fleet.withInstances(Known.of(List.of()))))
            .saying("where i-1:8080 is"),
        row(
            POSSIBLE,
            "there are no network ACLs",
            s -> silent(s).network(read -> read.withNetworkAcls(Known.none(NONE)))));
  }

  private static ProbeResult silentFrom(Vantage from, String... interfaces) {
    return probe("i-1", Purpose.TRAFFIC, from, "5 TimedOut").withInterfaces(List.of(interfaces));
  }

  private static Situation withProber(Situation situation, String securityGroup) {
    NetworkInterface prober =
        new NetworkInterface(
            "eni-p",
            "",
            false,
            null,
            true,
            "subnet-a",
            null,
            List.of("10.0.1.9"),
            List.of(),
            List.of(securityGroup));
    return situation.network(
        read ->
            read.withInterfaces(
                read.interfaces()
                    .map(all -> Stream.concat(all.stream(), Stream.of(prober)).toList())));
  }

  static List<SituationRow> otherProbers() {
    return List.of(
        row(
                UNKNOWN,
                "the path from this machine is not known",
                s -> othersOpen(failing(s), Vantage.HERE).probe(silentFrom(Vantage.HERE)))
            .saying("i-1:8080: TimedOut from this machine, of which the path is not known"),
        row(
                UNKNOWN,
                "where a prober stands is not known",
                s -> othersOpen(failing(s), Vantage.NETWORK).probe(silentFrom(Vantage.NETWORK)))
            .saying("where the prober stands that got no reaction from i-1:8080"),
        row(
            POSSIBLE,
            "the prober's own path is open",
            s ->
                withProber(othersOpen(failing(s), Vantage.NETWORK), "sg-lb")
                    .probe(silentFrom(Vantage.NETWORK, "eni-p"))),
        row(
            UNKNOWN,
            "another prober's path is open",
            s ->
                withProber(othersOpen(failing(s), Vantage.NETWORK), "sg-lb")
                    .probe(silentFrom(Vantage.NETWORK, "eni-q"))),
        row(
                UNKNOWN,
                "the prober's own groups let nothing out",
                s ->
                    withProber(othersOpen(failing(s), Vantage.NETWORK), "sg-targets")
                        .probe(silentFrom(Vantage.NETWORK, "eni-p")))
            .saying("whether a packet reaches the host of i-1:8080: prober's groups out"),
        row(
            RULED_OUT,
            "where the health check passes, only a prober in the load balancer's place may object",
            s -> othersOpen(s, Vantage.NETWORK).probe(silentFrom(Vantage.NETWORK, "eni-p"))));
  }
}
