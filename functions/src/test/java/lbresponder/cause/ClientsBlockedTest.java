package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationNetwork.card;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients at the network ACLs of the load balancer's subnets.
class ClientsBlockedTest {
  private static final String INTERNET = "0.0.0.0/0";

  @ParameterizedTest
  @MethodSource
  void clientsAtTheSubnetsAcls(SituationRow row) {
    row.holdsFor(new ClientsBlocked());
  }

  private static Situation acl(Situation situation, Entry... entries) {
    return situation.network(
        read ->
            read.withNetworkAcls(
                Known.of(
                    List.of(
                        new NetworkAcl(
                            "acl-lb", List.of("subnet-a", "subnet-b"), List.of(entries))))));
  }

  private static Entry allows(boolean egress, String cidr, int from, int to) {
    return new Entry(egress ? 200 + from % 7 : 100 + from % 7, egress, true, "6", cidr, from, to);
  }

  static List<SituationRow> clientsAtTheSubnetsAcls() {
    Entry in = allows(false, INTERNET, 80, 80);
    Entry out = allows(true, INTERNET, 1024, 65535);
    return List.of(
        row(RULED_OUT, "both ways are open", s -> acl(s, in, out)),
        row(PROVEN, "nothing comes in", s -> acl(s, out))
            .saying("subnet-a\nclients of port 80 at subnet-a: rule * of acl-lb denies tcp/80"),
        row(
            PROVEN,
            "only private networks come in",
            s -> acl(s, allows(false, "10.0.0.0/8", 80, 80), out)),
        row(
                RULED_OUT,
                "so, and the load balancer is internal",
                s ->
                    acl(
                        s.loadBalancer(found -> found.withInternal(true)),
                        allows(false, "10.0.0.0/8", 80, 80),
                        out))
            .saying("open: only a part of 0.0.0.0/0"),
        row(
            RULED_OUT,
            "one office comes in",
            s -> acl(s, allows(false, "100.20.1.0/24", 80, 80), out)),
        row(PROVEN, "no answer gets out", s -> acl(s, in, allows(true, INTERNET, 443, 443)))
            .saying("denies tcp/1024-65535 to"),
        row(
                RULED_OUT,
                "some answers get out",
                s -> acl(s, in, allows(true, INTERNET, 32768, 65535)))
            .saying("clients of port 80 at subnet-a: rule * of acl-lb, open: tcp/32768-65535"),
        row(
            UNKNOWN,
            "the ACLs could not be read",
            s -> s.network(read -> read.withNetworkAcls(Known.unknown(UNREAD)))),
        row(
                PROVEN,
                "its nodes have IPv6 addresses too, of which nothing comes in",
                s ->
                    acl(
                        s.network(
                            read ->
                                read.withInterfaces(
                                    Known.of(
                                        List.of(
                                            card(
                                                "eni-a",
                                                true,
                                                "subnet-a",
                                                "10.0.1.5",
                                                "2001:db8::5"))))),
                        in,
                        out))
            .saying("clients of port 80 over IPv6 at subnet-a"));
  }
}
