package lbresponder.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lbresponder.aws.Metrics.Metric;
import lbresponder.facts.Alarm;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Recognised;
import org.jspecify.annotations.Nullable;

/// One metric of an alarm as the message tells it, before it is known whose it is.
///
/// @param given where the dimensions stand, to be named when one is missing
/// @param account whose metric it is, null: the alarm's own account
record Watched(
    String namespace,
    String name,
    Map<String, Tree> dimensions,
    Tree given,
    String statistic,
    int periodSeconds,
    @Nullable String account) {

  private static final Pattern LOAD_BALANCER =
      Pattern.compile("(app|net)/([^/\\s]+)/([0-9a-zA-Z]+)");
  private static final Pattern TARGET_GROUP = Pattern.compile("targetgroup/[^/\\s]+/[0-9a-zA-Z]+");

  /// What the alarm says beside its metrics.
  record Head(
      String name,
      String arn,
      String description,
      Alarm.State state,
      Instant changedAt,
      @Nullable Instant evaluatedFrom,
      String reason,
      Alarm.@Nullable State previousState,
      @Nullable Instant previousSince) {}

  static Alarm.State state(Tree value) {
    return switch (value.text()) {
      case "OK" -> Alarm.State.OK;
      case "ALARM" -> Alarm.State.ALARM;
      case "INSUFFICIENT_DATA" -> Alarm.State.INSUFFICIENT_DATA;
      default -> throw value.wrong("OK, ALARM or INSUFFICIENT_DATA");
    };
  }

  /// One alarm for each load balancer among the metrics, in the order of the message.
  static Recognised alarms(List<Watched> watched, AlarmArn arn, Head head) {
    Map<LoadBalancerId, List<Alarm.Watch>> watches = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    for (Watched one : watched) {
      Optional<Metric> metric = Metrics.ALL.recognised(one.namespace, one.name);
      if (metric.isEmpty() || one.isGateway()) {
        others.add(one.foreign());
      } else {
        LoadBalancerId id = one.loadBalancer(metric.get().kind(), arn);
        watches.computeIfAbsent(id, _ -> new ArrayList<>()).add(one.watch(metric.get(), id, arn));
      }
    }
    if (watches.isEmpty()) {
      return new Recognised.NotOurs(
          others.isEmpty()
              ? "an alarm on no metric of its own (a query over metrics)"
              : String.join("; ", others.stream().distinct().toList()));
    }
    return new Recognised.Alarms(
        watches.entrySet().stream()
            .map(entry -> alarm(head, entry.getKey(), entry.getValue()))
            .toList());
  }

  private static Alarm alarm(Head head, LoadBalancerId id, List<Alarm.Watch> watches) {
    return new Alarm(
        head.name(),
        head.arn(),
        head.description(),
        head.state(),
        head.changedAt(),
        head.evaluatedFrom(),
        head.reason(),
        head.previousState(),
        head.previousSince(),
        id,
        watches.stream().sorted(Comparator.comparing(Alarm.Watch::measure)).toList());
  }

  private boolean isGateway() {
    return namespace.equals("AWS/GatewayELB")
        || Optional.ofNullable(dimensions.get("LoadBalancer"))
            .map(value -> value.node().asText("").startsWith("gwy/"))
            .orElse(false);
  }

  private String foreign() {
    if (isGateway()) {
      return "a Gateway Load Balancer is recognised and not covered";
    }
    return "an alarm on %s %s, which is not among the metrics covered"
        .formatted(Text.clean(namespace, 80), Text.clean(name, 80));
  }

  private LoadBalancerId loadBalancer(Kind kind, AlarmArn arn) {
    String owner = account == null ? arn.account() : account;
    String prefix =
        "arn:%s:elasticloadbalancing:%s:%s:".formatted(arn.partition(), arn.region(), owner);
    if (kind == Kind.CLASSIC) {
      String name = dimension("LoadBalancerName").text();
      return id(kind, owner, arn, name, prefix + "loadbalancer/" + name);
    }
    Tree value = dimension("LoadBalancer");
    Matcher form = LOAD_BALANCER.matcher(value.text());
    if (!form.matches()) {
      throw value.wrong(kind == Kind.APPLICATION ? "app/NAME/ID" : "net/NAME/ID");
    }
    return id(kind, owner, arn, form.group(2), prefix + "loadbalancer/" + value.text());
  }

  private static LoadBalancerId id(Kind kind, String owner, AlarmArn arn, String name, String id) {
    return new LoadBalancerId("aws", kind, owner, arn.region(), name, id);
  }

  private Tree dimension(String name) {
    Tree value = dimensions.get(name);
    if (value == null) {
      throw new Tree.Wrong(
          given.path(),
          dimensions.isEmpty()
              ? "no dimension"
              : "only " + Text.clean(String.join(", ", dimensions.keySet()), 80),
          "a dimension %s: %s over several load balancers names none".formatted(name, this.name));
    }
    return value;
  }

  private Alarm.Watch watch(Metric metric, LoadBalancerId id, AlarmArn arn) {
    Tree group = dimensions.get("TargetGroup");
    if (group != null && !TARGET_GROUP.matcher(group.text()).matches()) {
      throw group.wrong("targetgroup/NAME/ID");
    }
    Tree zone = dimensions.get("AvailabilityZone");
    return new Alarm.Watch(
        metric.measure(),
        namespace,
        name,
        group == null
            ? null
            : "arn:%s:elasticloadbalancing:%s:%s:%s"
                .formatted(arn.partition(), id.region(), id.account(), group.text()),
        zone == null ? null : zone.text(),
        statistic,
        periodSeconds);
  }
}
