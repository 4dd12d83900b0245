package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

class TargetHealthMapperTest {

  @ParameterizedTest
  @CsvSource({
    // state, code, what it shows of the port on an Application and on a Network Load Balancer
    "healthy, , OPEN, OPEN",
    "unhealthy, Target.ResponseCodeMismatch, OPEN, OPEN",
    "unhealthy, Target.FailedHealthChecks, REACHED, UNTOLD",
    "unhealthy, Target.Timeout, UNTOLD, UNTOLD",
    "unhealthy.draining, Target.FailedHealthChecks, REACHED, UNTOLD",
    "initial, Elb.InitialHealthChecking, UNTOLD, UNTOLD",
    "unused, Target.NotInUse, UNTOLD, UNTOLD",
    "unhealthy, Something.New, UNTOLD, UNTOLD",
  })
  void whatTheChecksShowOfThePort(
      String state,
      @Nullable String code,
      TargetHealth.Port application,
      TargetHealth.Port network) {
    assertThat(health(Kind.APPLICATION, state, code).port()).isEqualTo(application);
    assertThat(health(Kind.NETWORK, state, code).port()).isEqualTo(network);
  }

  @Test
  void allZonesAreNoZone() {
    assertThat(target("all").zone()).isNull();
    assertThat(target("eu-west-1a").zone()).isEqualTo("eu-west-1a");
    assertThat(target("eu-west-1a").address()).isNull();
  }

  private static TargetHealth health(Kind kind, String state, @Nullable String code) {
    List<Target> targets =
        TargetHealthMapper.targets(
            kind,
            List.of(
                TargetHealthDescription.builder()
                    .target(target -> target.id("i-1").port(8080))
                    .targetHealth(health -> health.state(state).reason(code))
                    .build()));
    return ((Known.Value<TargetHealth>) targets.getFirst().health()).value();
  }

  private static Target target(String zone) {
    return TargetHealthMapper.targets(
            Kind.APPLICATION,
            List.of(
                TargetHealthDescription.builder()
                    .target(target -> target.id("10.0.0.9").port(80).availabilityZone(zone))
                    .build()))
        .getFirst();
  }
}
