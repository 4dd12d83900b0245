package lbresponder.aws.alarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.aws.kind.Metric;
import lbresponder.facts.Alarm;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Measure;
import lbresponder.facts.Recognised;
import lbresponder.message.MalformedMessage;
import lbresponder.message.Untrusted;

/// Finds the load balancers among what an alarm watches.
final class AlarmMatcher {

  /// The remoteness of what there is on any day.
  private static final int ORDINARY = 12;

  /// Kinds of entry that no diagnosis starts from; an alarm with nothing else is let go, for the
  /// first of these reasons that holds.
  private enum Other {
    CONTEXT,
    UNKNOWN,
    GATEWAY,
    FOREIGN,
    EXPRESSION
  }

  private final StateChange change;
  private final Map<LoadBalancerId, List<Alarm.Watch>> watches = new LinkedHashMap<>();
  private final Map<Other, Set<String>> others = new EnumMap<>(Other.class);

  private AlarmMatcher(StateChange change) {
    this.change = change;
  }

  /// @param entries at least one
  /// @return one alarm for each load balancer
  /// @throws MalformedMessage where a metric of a load balancer does not tell which
  static Recognised recognise(StateChange change, List<MetricEntry> entries) {
    AlarmMatcher matcher = new AlarmMatcher(change);
    entries.forEach(matcher::add);
    if (matcher.watches.isEmpty()) {
      refuseQueries(entries);
      return new Recognised.NotOurs(matcher.why());
    }
    matcher.forgetTheOrdinary();
    return new Recognised.Alarms(
        matcher.watches.entrySet().stream()
            .map(entry -> change.on(entry.getKey(), failingFirst(entry.getValue()), entries.size()))
            .toList());
  }

  private void add(MetricEntry entry) {
    if (entry.isExpression()) {
      other(Other.EXPRESSION, Untrusted.clean(entry.expression().text("an expression"), 80));
      return;
    }
    String namespace = entry.namespace().text("a metric's namespace");
    String name = entry.name().text("a metric's name");
    if (!isLoadBalancing(namespace)) {
      other(namespace.equals("AWS/GatewayELB") ? Other.GATEWAY : Other.FOREIGN, namespace, name);
      return;
    }
    Optional<Metric> metric = Metric.find(namespace, name);
    if (metric.isEmpty()) {
      other(Other.UNKNOWN, namespace, name);
    } else if (Metric.CONTEXT.contains(metric.get())) {
      other(Other.CONTEXT, namespace, name);
    } else {
      watch(entry, metric.get());
    }
  }

  private void watch(MetricEntry entry, Metric metric) {
    Dimensions dimensions = Dimensions.of(entry.dimensions());
    if (dimensions.isGateway()) {
      other(Other.GATEWAY, metric.namespace(), metric.name());
      return;
    }
    AlarmOrigin origin = change.origin();
    String account =
        entry.account().isPresent() ? AlarmOrigin.accountOf(entry.account()) : origin.account();
    LoadBalancerId loadBalancer = dimensions.loadBalancer(metric.kind(), origin, account);
    Alarm.Watch watch =
        new Alarm.Watch(
            metric.measure(),
            metric.namespace(),
            metric.name(),
            dimensions.targetGroup(origin, account),
            dimensions.zone(),
            entry.statistic(metric.statistic()),
            entry.periodSeconds());
    watches.computeIfAbsent(loadBalancer, _ -> new ArrayList<>()).add(watch);
  }

  /// An alarm that sets errors against demand is about the errors.
  private void forgetTheOrdinary() {
    if (watches.values().stream().flatMap(List::stream).allMatch(AlarmMatcher::isOrdinary)) {
      return;
    }
    watches.values().forEach(of -> of.removeIf(AlarmMatcher::isOrdinary));
    watches.values().removeIf(List::isEmpty);
  }

  private static boolean isOrdinary(Alarm.Watch watch) {
    return remoteness(watch.measure()) == ORDINARY;
  }

  private void other(Other kind, String... parts) {
    others.computeIfAbsent(kind, _ -> new LinkedHashSet<>()).add(String.join(" ", parts));
  }

  private static boolean isLoadBalancing(String namespace) {
    return Metric.RECOGNISED.stream().anyMatch(metric -> metric.namespace().equals(namespace));
  }

  /// A query over many load balancers can hide a real problem and names none of them.
  private static void refuseQueries(List<MetricEntry> entries) {
    for (MetricEntry entry : entries) {
      String text = entry.expression().textOrEmpty();
      if (Metric.RECOGNISED.stream().map(Metric::namespace).anyMatch(text::contains)) {
        throw entry
            .expression()
            .malformed("a metric of one load balancer, which a query does not name");
      }
    }
  }

  private static List<Alarm.Watch> failingFirst(List<Alarm.Watch> watches) {
    return watches.stream()
        .distinct()
        .sorted(Comparator.comparingInt(watch -> remoteness(watch.measure())))
        .toList();
  }

  /// How far a measure is from the connection between load balancer and target. An alarm computed
  /// from several metrics fails by the nearest: `errors / requests` is about the errors.
  private static int remoteness(Measure measure) {
    return switch (measure) {
      case CONNECTION_ERRORS -> 0;
      case TLS_ERRORS -> 1;
      case UNHEALTHY_TARGETS -> 2;
      case HEALTHY_TARGETS -> 3;
      case QUEUE_OVERFLOW,
          REJECTED_CONNECTIONS,
          PORT_ALLOCATION_ERRORS,
          FUNCTION_ERRORS,
          FUNCTION_INTERNAL_ERRORS,
          BLOCKED_OUTBOUND,
          REJECTED_FLOWS,
          SENT_TO_UNHEALTHY,
          AUTHENTICATION_ERRORS ->
          4;
      case LB_500, LB_502, LB_503, LB_504 -> 5;
      case LB_5XX -> 6;
      case TARGET_RESETS, LB_RESETS -> 7;
      case TARGET_5XX -> 8;
      case QUEUE_LENGTH -> 9;
      case LB_4XX, TARGET_4XX, BLOCKED_INBOUND, CLIENT_TLS_ERRORS -> 10;
      case TARGET_3XX -> 11;
      case TARGET_2XX, REQUESTS, REQUESTS_PER_TARGET, RESPONSE_TIME -> ORDINARY;
    };
  }

  private String why() {
    Map.Entry<Other, Set<String>> first = others.entrySet().iterator().next();
    String watched = Untrusted.clean(String.join(", ", first.getValue()), 80);
    String reason =
        switch (first.getKey()) {
          case CONTEXT ->
              "%s is read only beside others; covered are %s"
                  .formatted(watched, covered(first.getValue()));
          case UNKNOWN -> watched + " is no metric that is covered";
          case GATEWAY ->
              "Gateway Load Balancer recognised, not covered: its appliances are reached through"
                  + " tunnels that cannot be probed ("
                  + watched
                  + ")";
          case FOREIGN -> watched + " is no load balancer's metric";
          case EXPRESSION -> watched + " names no metric";
        };
    return "alarm %s: %s".formatted(Untrusted.clean(change.name(), 60), reason);
  }

  /// The metrics an alarm may watch, of the namespaces that it does watch.
  private static String covered(Set<String> watched) {
    return Metric.RECOGNISED.stream()
        .filter(
            metric -> watched.stream().anyMatch(name -> name.startsWith(metric.namespace() + " ")))
        .map(Metric::name)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
