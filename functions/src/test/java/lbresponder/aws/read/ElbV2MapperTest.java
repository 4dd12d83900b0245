package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

class ElbV2MapperTest {
  private static final String KEY = "idle_timeout.timeout_seconds";

  @Test
  void idleTimeout() {
    assertThat(idleTimeout(Kind.APPLICATION, Known.of(Map.of(KEY, "4000"))))
        .isEqualTo(Known.of(4000));
    assertThat(idleTimeout(Kind.APPLICATION, Known.of(Map.of()))).isEqualTo(Known.of(60));
    assertThat(idleTimeout(Kind.APPLICATION, Known.unknown("AccessDenied")))
        .isEqualTo(Known.unknown("AccessDenied"));
    assertThat(idleTimeout(Kind.NETWORK, Known.unknown("AccessDenied")))
        .isEqualTo(
            Known.none("Network Load Balancers keep no connections of their own to targets"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "60s", "1234567", "6\u202e0"})
  void anIdleTimeoutThatIsNoNumberIsNotKnown(String junk) {
    assertThat(idleTimeout(Kind.APPLICATION, Known.of(Map.of(KEY, junk))))
        .isEqualTo(
            Known.unknown(
                "%s: found `%s`, expected a number of seconds"
                    .formatted(KEY, junk.replace("\u202e", " "))));
  }

  @Test
  void onlyANetworkLoadBalancerCanBeWithoutSecurityGroups() {
    assertThat(securityGroups(Kind.NETWORK)).isEqualTo(Known.of(List.of()));
    assertThat(securityGroups(Kind.NETWORK, "sg-1")).isEqualTo(Known.of(List.of("sg-1")));
    assertThat(securityGroups(Kind.APPLICATION, "sg-1")).isEqualTo(Known.of(List.of("sg-1")));
    assertThat(securityGroups(Kind.APPLICATION)).isInstanceOf(Known.Unknown.class);
  }

  private static Known<Integer> idleTimeout(Kind kind, Known<Map<String, String>> attributes) {
    return ElbV2Mapper.complete(
            ElbV2Mapper.loadBalancer(kind, LoadBalancer.builder().build()),
            kind,
            new Attributes(attributes),
            Known.of(Map.of()))
        .idleTimeoutSeconds();
  }

  private static Known<List<String>> securityGroups(Kind kind, String... ids) {
    return ElbV2Mapper.loadBalancer(kind, LoadBalancer.builder().securityGroups(ids).build())
        .securityGroups();
  }
}
