package lbresponder.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;

/// Words a repair as commands of the AWS CLI, version 2.
final class Commands {
  private Commands() {}

  static List<String> word(Repair repair, Facts facts) {
    LoadBalancerId id = facts.incident().loadBalancer();
    boolean classic = id.kind() == Kind.CLASSIC;
    return switch (repair) {
      case Repair.StartInstances(List<String> instances) ->
          command(id, "ec2 start-instances --instance-ids", instances);
      case Repair.Deregister(String group, List<Target> targets) ->
          classic
              ? command(
                  id,
                  "elb deregister-instances-from-load-balancer --load-balancer-name %s --instances"
                      .formatted(quote(id.name())),
                  targets.stream().map(Target::id).distinct().toList())
              : command(
                  id,
                  "elbv2 deregister-targets --target-group-arn %s --targets"
                      .formatted(quote(group)),
                  targets.stream().map(Commands::target).toList());
      case Repair.RegisterTargets(String group) ->
          classic
              ? command(
                  id,
                  "elb register-instances-with-load-balancer --load-balancer-name %s --instances"
                      .formatted(quote(id.name())),
                  List.of("<instance-id>"))
              : command(
                  id,
                  "elbv2 register-targets --target-group-arn %s --targets".formatted(quote(group)),
                  List.of("Id=<instance-id>"));
      case Repair.Forward forward -> forward(id, forward);
      case Repair.EnableZone(_, String subnet, List<String> keep) ->
          classic
              ? command(
                  id,
                  "elb attach-load-balancer-to-subnets --load-balancer-name %s --subnets"
                      .formatted(quote(id.name())),
                  List.of(subnet))
              : command(
                  id,
                  "elbv2 set-subnets --load-balancer-arn %s --subnets".formatted(quote(id.arn())),
                  Stream.concat(keep.stream(), Stream.of(subnet)).toList());
      case Repair.ChangeHealthCheck change -> healthCheck(id, change, facts);
      case Repair.SetCapacity(String group, int instances) ->
          command(
              id,
              "autoscaling set-desired-capacity --auto-scaling-group-name %s --desired-capacity"
                  .formatted(quote(group)),
              List.of(String.valueOf(instances)));
    };
  }

  private static List<String> command(LoadBalancerId id, String words, List<String> values) {
    return List.of(
        "aws %s %s --region %s"
            .formatted(
                words,
                values.stream().map(Commands::quote).collect(Collectors.joining(" ")),
                quote(id.region())));
  }

  private static String target(Target target) {
    return "Id=" + target.id() + (target.port() == null ? "" : ",Port=" + target.port());
  }

  private static List<String> forward(LoadBalancerId id, Repair.Forward forward) {
    String groups =
        forward.weights().stream()
            .map(Commands::weight)
            .collect(
                Collectors.joining(
                    ",", "[{\"Type\":\"forward\",\"ForwardConfig\":{\"TargetGroups\":[", "]}}]"));
    return forward.rule() == null
        ? command(
            id,
            "elbv2 modify-listener --listener-arn %s --default-actions"
                .formatted(quote(forward.listener())),
            List.of(groups))
        : command(
            id,
            "elbv2 modify-rule --rule-arn %s --actions".formatted(quote(forward.rule())),
            List.of(groups));
  }

  private static String weight(WeightedTargetGroup group) {
    return "{\"TargetGroupArn\":\"%s\",\"Weight\":%d}"
        .formatted(group.targetGroup(), group.weight());
  }

  private static List<String> healthCheck(
      LoadBalancerId id, Repair.ChangeHealthCheck change, Facts facts) {
    if (id.kind() == Kind.CLASSIC) {
      return classicHealthCheck(id, change, facts);
    }
    List<String> words = new ArrayList<>();
    add(words, "--health-check-path", change.path());
    add(words, "--health-check-protocol", change.protocol());
    add(words, "--matcher", change.matcher() == null ? null : "HttpCode=" + change.matcher());
    return command(
        id, "elbv2 modify-target-group --target-group-arn " + quote(change.targetGroup()), words);
  }

  private static void add(List<String> words, String option, @Nullable String value) {
    if (value != null) {
      words.add(option);
      words.add(value);
    }
  }

  /// Classic takes the whole check or nothing.
  private static List<String> classicHealthCheck(
      LoadBalancerId id, Repair.ChangeHealthCheck change, Facts facts) {
    return facts.targetGroups().orElse(List.of()).stream()
        .filter(group -> group.id().equals(change.targetGroup()))
        .map(TargetGroup::healthCheck)
        .findFirst()
        .map(
            check ->
                command(
                    id,
                    "elb configure-health-check --load-balancer-name %s --health-check"
                        .formatted(quote(id.name())),
                    List.of(classicHealthCheck(check, change))))
        .orElse(List.of());
  }

  private static String classicHealthCheck(HealthCheck check, Repair.ChangeHealthCheck change) {
    String protocol = change.protocol() == null ? check.protocol() : change.protocol();
    String path = change.path() == null ? check.path() : change.path();
    return "Target=%s:%d%s,Interval=%d,Timeout=%d,UnhealthyThreshold=%d,HealthyThreshold=%d"
        .formatted(
            protocol,
            check.port(),
            protocol.startsWith("HTTP") ? "/" + V2.orEmpty(path).replaceFirst("^/", "") : "",
            check.intervalSeconds(),
            check.timeoutSeconds(),
            check.unhealthyThreshold(),
            check.healthyThreshold());
  }

  /// As a shell needs it; plain words stay plain.
  private static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
