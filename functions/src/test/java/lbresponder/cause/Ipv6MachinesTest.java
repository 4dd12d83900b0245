package lbresponder.cause;

import static lbresponder.testing.SituationNetwork.admits;
import static lbresponder.testing.SituationNetwork.card;
import static lbresponder.testing.SituationNetwork.letsOut;
import static lbresponder.testing.SituationNetwork.rules;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.facts.Repair;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Machines that are reached at their IPv6 addresses, while over IPv4 everything is open, or shut.
class Ipv6MachinesTest {
  private static final String NETWORK = "2001:db8::/56";

  private static Situation ipv6(Situation situation) {
    return situation
        .failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3")
        .groups(group -> group.withIpv6(true))
        .machine("i-1", machine -> at(machine, "2001:db8:0:11::1"))
        .machine("i-2", machine -> at(machine, "2001:db8:0:11::2"))
        .machine("i-3", machine -> at(machine, "2001:db8:0:12::3"))
        .loadBalancer(one -> one.withSecurityGroups(Known.of(List.of())))
        .network(Ipv6MachinesTest::dualStack)
        .network(rules("sg-targets", admits(8080, NETWORK), letsOut(null)));
  }

  private static Instance at(Instance machine, String address) {
    return new Instance(
        machine.id(),
        machine.state(),
        machine.stateReason(),
        machine.stoppedAt(),
        machine.launched(),
        machine.zone(),
        machine.subnet(),
        machine.address(),
        machine.scalingGroup(),
        machine.securityGroups(),
        machine.size(),
        machine.stoppedOnRequest(),
        address);
  }

  private static Network dualStack(Network network) {
    return network
        .withInterfaces(
            Known.of(
                List.of(
                    card("eni-a", true, "subnet-a", "10.0.1.5", "2001:db8:0:1::5"),
                    card("eni-b", true, "subnet-b", "10.0.2.5", "2001:db8:0:2::5"))))
        .withSubnets(
            network.subnets().map(all -> all.stream().map(Ipv6MachinesTest::both).toList()))
        .withNetworkAcls(
            network
                .networkAcls()
                .map(
                    all ->
                        all.stream().map(acl -> acl.with(entry(false)).with(entry(true))).toList()))
        .withRouteTables(
            network.routeTables().map(all -> all.stream().map(Ipv6MachinesTest::both).toList()));
  }

  private static Entry entry(boolean egress) {
    return new Entry(110, egress, true, "6", "::/0", null, null);
  }

  /// `10.0.11.0/24` and `2001:db8:0:11::/64`.
  private static Subnet both(Subnet subnet) {
    String third = subnet.ranges().getFirst().split("\\.", -1)[2];
    return new Subnet(
        subnet.id(),
        subnet.zone(),
        subnet.network(),
        subnet.owner(),
        List.of(subnet.ranges().getFirst(), "2001:db8:0:%s::/64".formatted(third)),
        subnet.freeAddresses());
  }

  private static RouteTable both(RouteTable table) {
    return routed(table, new Route(NETWORK, "local", Leads.LOCAL, false, false));
  }

  private static RouteTable routed(RouteTable table, Route more) {
    return new RouteTable(
        table.id(),
        table.network(),
        table.main(),
        table.subnets(),
        Stream.concat(table.routes().stream(), Stream.of(more)).toList());
  }

  private static Situation acl(Situation situation, NetworkAcl... acls) {
    return situation.network(network -> network.withNetworkAcls(Known.of(List.of(acls))));
  }

  private static final NetworkAcl OPEN =
      new NetworkAcl("acl-lb", List.of("subnet-a", "subnet-b"), List.of(entry(false), entry(true)));

  @ParameterizedTest
  @MethodSource
  void groups(SituationRow row) {
    row.holdsFor(new SecurityGroupBlocks());
  }

