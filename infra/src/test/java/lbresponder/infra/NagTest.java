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
/// the organisation. What is let pass is written here with its reason, scoped to where it is meant.
class NagTest {
  /// @param path the end of the constructs' paths, a pattern
  /// @param finding the one finding of the rule that is meant; empty: the rule has no parts
  private record Passed(String rule, String path, String finding, String reason) {}

  private static final List<Passed> PASSED =
      List.of(
          new Passed(
              "AwsSolutions-IAM5",
              ".*/(Respond/Role|Reader|Prober[0-9a-f]+/Role)/DefaultPolicy/Resource",
              "Resource::*",
              "Reads and traces accept no resource: they are listed one by one, the reads held to"
                  + " Regions. Lambda attaches a prober to its VPC on any; its code is denied the"
                  + " same. PermissionsTest holds all of them."),
          new Passed(
              "AwsSolutions-SQS3",
              "LbResponder-.*/DeadLetters/Resource",
              "",
              "It is where the rules' dead letters end: the rule looks for queues only."),
          new Passed(
              "Serverless-LambdaDLQ",
              ".*/(Function|Respond/Function)/Resource",
              "",
              "Invoked by a queue, which has its dead letters, or by the hub, which waits for the"
                  + " answer: never asynchronously."),
          new Passed(
              "Serverless-LambdaTracing",
              ".*/Prober[0-9a-f]+/Function/Resource",
              "",
              "The prober reaches no AWS endpoint from its VPC, and is meant to need none."),
          new Passed(
              "Serverless-SQSRedrivePolicy",
              ".*/DeadLetters/Resource",
              "",
              "It is where dead letters end."),
          new Passed(
              "Serverless-LambdaEventSourceMappingDestination",
              ".*/Live/SqsEventSource.*/Resource",
              "",
              "Lambda offers no destination for a queue: the queue's own dead letters are it."));

  @Test
  void everyFindingIsExplainedAndNoExplanationIsIdle(@TempDir Path output) throws Exception {
    App app = Hub.in(output, Hub.ORGANISATION);
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

    List<String> unexplained = new ArrayList<>();
    Set<Passed> used = new HashSet<>();
    Set<String> rules = new TreeSet<>();
    for (Path report : reports(output)) {
      for (JsonNode line : Hub.read(report).get("lines")) {
        rules.add(line.get("ruleId").textValue());
        String at = line.get("ruleId").textValue() + " " + line.get("resourceId").textValue();
        if (line.get("compliance").textValue().equals("Suppressed")) {
          PASSED.stream()
              .filter(one -> at.matches(Pattern.quote(one.rule()) + " " + one.path()))
              .forEach(used::add);
        } else if (!line.get("compliance").textValue().equals("Compliant")) {
          unexplained.add(at + ": " + line.get("compliance").textValue());
        }
      }
    }
    assertThat(unexplained).isEmpty();
    assertThat(used).as("explanations that explain nothing are to go").hasSameSizeAs(PASSED);
    assertThat(PASSED).hasSizeLessThanOrEqualTo(6);
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
    List<NagPackSuppression> passed =
        PASSED.stream()
            .filter(pass -> one.getNode().getPath().matches(pass.path()))
            .map(
                pass -> {
                  NagPackSuppression.Builder suppression =
                      NagPackSuppression.builder().id(pass.rule()).reason(pass.reason());
                  return pass.finding().isEmpty()
                      ? suppression.build()
                      : suppression.appliesTo(List.of(pass.finding())).build();
                })
            .toList();
    if (!passed.isEmpty()) {
      NagSuppressions.addResourceSuppressions(one, passed);
    }
  }

  private static List<Path> reports(Path output) throws Exception {
    try (Stream<Path> files = Files.list(output)) {
      return files.filter(file -> file.toString().endsWith("-NagReport.json")).toList();
    }
  }
}
