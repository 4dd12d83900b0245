package lbresponder.cause;

import static lbresponder.testing.Situation.NONE;
import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationNetwork.aclEntry;
import static lbresponder.testing.SituationNetwork.admits;
import static lbresponder.testing.SituationNetwork.admitsGroup;
import static lbresponder.testing.SituationNetwork.entry;
import static lbresponder.testing.SituationNetwork.rules;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.facts.Protocol;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What follows where targets see the addresses of clients.
class ClientAddressTest {
  private static Situation keeping(Situation situation) {
    return situation.groups(group -> group.withKeepsClientAddress(Known.of(true)));
  }

  private static Situation internal(Situation situation) {
    return situation.loadBalancer(found -> found.withInternal(true));
  }

  /// The ACL at the targets lets answers out to the network alone.
  private static Situation networkOnly(Situation situation) {
    return situation
        .network(aclEntry("acl-targets", new Entry(80, true, true, "6", "10.0.0.0/16", null, null)))
        .network(aclEntry("acl-targets", entry(90, true, false, null)));
  }

  /// The load balancer gets through, and its checks pass.
  @ParameterizedTest
  @MethodSource
  void networkAclBlocks(SituationRow row) {
    row.holdsFor(new NetworkAclBlocks());
  }

  static List<SituationRow> networkAclBlocks() {
    return List.of(
        row(
                PROVEN,
                "the ACL at the targets lets no answer out to the internet",
                s -> networkOnly(keeping(s)))
            .saying(
                "client addresses are preserved, and at targets-a rule 90 of acl-targets denies"),
        row(
            RULED_OUT,
            "so, and client addresses are not preserved",
            s -> networkOnly(s.groups(group -> group.withKeepsClientAddress(Known.of(false))))),
        row(
            UNKNOWN,
            "so, and whether they are could not be read",
            s ->
                networkOnly(
                    s.groups(group -> group.withKeepsClientAddress(Known.unknown(UNREAD))))),
        row(
            UNKNOWN,
            "clients send datagrams",
            s -> keeping(s).groups(group -> group.withProtocol(Protocol.UDP))));
  }

