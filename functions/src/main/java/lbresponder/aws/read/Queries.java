package lbresponder.aws.read;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.kind.Metric;
import lbresponder.aws.read.MetricData.Asked;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.facts.Measure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/// Which metrics of the load balancer are read for an incident. Each one asked for costs, calls do
/// not: what no check needs for the alarms at hand is left out, and zones are read only where an
/// alarm is limited to one.
final class Queries {
  /// GetMetricData takes so many.
  private static final int MOST = 500;

  /// Of so many groups, those that matter most, it is read how many targets failed meanwhile.
  private static final int MOST_UNHEALTHY = 3;

  /// Of more groups so much is read that nothing is left for what few load balancers do.
  private static final int FEW_GROUPS = 4;

  /// Server errors of the load balancer's own, most of which begin at a target.
  private static final Set<Measure> OWN_ERRORS =
      EnumSet.of(Measure.LB_5XX, Measure.LB_500, Measure.LB_502, Measure.LB_503, Measure.LB_504);

  /// What redirects and client errors of the targets may be behind.
  private static final Set<Measure> ANSWERS =
      EnumSet.of(
          Measure.TARGET_3XX,
          Measure.TARGET_4XX,
          Measure.LB_4XX,
          Measure.UNHEALTHY_TARGETS,
          Measure.HEALTHY_TARGETS);

  /// Where no target of a group is healthy, clients may be served all the same.
  private static final Set<Measure> HEALTH =
      EnumSet.of(Measure.UNHEALTHY_TARGETS, Measure.SENT_TO_UNHEALTHY);

  private final Incident incident;
  private final Kind kind;
  private final Set<Measure> alarmed;

  /// Those of the alarms that are about no target group of their own.
  private final Set<Measure> wide;

  private final Set<String> named;
  private final List<String> groups;
  private final Set<String> functions;

  /// One metric of the load balancer, limited to a target group or a zone or neither.
  record Query(Metric metric, @Nullable String targetGroup, @Nullable String zone) {}

  private Queries(Incident incident, List<String> groups, Set<String> functions) {
    this.incident = incident;
    this.kind = Kind.of(incident.loadBalancer());
    this.alarmed = watched(incident, Alarm.Watch::measure);
    this.wide = watched(incident, watch -> watch.targetGroup() == null ? watch.measure() : null);
    this.named = watched(incident, Alarm.Watch::targetGroup);
    this.groups = groups;
    this.functions = functions;
  }

  private static <T> Set<T> watched(Incident incident, Function<Alarm.Watch, @Nullable T> part) {
    return incident.alarms().stream()
        .flatMap(alarm -> alarm.watches().stream())
        .flatMap(watch -> Stream.ofNullable(part.apply(watch)))
        .collect(Collectors.toSet());
  }

  /// @param groups ids of the target groups, those that matter most first
  /// @param functions ids of those that hold functions
  static List<Query> of(Incident incident, List<String> groups, Set<String> functions) {
    return new Queries(incident, groups, functions).all();
  }

  private List<Query> all() {
    List<Query> queries = new ArrayList<>();
    for (Alarm alarm : incident.alarms()) {
      for (Alarm.Watch watch : alarm.watches()) {
        Metric.find(watch.namespace(), watch.metric())
            .ifPresent(metric -> queries.add(new Query(metric, watch.targetGroup(), watch.zone())));
      }
    }
    Metric.of(kind)
        .filter(metric -> metric.per().contains("loadBalancer") && !isSpared(metric.measure()))
        .forEach(metric -> queries.add(new Query(metric, null, null)));
    Metric.of(kind)
        .filter(metric -> metric.per().contains("targetGroup") && !isSpared(metric.measure()))
        .forEach(
            metric ->
                groups.stream()
                    .filter(group -> isWanted(metric.measure(), group))
                    .forEach(group -> queries.add(new Query(metric, group, null))));
    return queries.stream().distinct().limit(MOST).toList();
  }

  /// Whether no check needs it for these alarms. An Application Load Balancer has so many metrics
  /// that reading all of them would be most of what an alarm costs.
  private boolean isSpared(Measure measure) {
    if (alarmed.isEmpty() || alarmed.contains(measure)) {
      return false;
    }
    return kind == Kind.APPLICATION
        && switch (measure) {
          case LB_4XX ->
              !alarmsOn(OWN_ERRORS)
                  && !alarmsOn(
                      EnumSet.of(
                          Measure.CONNECTION_ERRORS, Measure.REQUESTS, Measure.RESPONSE_TIME));
          case LB_500 -> !alarmed.contains(Measure.LB_5XX);
          case LB_5XX -> !alarmed.contains(Measure.LB_500);
          case AUTHENTICATION_ERRORS ->
              groups.size() > FEW_GROUPS || !alarmsOn(EnumSet.of(Measure.LB_5XX, Measure.LB_500));
          case TARGET_3XX, TARGET_4XX -> !alarmsOn(ANSWERS);
          case HEALTHY_TARGETS, CLIENT_TLS_ERRORS, SENT_TO_UNHEALTHY -> true;
          case REJECTED_CONNECTIONS ->
              alarmsOn(EnumSet.of(Measure.UNHEALTHY_TARGETS, Measure.HEALTHY_TARGETS));
          default -> false;
        };
  }

  private boolean alarmsOn(Set<Measure> some) {
    return alarmed.stream().anyMatch(some::contains);
  }

  /// Of a group that no alarm names, what tells which part of the trouble is there.
  private boolean isWanted(Measure measure, String group) {
    return switch (measure) {
      case TARGET_2XX -> named.contains(group) && groups.size() > 1 && alarmsOn(HEALTH);
      case FUNCTION_ERRORS, FUNCTION_INTERNAL_ERRORS -> functions.contains(group);
      default ->
          named.contains(group)
              || wide.contains(measure)
              || (measure == Measure.CONNECTION_ERRORS
                  && (alarmed.isEmpty() || wide.stream().anyMatch(OWN_ERRORS::contains)))
              || (measure == Measure.UNHEALTHY_TARGETS && isAmongFirst(group));
    };
  }

  private boolean isAmongFirst(String group) {
    return kind != Kind.APPLICATION || (named.isEmpty() && groups.indexOf(group) < MOST_UNHEALTHY);
  }

  static Asked asked(Query query, Incident incident) {
    List<Dimension> dimensions = new ArrayList<>();
    if (query.zone() != null) {
      dimensions.add(MetricData.dimension("AvailabilityZone", query.zone()));
    }
    String arn = incident.loadBalancer().arn();
    dimensions.add(
        query.metric().kind() == Kind.CLASSIC
            ? MetricData.dimension("LoadBalancerName", incident.loadBalancer().name())
            : MetricData.dimension("LoadBalancer", arn.substring(arn.indexOf('/') + 1)));
    if (query.targetGroup() != null) {
      String group = query.targetGroup();
      dimensions.add(
          MetricData.dimension("TargetGroup", group.substring(group.lastIndexOf(':') + 1)));
    }
    return new Asked(
        query.metric().namespace(), query.metric().name(), query.metric().statistic(), dimensions);
  }
}