  static List<SituationRow> groups() {
    return List.of(
        row(RULED_OUT, "the range is admitted", Ipv6MachinesTest::ipv6),
        row(
                PROVEN,
                "only over IPv4",
                s -> ipv6(s).network(rules("sg-targets", admits(8080, "0.0.0.0/0"))))
            .saying("no rule of sg-targets admits tcp/8080 from 2001:db8:0:1::5"),
        row(
            RULED_OUT,
            "so, and they are reached over IPv4",
            s ->
                ipv6(s)
                    .groups(group -> group.withIpv6(false))
                    .network(rules("sg-targets", admits(8080, "0.0.0.0/0")))),
        row(
            RULED_OUT,
            "so, in a recording that does not tell",
            s ->
                ipv6(s)
                    .groups(group -> group.withIpv6(null))
                    .network(rules("sg-targets", admits(8080, "0.0.0.0/0")))),
        row(
                UNKNOWN,
                "their IPv6 addresses are not known",
                s ->
                    s.failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3")
                        .groups(group -> group.withIpv6(true))
                        .network(rules("sg-targets")))
            .saying("where i-1:8080 is"),
        row(
            UNKNOWN,
            "no node has one",
            s ->
                ipv6(s)
                    .network(
                        network ->
                            network.withInterfaces(
                                Known.of(
                                    List.of(
                                        card("eni-a", true, "subnet-a", "10.0.1.5"),
                                        card("eni-b", true, "subnet-b", "10.0.2.5")))))
                    .network(rules("sg-targets"))));
  }

  @ParameterizedTest
  @MethodSource
  void acls(SituationRow row) {
    row.holdsFor(new NetworkAclBlocks());
  }

  static List<SituationRow> acls() {
    List<String> targets = List.of("targets-a", "targets-b");
    return List.of(
        row(RULED_OUT, "both families pass", Ipv6MachinesTest::ipv6),
        row(
            RULED_OUT,
            "only IPv6 passes",
            s ->
                acl(
                    ipv6(s),
                    OPEN,
                    new NetworkAcl("acl-targets", targets, List.of(entry(false), entry(true))))),
        row(
                PROVEN,
                "only IPv4 passes at the targets",
                s ->
                    acl(
                        ipv6(s),
                        OPEN,
                        new NetworkAcl(
                            "acl-targets",
                            targets,
                            List.of(
                                new Entry(100, false, true, "-1", "0.0.0.0/0", null, null),
                                new Entry(100, true, true, "-1", "0.0.0.0/0", null, null)))))
            .saying("acl-targets"));
  }

  /// By which command it is mended follows the family.
  @Test
  void theOpeningIsOfTheSameFamily() {
    Verdict.Cause cause =
        (Verdict.Cause)
            ipv6(new Situation())
                .network(rules("sg-targets", admits(8080, "0.0.0.0/0")))
                .examine(new SecurityGroupBlocks());
    assertThat(cause.repairs())
        .allSatisfy(
            repair ->
                assertThat(((Repair.Admit) repair).peer())
                    .asString()
                    .contains("2001:db8:0:")
                    .doesNotContain("10.0."));
    assertThat(cause.repairs())
        .contains(
            new Repair.Admit(
                "sg-targets", true, new SecurityGroup.Range("2001:db8:0:1::/64"), 8080));
  }

  @ParameterizedTest
  @MethodSource
  void clients(SituationRow row) {
    row.holdsFor(new ClientPreservationBlocks());
  }

  private static Situation keeping(Situation situation) {
    return ipv6(situation).groups(group -> group.withKeepsClientAddress(Known.of(true)));
  }

  static List<SituationRow> clients() {
    return List.of(
        row(
            PROVEN,
            "everybody is admitted over IPv4 alone",
            s -> keeping(s).network(rules("sg-targets", admits(8080, "0.0.0.0/0")))),
        row(
            RULED_OUT,
            "everybody is admitted over IPv6",
            s -> keeping(s).network(rules("sg-targets", admits(8080, "::/0")))),
        row(
            RULED_OUT,
            "everybody is admitted over both",
            s ->
                keeping(s)
                    .network(
                        rules("sg-targets", admits(8080, "::/0"), admits(8080, "0.0.0.0/0")))));
  }
}
