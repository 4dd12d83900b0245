package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.facts.Facts;
import lbresponder.facts.TargetHealth;
import lbresponder.testing.Interfering;
import lbresponder.testing.World;
import org.junit.jupiter.api.Test;

/// Health as an emulated AWS gives it.
class TargetHealthIT extends Emulated {
  @Test
  void theReasonsThatAwsGives() {
    World world = new World(endpoint, 2);
    String event = application(world, 1);
    Map<String, TargetHealth.Reason> reasons = new LinkedHashMap<>();
    reasons.put("Target.Timeout", TargetHealth.Reason.TIMED_OUT);
    reasons.put("Target.FailedHealthChecks", TargetHealth.Reason.CHECK_FAILED);
    reasons.put("Target.ResponseCodeMismatch", TargetHealth.Reason.UNEXPECTED_STATUS);
    reasons.put("Something.New", TargetHealth.Reason.OTHER);
    reasons.forEach(
        (code, reason) -> {
          Interfering network =
              new Interfering(AwsClients.http())
                  .on(
                      "elasticloadbalancing:DescribeTargetHealth",
                      new Interfering.Rewrite(
                          body ->
                              body.replace(
                                  "<State>healthy</State>",
                                  "<State>unhealthy</State><Reason>%s</Reason><Description>Health checks failed with these codes: [404, 502]</Description>"
                                      .formatted(code))));
          Facts facts = gather(event, network, Duration.ofSeconds(20));
          assertThat(value(value(facts.wiring().targetGroups()).getFirst().targets()))
              .extracting(target -> value(target.health()))
              .anyMatch(
                  health ->
                      health.reason() == reason && health.statusCodes().equals(List.of(404, 502)));
        });
  }
}
