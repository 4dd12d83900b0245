package lbresponder.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.facts.ProberLocation.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProberLocationTest {
  private static final Known<Place> BALANCER = place("sg-1 sg-2", "subnet-a subnet-b");

  private static Known<Place> place(String groups, String subnets) {
    return Known.of(new Place(words(groups), words(subnets)));
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" ", -1));
  }

  static Stream<Arguments> differences() {
    return Stream.of(
        Arguments.of(place("sg-2 sg-1", "subnet-b subnet-a"), BALANCER, ""),
        Arguments.of(place("sg-1 sg-2", "subnet-b"), BALANCER, ""),
        Arguments.of(
            place("sg-1", "subnet-a"),
            BALANCER,
            "it is in the security groups sg-1, and the load balancer in sg-1, sg-2"),
        Arguments.of(
            place("sg-1 sg-2 sg-3", "subnet-a"),
            BALANCER,
            "it is in the security groups sg-1, sg-2, sg-3, and the load balancer in sg-1, sg-2"),
        Arguments.of(
            place("sg-1", "subnet-a"),
            place("", "subnet-a"),
            "it is in the security groups sg-1, and the load balancer in none"),
        Arguments.of(
            place("sg-9", "subnet-a subnet-c"),
            BALANCER,
            "it is in the security groups sg-9, and the load balancer in sg-1, sg-2; it stands in"
                + " subnet-c, and the load balancer does not"),
        Arguments.of(
            Known.none("its function is in no VPC"),
            BALANCER,
            "it stands in no network: its function is in no VPC"));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void allGroupsAndNoOtherSubnetMakeAPlace(
      Known<Place> prober, Known<Place> loadBalancer, String said) {
    assertThat(ProberLocation.differences(prober, loadBalancer)).isEqualTo(Known.of(said));
  }

  @Test
  void whatWasNotReadIsNoPlace() {
    assertThat(ProberLocation.differences(Known.unknown("throttled"), BALANCER))
        .isEqualTo(Known.unknown("where it stands is not known: throttled"));
    assertThat(ProberLocation.differences(BALANCER, Known.unknown("throttled")))
        .isEqualTo(Known.unknown("where the load balancer stands is not known: throttled"));
  }

  @Test
  void aLoadBalancerStandsWhereItsZonesAre() {
    LoadBalancer read =
        new LoadBalancer(
            "web.example",
            false,
            "active",
            "vpc-1",
            List.of(new LoadBalancer.Zone("a", "subnet-a"), new LoadBalancer.Zone("b", "subnet-b")),
            Known.of(List.of("sg-1", "sg-2")),
            Known.of(60),
            Known.none("no tags"));
    assertThat(ProberLocation.of(read)).isEqualTo(BALANCER);
    assertThat(ProberLocation.of(read.withSecurityGroups(Known.unknown("throttled"))))
        .isEqualTo(Known.unknown("the load balancer's security groups: throttled"));
    assertThat(ProberLocation.of(read.withSecurityGroups(Known.none("it has no groups"))))
        .isEqualTo(place("", "subnet-a subnet-b"));
  }
}
