package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.ProberLocation.Place;
import org.junit.jupiter.api.Test;

class ProberInterfacesTest {
  private static final Known<Place> DENIED = Known.unknown("lambda:GetFunctionConfiguration: no");

  private static NetworkInterface carrier(String id, String subnet, String... groups) {
    return new NetworkInterface(
        id, "", false, null, false, subnet, null, List.of(), List.of(), List.of(groups));
  }

  @Test
  void whatTheFunctionIsConfiguredWithCountsBeforeItsInterfaces() {
    Known<Place> configured = Known.of(new Place(Set.of("sg-1"), Set.of("subnet-a")));
    assertThat(
            ProberInterfaces.place(
                configured, Known.of(List.of(carrier("eni-1", "subnet-b", "sg-old")))))
        .isEqualTo(configured);
    assertThat(ProberInterfaces.place(configured, Known.of(List.of()))).isEqualTo(configured);
    Known<Place> outside = Known.none("its function is in no VPC");
    assertThat(ProberInterfaces.place(outside, Known.of(List.of()))).isEqualTo(outside);
  }

  @Test
  void withoutItAllInterfacesOfTheFunctionTell() {
    assertThat(
            ProberInterfaces.place(
                DENIED,
                Known.of(
                    List.of(
                        carrier("eni-1", "subnet-a", "sg-1", "sg-2"),
                        carrier("eni-2", "subnet-b", "sg-2", "sg-1")))))
        .isEqualTo(Known.of(new Place(Set.of("sg-1", "sg-2"), Set.of("subnet-a", "subnet-b"))));
  }

  /// One that rests has none, one that shares the groups of another has the other's.
  @Test
  void whereNothingBearsItsNameNobodyCanTell() {
    assertThat(ProberInterfaces.place(DENIED, Known.of(List.of())))
        .isEqualTo(
            Known.unknown(
                "no network interface bears its name, as functions with the same security groups"
                    + " and subnets share theirs, and lambda:GetFunctionConfiguration: no"));
    assertThat(ProberInterfaces.place(DENIED, Known.unknown("ec2: AccessDenied")))
        .isEqualTo(Known.unknown("ec2: AccessDenied"));
  }

  /// Those of before a deployment are kept for a while.
  @Test
  void whereSomeAreOldNobodyCanTell() {
    assertThat(
            ProberInterfaces.place(
                DENIED,
                Known.of(
                    List.of(
                        carrier("eni-1", "subnet-a", "sg-1"),
                        carrier("eni-2", "subnet-a", "sg-old")))))
        .isEqualTo(
            Known.unknown(
                "the network interfaces that bear its name are in different security groups, and"
                    + " lambda:GetFunctionConfiguration: no"));
  }
}
