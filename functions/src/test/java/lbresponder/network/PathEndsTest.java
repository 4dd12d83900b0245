package lbresponder.network;

import static lbresponder.network.NetworkFacts.acl;
import static lbresponder.network.NetworkFacts.carrier;
import static lbresponder.network.NetworkFacts.group;
import static lbresponder.network.NetworkFacts.loadBalancer;
import static lbresponder.network.NetworkFacts.network;
import static lbresponder.network.NetworkFacts.ofAddresses;
import static lbresponder.network.NetworkFacts.open;
import static lbresponder.network.NetworkFacts.paths;
import static lbresponder.network.NetworkFacts.subnet;
import static lbresponder.network.NetworkFacts.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.TargetGroup.TargetType;
import org.junit.jupiter.api.Test;

/// Where paths begin and end.
class PathEndsTest {
  private static Cidr cidr(String text) {
    return Optional.ofNullable(Cidr.parse(text)).orElseThrow();
  }

  @Test
  void aNodeThatCouldNotBeReadMayHaveAnyAddressOfItsSubnet() {
    Facts facts = network(open(), read -> read.withInterfaces(Known.unknown("refused")));
    assertThat(paths(facts)).extracting(Path::from).containsExactly(Cidr.parse("10.0.1.0/24"));
  }

  /// As of a load balancer that is a process on a machine.
  @Test
  void withoutZonesSubnetsAndFiltersThereIsAPathWithoutSteps() {
    Facts facts =
        network(
            loadBalancer(
                open(),
                changed -> changed.withZones(List.of()).withSecurityGroups(Known.none("none"))),
            network ->
                network
                    .withSecurityGroups(Known.none("none"))
                    .withNetworkAcls(Known.none("none"))
                    .withRouteTables(Known.none("none"))
                    .withSubnets(Known.none("none"))
                    .withInterfaces(Known.of(List.of(carrier("lo", true, "", "127.0.0.1")))));
    assertThat(new Paths(facts).missing()).isEmpty();
    assertThat(paths(facts))
        .extracting(path -> path.line("i-1"))
        .containsExactly("127.0.0.1 → i-1:8080");
  }

  @Test
  void anIpv6AddressHasOneSpelling() {
    Facts facts = network(open(), read -> read.withNetworkAcls(Known.of(List.of(acl()))));
    List<Path> paths = new Paths(facts).to(ofAddresses(), target("2001:DB8:0:2:0:0:0:34"), 8080);
    assertThat(paths).hasSize(1);
    assertThat(paths.getFirst().line("2001:DB8:0:2:0:0:0:34"))
        .startsWith("a 2001:db8:0:1::5 → ")
        .contains("denies tcp/8080 to 2001:db8:0:2::34 → ")
        .endsWith(" → [2001:db8:0:2::34]:8080");
  }

  @Test
  void anAddressIsWhereItsInterfaceIs() {
    NetworkInterface pods =
        new NetworkInterface(
            "eni-2",
            "",
            false,
            null,
            false,
            "subnet-lb",
            null,
            List.of("10.0.2.34"),
            List.of("10.0.2.48/28"),
            List.of("sg-pods"));
    Facts facts = network(open(), read -> read.withInterfaces(Known.of(List.of(pods))));
    Paths paths = new Paths(facts);
    assertThat(paths.ends().target(group(), target("i-1").withAddress("10.0.2.34")))
        .isEqualTo(paths.ends().target(ofAddresses(), target("10.0.2.34")));
    assertThat(paths.ends().target(group().withTargetType(TargetType.FUNCTION), target("i-1")))
        .isNull();
    for (String address : List.of("10.0.2.34", "10.0.2.50")) {
      assertThat(paths.ends().target(ofAddresses(), target(address)))
          .isEqualTo(new NetworkLocation(cidr(address), "subnet-lb", Known.of(List.of("sg-pods"))));
    }
    assertThat(paths.to(ofAddresses(), target("10.0.2.64"), 8080).getFirst().to().subnet())
        .isEqualTo("subnet-target");
    assertThat(paths.to(ofAddresses(), target("192.0.2.1"), 8080).getFirst().to().subnet())
        .isNull();
  }

