package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The stack of an account and Region.
class PlaceStackTest {
  private static JsonNode stack(String name) {
    return Objects.requireNonNull(Templates.STACKS.get(name), name);
  }

  private static final JsonNode HOME = stack("LbResponder-111111111111-eu-west-1");
  private static final JsonNode MEMBER = stack("LbResponder-222222222222-eu-west-1");

  @Test
  void aProberHasTheSubnetsAndSecurityGroupsOfItsLoadBalancer() {
    List<Map.Entry<String, JsonNode>> probers = Templates.resources(HOME, "AWS::Lambda::Function");
    assertThat(probers).hasSize(2);
    JsonNode configured = Templates.read(Templates.ORGANISATION).at("/places/0/loadBalancers/0");
    assertThat(probers)
        .anySatisfy(
            prober -> {
              JsonNode properties = prober.getValue().get("Properties");
              assertThat(properties.get("Description").asText())
                  .endsWith(configured.get("arn").asText());
              assertThat(properties.at("/VpcConfig/SubnetIds"))
                  .isEqualTo(configured.get("subnets"));
              assertThat(properties.at("/VpcConfig/SecurityGroupIds"))
                  .isEqualTo(configured.get("securityGroups"));
              assertThat(properties.at("/Environment/Variables/LB_RESPONDER_PROBE_CIDRS").asText())
                  .isEqualTo("10.10.0.0/16");
              assertThat(properties.get("Handler").asText()).isEqualTo("lbresponder.ProbeFunction");
            });
  }

  @Test
  void theNamesTheHubInvokesAreTheNamesTheProbersHave() {
    JsonNode listed =
        Templates.read(
            Templates.properties("AWS::Lambda::Function", "RespondFunction")
                .at("/Environment/Variables/LB_RESPONDER_PROBERS")
                .asText());
    Templates.everywhere("AWS::Lambda::Function").stream()
        .map(one -> one.getValue().at("/Properties/FunctionName").asText())
        .filter(name -> !name.isEmpty())
        .forEach(name -> assertThat(listed.toString()).contains(":function:" + name + ":live"));
  }

  @Test
  void aMemberForwardsItsAlarmsAndKeepsThoseThatCannotBeSent() {
    assertThat(Templates.resources(HOME, "AWS::Events::Rule")).isEmpty();
    List<Map.Entry<String, JsonNode>> rules = Templates.resources(MEMBER, "AWS::Events::Rule");
    assertThat(rules)
        .hasSize(2)
        .allSatisfy(
            rule -> {
              JsonNode target = rule.getValue().at("/Properties/Targets/0");
              assertThat(target.get("Arn").asText())
                  .isEqualTo("arn:aws:events:eu-west-1:111111111111:event-bus/lb-responder");
              assertThat(target.at("/DeadLetterConfig/Arn").isMissingNode()).isFalse();
            });
    assertThat(Templates.resources(MEMBER, "AWS::CloudWatch::Alarm"))
        .anyMatch(alarm -> alarm.getKey().startsWith("WatchDeadLetters"));
  }

  @Test
  void aMemberIsReadByOneRoleHoweverManyRegionsItHas() {
    assertThat(
            Templates.everywhere("AWS::IAM::Role").stream()
                .filter(
                    role ->
                        role.getValue()
                            .at("/Properties/RoleName")
                            .asText()
                            .equals(Names.MEMBER_ROLE)))
        .hasSize(2);
  }
}
