package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.aws.kind.Metric;
import lbresponder.testing.Sources;
import org.junit.jupiter.api.Test;

/// What a provider calls its things stays in its package: a check, a path or a report that knows
/// one of these words is wrong for the next provider. Comments may name a provider as an example.
class ProviderWordsTest {
  /// Where a provider's words belong: the provider itself, the channels that are its services, and
  /// the wiring.
  private static final Set<String> AT_HOME = Set.of("aws", "channel", "cli", "");

  /// The environment's variables and what they may hold.
  private static final String SETTINGS = "journey/Settings.java";

  /// Titles and advice, which people read, may say what they know by that name.
  private static final Set<String> DISPLAY_TEXT = Set.of("cause/LambdaTargetFails.java: Lambda");

  private static final List<String> WORDS =
      List.of(
          // kinds
          "Kind\\.(CLASSIC|APPLICATION|NETWORK)\\b",
          "\"(classic|application)\"",
          "Classic\\b",
          "Application Load Balancer",
          "Network Load Balancer",
          "\\b[ANC]LB\\b",
          // attribute keys
          "load_balancing\\.",
          "idle_timeout",
          "deregistration_delay",
          "preserve_client_ip",
          "proxy_protocol_v",
          "stickiness\\.",
          // prefixes of ids
          "\"(i|vpc|subnet|sg|eni|acl|rtb|igw|nat|pl|vpce|tgw|pcx)-",
          "\\barn:",
          "awselb",
          // services
          "\\b(ECS|EC2|ELB|SSM|SNS|SQS|ASG|IAM)\\b",
          "Auto Scaling",
          "AutoScaling",
          "CloudWatch",
          "EventBridge",
          "Fargate",
          "Lambda\\b",
          "\\bAWS\\b",
          "software\\.amazon",
          // states and reasons
          "Target\\.(Timeout|FailedHealthChecks|NotInUse|InvalidState|ResponseCodeMismatch)",
          "EssentialContainerExited",
          "TaskFailedToStart",
          "failed elb health checks",
          "InService",
          // commands
          "\\baws (elbv2|elb|ec2|ecs|autoscaling|lambda)\\b",
          // metrics
          "AWS/(ELB|ApplicationELB|NetworkELB)");

  @Test
  void aProvidersWordsStayInItsPackage() {
    List<Pattern> patterns =
        Stream.concat(WORDS.stream(), metricNames()).map(Pattern::compile).toList();
    List<String> found = new ArrayList<>();
    for (Sources source : Sources.all()) {
      String path = source.path().toString();
      if (!AT_HOME.contains(source.topPackage()) && !path.equals(SETTINGS)) {
        for (Pattern pattern : patterns) {
          pattern
              .matcher(source.code())
              .results()
              .map(match -> path + ": " + match.group())
              .filter(match -> !DISPLAY_TEXT.contains(match))
              .forEach(found::add);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static Stream<String> metricNames() {
    return Stream.concat(Metric.RECOGNISED.stream(), Metric.CONTEXT.stream())
        .map(Metric::name)
        .filter(name -> name.length() > "Latency".length())
        .distinct()
        .map(name -> "\\b" + Pattern.quote(name) + "\\b");
  }
}
