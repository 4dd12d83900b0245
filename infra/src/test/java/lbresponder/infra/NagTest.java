package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagReportFormat;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stage;

/// AWS's published rules for templates (cdk-nag, AwsSolutions).
class NagTest {
  private static final String ROLE_POLICY = "Hub/RespondRole/DefaultPolicy/Resource";
  private static final String WILDCARD = "AwsSolutions-IAM5";

  /// Encryption, dead letters and transport of the queues, transport of the topic, policies,
  /// runtime: proof that the rules ran.
  private static final String[] CHECKED = {
    "AwsSolutions-SQS2",
    "AwsSolutions-SQS3",
    "AwsSolutions-SQS4",
    "AwsSolutions-SNS3",
    "AwsSolutions-IAM4",
    "AwsSolutions-IAM5",
    "AwsSolutions-L1"
  };

  @Test
  void everyFindingIsExplained(@TempDir Path output) {
    HubStack hub = Hub.in(output);
    NagSuppressions.addResourceSuppressionsByPath(
        hub,
        "/" + ROLE_POLICY,
        List.of(
            NagPackSuppression.builder()
                .id(WILDCARD)
                .appliesTo(List.of("Resource::*"))
                .reason(
                    "These reads accept no resource. They are listed one by one and held to this"
                        + " Region; PermissionsTest holds them against permissions.json.")
                .build()));
    Aspects.of(hub)
        .add(
            AwsSolutionsChecks.Builder.create()
                .reportFormats(List.of(NagReportFormat.JSON))
                .build());
    Objects.requireNonNull(Stage.of(hub)).synth();

    JsonNode lines = Hub.read(output.resolve("AwsSolutions-Hub-NagReport.json")).get("lines");
    assertThat(lines)
        .filteredOn(line -> !line.get("compliance").textValue().equals("Compliant"))
        .extracting(
            line -> line.get("ruleId").textValue(),
            line -> line.get("resourceId").textValue(),
            line -> line.get("compliance").textValue())
        .containsExactly(tuple(WILDCARD, ROLE_POLICY, "Suppressed"));
    assertThat(lines).extracting(line -> line.get("ruleId").textValue()).contains(CHECKED);
  }
}
