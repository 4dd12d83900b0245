package lbresponder.aws.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpRequest;

/// What a request asks, and as whom: two that are equal get the same answer.
///
/// @param who the credentials' id, the day, Region and service, as the signature names them
/// @param target the operation, of services that name it in a header
record Asked(String who, String method, String address, String target, String body) {
  private static final Pattern WHO = Pattern.compile("Credential=([^,\\s]+)");
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
  private static final Duration WIRING = Duration.ofSeconds(20);
  private static final Duration STATE = Duration.ofSeconds(3);

  /// How things are connected and configured, which somebody changes now and then.
  private static final Set<String> OF_WIRING =
      Set.of(
          "DescribeLoadBalancers",
          "DescribeLoadBalancerAttributes",
          "DescribeLoadBalancerPolicies",
          "DescribeListeners",
          "DescribeRules",
          "DescribeTags",
          "DescribeTargetGroups",
          "DescribeTargetGroupAttributes",
          "DescribeInstances",
          "DescribeNetworkInterfaces",
          "DescribeSecurityGroups",
          "DescribeSecurityGroupRules",
          "GetManagedPrefixListEntries",
          "DescribeNetworkAcls",
          "DescribeRouteTables",
          "DescribeSubnets",
          "DescribeVpcPeeringConnections",
          "DescribeAutoScalingGroups",
          "ListClusters",
          "ListServices",
          "DescribeServices",
          "GetPolicy");

  /// What changes by itself.
  private static final Set<String> OF_STATE =
      Set.of(
          "DescribeTargetHealth",
          "DescribeInstanceHealth",
          "DescribeInstanceStatus",
          "DescribeScalingActivities",
          "ListTasks",
          "DescribeTasks");

  /// Null where nobody's credentials are named.
  static @Nullable Asked of(HttpExecuteRequest request) {
    SdkHttpRequest http = request.httpRequest();
    Matcher who = WHO.matcher(http.firstMatchingHeader("Authorization").orElse(""));
    return who.find()
        ? new Asked(
            who.group(1),
            http.method().name(),
            http.getUri().toString(),
            http.firstMatchingHeader("X-Amz-Target").orElse(""),
            body(request))
        : null;
  }

  /// How old an answer may be; zero: it is never kept. Alarms, metrics and who asks are always
  /// asked anew.
  Duration mayBe() {
    String operation = operation();
    return OF_WIRING.contains(operation)
        ? WIRING
        : OF_STATE.contains(operation) ? STATE : Duration.ZERO;
  }

  private String operation() {
    Matcher action = ACTION.matcher(body);
    if (action.find()) {
      return action.group(1);
    }
    boolean isPolicy = method.equals("GET") && address.matches(".*/functions/[^/]+/policy");
    return isPolicy ? "GetPolicy" : target.substring(target.indexOf('.') + 1);
  }

  /// What it takes to keep it.
  int bytes() {
    return address.length() + body.length();
  }

  private static String body(HttpExecuteRequest request) {
    return request
        .contentStreamProvider()
        .map(
            content -> {
              try (InputStream in = content.newStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            })
        .orElse("");
  }
}
