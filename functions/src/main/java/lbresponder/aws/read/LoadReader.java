package lbresponder.aws.read;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.kind.Metric;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/// Reads the metrics of the incident and of an ordinary hour before it, in one call.
final class LoadReader {
  static final String ACTION = "cloudwatch:GetMetricData";

  private static final Duration BASELINE = Duration.ofMinutes(60);

  /// Between the baseline and the incident, so that the first signs of trouble are not taken for
  /// ordinary.
  private static final Duration GAP = Duration.ofMinutes(5);

  /// Before the state changed, where the alarm does not tell which datapoints it looked at.
  private static final Duration LOOKED_AT = Duration.ofMinutes(5);

  /// Where nobody alarmed.
  private static final Duration LATELY = Duration.ofMinutes(15);

  /// Load balancers report once a minute, and a datapoint may take two more to be complete.
  private static final Duration SETTLES = Duration.ofMinutes(3);

  /// GetMetricData takes so many.
  private static final int MOST_QUERIES = 500;

  private LoadReader() {}

  /// One metric with one set of dimensions.
  private record Query(Metric metric, @Nullable String targetGroup, @Nullable String zone) {}

  /// The incident and the time before it, in datapoints of so many seconds.
  private record Times(Window incident, Window baseline, int seconds, Instant settled) {
    static Times of(Incident incident, Instant now) {
      Instant began =
          incident.alarms().stream()
              .map(LoadReader::began)
              .min(Comparator.naturalOrder())
              .orElse(now.minus(LATELY));
      // An alarm's time may lie ahead of this machine's clock.
      Instant from = began.isBefore(now) ? began : now.minus(LOOKED_AT);
      int period = period(Duration.between(from, now));
      Window window = new Window(floor(from, period), floor(now, period).plusSeconds(period));
      Instant before = window.from().minus(GAP);
      Window baseline = new Window(floor(before.minus(BASELINE), period), floor(before, period));
      return new Times(window, baseline, period, floor(now.minus(SETTLES), period));
    }
  }

  /// Each metric asked for costs, calls do not: of target groups that no alarm names only what
  /// tells where it fails is read, and zones only where an alarm is limited to one.
  ///
  /// @param targetGroups ids, those that matter most first
  /// @param functions ids of those that hold functions
  static Load read(
      CloudWatchClient cloudwatch,
      Incident incident,
      Instant now,
      List<String> targetGroups,
      Set<String> functions) {
    Times times = Times.of(incident, now);
    List<Query> queries = queries(incident, targetGroups, functions);
    GetMetricDataRequest request =
        GetMetricDataRequest.builder()
            .startTime(times.baseline().from())
            .endTime(times.incident().to())
            .metricDataQueries(
                IntStream.range(0, queries.size())
                    .mapToObj(i -> query(i, queries.get(i), incident, times.seconds()))
                    .toList())
            .build();
    Answers answers = new Answers();
    cloudwatch.getMetricDataPaginator(request).stream()
        .forEach(page -> page.metricDataResults().forEach(answers::add));
    List<Series> series =
        IntStream.range(0, queries.size())
            .mapToObj(i -> answers.series(i, queries.get(i)))
            .toList();
    return new Load(times.incident(), times.baseline(), times.seconds(), times.settled(), series);
  }

  private static Instant began(Alarm alarm) {
    return alarm.evaluatedFrom() == null
        ? alarm.changedAt().minus(LOOKED_AT)
        : alarm.evaluatedFrom();
  }

  /// CloudWatch answers 100,800 datapoints at most: the longer ago, the coarser.
  private static int period(Duration span) {
    if (span.compareTo(Duration.ofHours(6)) <= 0) {
      return 60;
    }
    return span.compareTo(Duration.ofHours(36)) <= 0 ? 300 : 3600;
  }

