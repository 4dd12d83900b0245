package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagReportFormat;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.ServerlessChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.constructs.IConstruct;

/// The published rules for templates (cdk-nag: AwsSolutions and Serverless), over every stack of
/// the organisation. Every suppression has its reason, and the constructs it is for.
class NagTest {
  /// @param path the end of the constructs' paths, a pattern
  /// @param finding the one finding of the rule to suppress; empty: the rule has no separate
  ///   findings
  private record Suppression(String rule, String path, String finding, String reason) {
    NagPackSuppression forNag() {
      NagPackSuppression.Builder builder = NagPackSuppression.builder().id(rule).reason(reason);
      return finding.isEmpty() ? builder.build() : builder.appliesTo(List.of(finding)).build();
    }
  }

  private static final List<Suppression> SUPPRESSIONS =
      List.of(
          new Suppression(
              "AwsSolutions-IAM5",
              ".*/(Respond/Role|Reader|Prober[0-9a-f]+/Role)/DefaultPolicy/Resource",
              "Resource::*",
              "Reads and traces accept no resource: they are listed one by one, the reads held to"
                  + " Regions. Lambda attaches a prober to its VPC on any; its code is denied the"
                  + " same. PermissionsTest holds all of them."),
          new Suppression(
              "AwsSolutions-SQS3",
              "LbResponder-.*/DeadLetters/Resource",
              "",
              "It is where the rules' dead letters end: the rule looks for queues only."),
          new Suppression(
              "Serverless-LambdaDLQ",
              ".*/(Function|Respond/Function)/Resource",
              "",
              "Invoked by a queue, which has its dead letters, or by the hub, which waits for the"
                  + " answer: never asynchronously."),
          new Suppression(
              "Serverless-LambdaTracing",
              ".*/Prober[0-9a-f]+/Function/Resource",
              "",
              "The prober reaches no AWS endpoint from its VPC, and is meant to need none."),
          new Suppression(
              "Serverless-SQSRedrivePolicy",
              ".*/DeadLetters/Resource",
              "",
              "It is where dead letters end."),
          new Suppression(
              "Serverless-LambdaEventSourceMappingDestination",
              ".*/Live/SqsEventSource.*/Resource",
              "",
              "Lambda offers no destination for a queue: the queue's own dead letters are it."));

  @Test
  void everyFindingIsSuppressedWithAReasonAndEverySuppressionIsUsed(@TempDir Path output)
      throws Exception {
    App app = Templates.app(output, Templates.ORGANISATION);
    for (Stack stack : stacks(app)) {
      for (IConstruct one : stack.getNode().findAll()) {
        suppress(one);
      }
    }
    Aspects.of(app)
        .add(
            AwsSolutionsChecks.Builder.create()
                .reportFormats(List.of(NagReportFormat.JSON))
                .build());
    Aspects.of(app)
        .add(
            ServerlessChecks.Builder.create().reportFormats(List.of(NagReportFormat.JSON)).build());
    try {
      app.synth();
    } catch (RuntimeException findings) { // They are in the reports, one by one.
      System.out.println(findings.getMessage());
    }

    List<String> others = new ArrayList<>();
    Set<Suppression> used = new HashSet<>();
    Set<String> rules = new TreeSet<>();
    for (Path report : reports(output)) {
      for (JsonNode line : Templates.read(report).get("lines")) {
        rules.add(line.get("ruleId").textValue());
        String at = line.get("ruleId").textValue() + " " + line.get("resourceId").textValue();
        if (line.get("compliance").textValue().equals("Suppressed")) {
          SUPPRESSIONS.stream()
              .filter(one -> at.matches(Pattern.quote(one.rule()) + " " + one.path()))
              .forEach(used::add);
        } else if (!line.get("compliance").textValue().equals("Compliant")) {
          others.add(at + ": " + line.get("compliance").textValue());
        }
      }
    }
    assertThat(others).isEmpty();
    assertThat(used).as("suppressions that suppress something").hasSameSizeAs(SUPPRESSIONS);
    assertThat(SUPPRESSIONS).hasSizeLessThanOrEqualTo(6);
    assertThat(rules)
        .contains(
            "AwsSolutions-SQS3", "AwsSolutions-SNS3", "AwsSolutions-IAM5", "AwsSolutions-DDB3")
        .contains("Serverless-EventBusDLQ", "Serverless-LambdaTracing");
  }

  private static List<Stack> stacks(App app) {
    return app.getNode().getChildren().stream()
        .filter(Stack.class::isInstance)
        .map(Stack.class::cast)
        .toList();
  }

  private static void suppress(IConstruct one) {
    List<NagPackSuppression> suppressions =
        SUPPRESSIONS.stream()
            .filter(suppression -> one.getNode().getPath().matches(suppression.path()))
            .map(Suppression::forNag)
            .toList();
    if (!suppressions.isEmpty()) {
      NagSuppressions.addResourceSuppressions(one, suppressions);
    }
  }

  private static List<Path> reports(Path output) throws Exception {
    try (Stream<Path> files = Files.list(output)) {
      return files.filter(file -> file.toString().endsWith("-NagReport.json")).toList();
    }
  }
}