  @Test
  void aTargetsOwnAddressGoesBeforeItsId() {
    Paths paths = new Paths(open());
    assertThat(
            paths
                .to(ofAddresses(), target("web1").withAddress("10.0.2.9"), 8080)
                .getFirst()
                .line("web1"))
        .endsWith(" → web1:8080");
    assertThat(paths.to(ofAddresses(), target("web1"), 8080)).isEmpty();
  }

  @Test
  void onlyNodesOfAZonesOwnSubnetAreItsSources() {
    Facts facts =
        loadBalancer(
            network(
                open(),
                read ->
                    read.withInterfaces(
                        Known.of(
                            List.of(
                                carrier("eni-1", true, "subnet-lb", "no address", "10.0.1.5"),
                                carrier("eni-2", true, "subnet-lb", "10.0.1.6", "10.0.1.7"),
                                carrier("eni-3", true, "subnet-other", "10.0.3.5"),
                                carrier("eni-4", false, "subnet-lb", "10.0.1.9"))))),
            changed ->
                changed.withZones(
                    List.of(
                        new LoadBalancer.Zone("a", "subnet-lb"),
                        new LoadBalancer.Zone("b", "subnet-target"))));
    assertThat(paths(facts))
        .extracting(path -> path.zone() + " " + CidrFormat.of(path.from()))
        .containsExactly("a 10.0.1.5", "a 10.0.1.6", "b 10.0.2.0/24");
  }

  @Test
  void aPlaceIsTheRangeOfTheSubnetThatTheAddressIsIn() {
    PathEnds ends =
        new Paths(
                network(
                    open(),
                    read ->
                        read.withSubnets(
                            Known.of(List.of(subnet("subnet-1", "10.0.9.0/24", "10.0.2.0/24"))))))
            .ends();
    Known<List<String>> groups = Known.of(List.of("sg-1"));
    assertThat(ends.place(new NetworkLocation(cidr("10.0.2.7"), "subnet-1", groups)))
        .isEqualTo(new NetworkLocation(cidr("10.0.2.0/24"), "subnet-1", groups));
    for (String subnet : Arrays.asList("subnet-2", null)) {
      NetworkLocation elsewhere = new NetworkLocation(cidr("10.0.2.7"), subnet, groups);
      assertThat(ends.place(elsewhere)).isEqualTo(elsewhere);
    }
  }

  @Test
  void whatHasNoGroupsOrNoSubnetWasNotReadWhole() {
    Known<List<String>> unread = Known.unknown("the security groups at the target were not read");
    NetworkInterface bare =
        new NetworkInterface(
            "eni-1", "", false, null, false, "", null, List.of("10.0.2.7"), List.of(), List.of());
    Facts facts = network(open(), read -> read.withInterfaces(Known.of(List.of(bare))));
    PathEnds ends = new Paths(facts).ends();
    assertThat(ends.target(ofAddresses(), target("10.0.2.7")))
        .isEqualTo(new NetworkLocation(cidr("10.0.2.7"), "subnet-target", unread));
    assertThat(ends.target(ofAddresses(), target("10.0.2.8")))
        .isEqualTo(new NetworkLocation(cidr("10.0.2.8"), "subnet-target", unread));
    assertThat(ends.target(ofAddresses(), target("192.0.2.1")))
        .isEqualTo(new NetworkLocation(cidr("192.0.2.1"), null, unread));
    assertThat(ends.target(ofAddresses(), target("no address"))).isNull();
  }

  @Test
  void whyNoPathCanBeLookedAt() {
    assertThat(new Paths(open()).missing()).isEmpty();
    Facts open = open();
    assertThat(
            new Paths(open.withWiring(open.wiring().withLoadBalancer(Known.none("none"))))
                .missing())
        .isEqualTo("none");
    assertThat(
            new Paths(open.withWiring(open.wiring().withLoadBalancer(Known.unknown("refused"))))
                .missing())
        .isEqualTo("refused");
    Facts nodeless = network(open, read -> read.withInterfaces(Known.of(List.of())));
    assertThat(
            new Paths(network(nodeless, read -> read.withSubnets(Known.unknown("refused"))))
                .missing())
        .isEqualTo("refused");
    assertThat(
            new Paths(network(nodeless, read -> read.withSubnets(Known.of(List.of())))).missing())
        .isEqualTo("the subnets of the load balancer");
    assertThat(new Paths(network(nodeless, read -> read.withSubnets(Known.none("none")))).missing())
        .isEqualTo("the addresses of the load balancer");
  }
}
