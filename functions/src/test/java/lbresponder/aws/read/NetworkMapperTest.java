package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import lbresponder.facts.NetworkAcl;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;

class NetworkMapperTest {

  @ParameterizedTest
  @CsvSource({
    "local, LOCAL",
    "igw-0a, INTERNET",
    "nat-0a, NAT",
    "eigw-0a, NAT",
    "vpce-0a, APPLIANCE",
    "pcx-0a, PEER",
    "tgw-0a, PEER",
    "vgw-0a, PEER",
    "lgw-0a, PEER",
    "arn:aws:networkmanager::123456789012:core-network/core-network-0a, PEER",
    "eni-0a, OTHER",
    "'', OTHER",
  })
  void whereARouteLeads(String via, Leads leads) {
    RouteTable.Route route = route(via, RouteState.ACTIVE);
    assertThat(route.via()).isEqualTo(via);
    assertThat(route.leads()).isEqualTo(leads);
    assertThat(route.blackhole()).isFalse();
    assertThat(route(via, RouteState.BLACKHOLE).blackhole()).isTrue();
  }

  /// One each for IPv4 and IPv6, which the console prints as `*`.
  @Test
  void theLastEntriesOfANetworkAclHaveNoNumber() {
    assertThat(entry(100).number()).isEqualTo(100);
    assertThat(entry(32766).number()).isEqualTo(32766);
    assertThat(entry(32767).number()).isNull();
    assertThat(entry(32768).number()).isNull();
  }

  private static RouteTable.Route route(@Nullable String via, RouteState state) {
    return NetworkMapper.routeTable(
            software.amazon.awssdk.services.ec2.model.RouteTable.builder()
                .routeTableId("rtb-1")
                .routes(
                    Route.builder()
                        .destinationCidrBlock("0.0.0.0/0")
                        .gatewayId(via)
                        .state(state)
                        .build())
                .build())
        .routes()
        .getFirst();
  }

  private static NetworkAcl.Entry entry(int number) {
    return NetworkMapper.acl(
            software.amazon.awssdk.services.ec2.model.NetworkAcl.builder()
                .networkAclId("acl-1")
                .entries(NetworkAclEntry.builder().ruleNumber(number).build())
                .build())
        .entries()
        .getFirst();
  }
}
