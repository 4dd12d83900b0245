package lbresponder.network;

import static lbresponder.network.NetworkFacts.acl;
import static lbresponder.network.NetworkFacts.carrier;
import static lbresponder.network.NetworkFacts.loadBalancer;
import static lbresponder.network.NetworkFacts.network;
import static lbresponder.network.NetworkFacts.ofAddresses;
import static lbresponder.network.NetworkFacts.open;
import static lbresponder.network.NetworkFacts.paths;
import static lbresponder.network.NetworkFacts.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkInterface;
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
  void whyNoPathCanBeLookedAt() {
    assertThat(new Paths(open()).missing()).isEmpty();
    Facts open = open();
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