  /// Targets see the clients' addresses; their group admits one range on the traffic port.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # range           | port | answer
          0.0.0.0/0         | 8080 | RULED_OUT
          192.0.2.0/24      | 8080 | RULED_OUT
          192.0.2.0/24      | 8081 | PROVEN
          10.0.0.0/8        | 8080 | PROVEN
          10.1.2.3/32       | 8080 | PROVEN
          10.0.0.0/7        | 8080 | RULED_OUT
          11.0.0.0/8        | 8080 | RULED_OUT
          172.16.0.0/12     | 8080 | PROVEN
          172.31.255.255/32 | 8080 | PROVEN
          172.32.0.0/16     | 8080 | RULED_OUT
          172.15.0.0/16     | 8080 | RULED_OUT
          192.168.0.0/16    | 8080 | PROVEN
          192.169.0.0/16    | 8080 | RULED_OUT
          100.64.0.0/10     | 8080 | PROVEN
          100.128.0.0/16    | 8080 | RULED_OUT
          fc00::/7          | 8080 | PROVEN
          fd00::/8          | 8080 | PROVEN
          2001:db8::/32     | 8080 | PROVEN
          """)
  void clientPreservationBlocksByTheAddressesThatAreAdmitted(
      String range, int port, Answer answer) {
    row(answer, range, s -> keeping(s).network(rules("sg-targets", admits(port, range))))
        .holdsFor(new ClientPreservationBlocks());
  }

  @ParameterizedTest
  @MethodSource
  void clientPreservationBlocks(SituationRow row) {
    row.holdsFor(new ClientPreservationBlocks());
  }

  static List<SituationRow> clientPreservationBlocks() {
    return List.of(
        row(NOT_APPLICABLE, "the load balancer makes connections of its own", s -> s).saying(NONE),
        row(
                RULED_OUT,
                "client addresses are not preserved",
                s -> s.groups(group -> group.withKeepsClientAddress(Known.of(false))))
            .saying("client addresses are not preserved"),
        row(
            UNKNOWN,
            "whether they are could not be read",
            s -> s.groups(group -> group.withKeepsClientAddress(Known.unknown(UNREAD)))),
        row(
                PROVEN,
                "their subnet's ACL lets no answer out to the internet",
                s -> keeping(s).network(aclEntry("acl-targets", entry(90, true, false, null))))
            .saying(
                "client addresses are preserved, and at targets-a rule 90 of acl-targets denies"),
        row(
            RULED_OUT,
            "it does not let some ports in",
            s -> keeping(s).network(aclEntry("acl-targets", entry(90, false, false, 22)))),
        row(
            UNKNOWN,
            "the ACL could not be read",
            s -> keeping(s).network(read -> read.withNetworkAcls(Known.unknown(UNREAD)))),
        row(RULED_OUT, "targets admit the load balancer's group", s -> keeping(s))
            .saying("clients are admitted where their addresses are preserved"),
        row(PROVEN, "targets admit nobody", s -> keeping(s).network(rules("sg-targets")))
            .saying(
                "tg\nclient addresses are preserved, and no rule of the groups of 3 targets",
                "[i-1:8080, i-2:8080, i-3:8080]"),
        row(
                PROVEN,
                "those of two groups admit nobody",
                s ->
                    keeping(s.group(SituationWiring.group("other", SituationWiring.target("i-1"))))
                        .network(rules("sg-targets")))
            .saying("tg\nclient addresses are preserved, and no rule of the groups of 4 targets"),
        row(
            PROVEN,
            "they admit another group",
            s -> keeping(s).network(rules("sg-targets", admitsGroup(8080, "sg-x")))),
        row(
                UNKNOWN,
                "the load balancer is internal",
                s -> internal(keeping(s)).network(rules("sg-targets")))
            .saying("which addresses the clients of an internal load balancer have"),
        row(
                UNKNOWN,
                "the targets' groups could not be read",
                s -> keeping(s).network(read -> read.withSecurityGroups(Known.unknown(UNREAD))))
            .saying("the security groups at i-1:8080"),
        row(
            UNKNOWN,
            "a rule could not be understood",
            s ->
                keeping(s)
                    .network(
                        rules(
                            "sg-targets",
                            new SecurityGroup.Rule(
                                "r",
                                true,
                                0,
                                true,
                                "tcp",
                                1,
                                1,
                                new SecurityGroup.PrefixList("pl"))))),
        row(
            UNKNOWN,
            "a target has no port",
            s ->
                keeping(s)
                    .network(rules("sg-targets"))
                    .targets(SituationWiring.withoutPort("i-1"))),
        row(
            UNKNOWN,
            "the load balancer could not be read",
            s -> LoadBalancerNetworkTest.loadBalancerUnread(keeping(s))),
        row(
                UNKNOWN,
                "some targets could not be read",
                s ->
                    keeping(
                        s.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))))
            .saying(UNREAD),
        row(
            NOT_APPLICABLE,
            "targets could not be read of a group that keeps no client's address",
            s -> s.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))),
        row(
            UNKNOWN,
            "no group could be read",
            s -> s.wiring(wiring -> wiring.withTargetGroups(Known.unknown(UNREAD)))));
  }

  @ParameterizedTest
  @MethodSource
  void hairpinFails(SituationRow row) {
    row.holdsFor(new HairpinFails());
  }

  static List<SituationRow> hairpinFails() {
    return List.of(
        row(NOT_APPLICABLE, "the load balancer makes connections of its own", s -> internal(s)),
        row(
            RULED_OUT,
            "client addresses are not preserved",
            s -> internal(s).groups(group -> group.withKeepsClientAddress(Known.of(false)))),
        row(
            UNKNOWN,
            "whether they are could not be read",
            s -> internal(s).groups(group -> group.withKeepsClientAddress(Known.unknown(UNREAD)))),
        row(POSSIBLE, "targets may call themselves", s -> internal(keeping(s)))
            .saying("tg\nthe load balancer is internal, preserves client addresses, and every"),
        row(POSSIBLE, "health of one is not known", s -> internal(keeping(s)).healthUnread("i-1"))
            .saying("and no target is known to fail its health check"),
        row(
                POSSIBLE,
                "those of two groups may",
                s ->
                    internal(
                        keeping(
                            s.group(
                                SituationWiring.group("other", SituationWiring.target("i-1"))))))
            .saying("tg\n"),
        row(RULED_OUT, "the load balancer is not internal", s -> keeping(s))
            .saying("the load balancer is not internal: targets are not its clients"),
        row(
                RULED_OUT,
                "a target fails its check",
                s -> internal(keeping(s)).failing(Reason.TIMED_OUT, "i-1"))
            .saying("targets fail their health checks, which do not loop"),
        row(
            UNKNOWN,
            "the load balancer could not be read",
            s -> LoadBalancerNetworkTest.loadBalancerUnread(keeping(s))),
        row(
            UNKNOWN,
            "some targets could not be read",
            s ->
                internal(
                    keeping(
                        s.group(
                            SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))))),
        row(
            POSSIBLE,
            "targets could not be read of a group that keeps no client's address",
            s ->
                internal(keeping(s))
                    .group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))),
        row(
            RULED_OUT,
            "some targets could not be read, and the load balancer is not internal",
            s ->
                keeping(
                    s.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD))))),
        row(
            UNKNOWN,
            "no group could be read",
            s -> internal(s.wiring(wiring -> wiring.withTargetGroups(Known.unknown(UNREAD))))),
        row(RULED_OUT, "there are no targets", s -> internal(keeping(s.targets()))));
  }
}