  private static Instant floor(Instant instant, int period) {
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), period) * period);
  }

  private static List<Query> queries(
      Incident incident, List<String> targetGroups, Set<String> functions) {
    List<Query> queries = new ArrayList<>();
    Set<String> named =
        incident.alarms().stream()
            .flatMap(alarm -> alarm.watches().stream())
            .flatMap(watch -> Stream.ofNullable(watch.targetGroup()))
            .collect(Collectors.toSet());
    for (Alarm alarm : incident.alarms()) {
      for (Alarm.Watch watch : alarm.watches()) {
        Metric.find(watch.namespace(), watch.metric())
            .ifPresent(metric -> queries.add(new Query(metric, watch.targetGroup(), watch.zone())));
      }
    }
    Metric.of(Kind.of(incident.loadBalancer()))
        .forEach(
            metric -> {
              if (metric.per().contains("loadBalancer")) {
                queries.add(new Query(metric, null, null));
              }
              if (metric.per().contains("targetGroup")) {
                targetGroups.stream()
                    .filter(id -> isWanted(metric, id, named, functions))
                    .forEach(id -> queries.add(new Query(metric, id, null)));
              }
            });
    return queries.stream().distinct().limit(MOST_QUERIES).toList();
  }

  private static boolean isWanted(
      Metric metric, String group, Set<String> named, Set<String> functions) {
    return switch (metric.measure()) {
      case FUNCTION_ERRORS, FUNCTION_INTERNAL_ERRORS -> functions.contains(group);
      case CONNECTION_ERRORS, UNHEALTHY_TARGETS -> true;
      default -> named.contains(group);
    };
  }

  private static MetricDataQuery query(int index, Query query, Incident incident, int period) {
    List<Dimension> dimensions = new ArrayList<>();
    if (query.zone() != null) {
      dimensions.add(dimension("AvailabilityZone", query.zone()));
    }
    String arn = incident.loadBalancer().arn();
    if (query.metric().kind() == Kind.CLASSIC) {
      dimensions.add(dimension("LoadBalancerName", incident.loadBalancer().name()));
    } else {
      dimensions.add(dimension("LoadBalancer", arn.substring(arn.indexOf('/') + 1)));
    }
    if (query.targetGroup() != null) {
      String group = query.targetGroup();
      dimensions.add(dimension("TargetGroup", group.substring(group.lastIndexOf(':') + 1)));
    }
    return MetricDataQuery.builder()
        .id("q" + index)
        .metricStat(
            stat ->
                stat.metric(
                        metric ->
                            metric
                                .namespace(query.metric().namespace())
                                .metricName(query.metric().name())
                                .dimensions(dimensions))
                    .period(period)
                    .stat(query.metric().statistic()))
        .build();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  /// The results of all pages, by query.
  private static final class Answers {
    private final Map<String, List<Point>> points = new HashMap<>();
    private final Map<String, StatusCode> broken = new HashMap<>();

    void add(MetricDataResult result) {
      List<Point> all = points.computeIfAbsent(result.id(), _ -> new ArrayList<>());
      int count = Math.min(result.timestamps().size(), result.values().size());
      for (int i = 0; i < count; i++) {
        double value = result.values().get(i);
        if (Double.isFinite(value)) {
          all.add(new Point(result.timestamps().get(i), value));
        }
      }
      StatusCode status = result.statusCode();
      if (status == StatusCode.FORBIDDEN || status == StatusCode.INTERNAL_ERROR) {
        broken.put(result.id(), status);
      }
    }

    Series series(int index, Query query) {
      Metric metric = query.metric();
      return new Series(
          metric.measure(),
          metric.name(),
          query.targetGroup(),
          query.zone(),
          metric.statistic(),
          metric.zeroWhenAbsent(),
          points("q" + index, metric));
    }

    private Known<List<Point>> points(String id, Metric metric) {
      List<Point> read = points.get(id);
      if (broken.containsKey(id) || read == null) {
        return Known.unknown(
            "%s: %s for %s"
                .formatted(ACTION, Objects.toString(broken.get(id), "no answer"), metric.name()));
      }
      if (read.isEmpty() && !metric.zeroWhenAbsent()) {
        return Known.unknown(metric.name() + " was not published at all in this time");
      }
      return Known.of(read.stream().sorted(Comparator.comparing(Point::at)).toList());
    }
  }
}
