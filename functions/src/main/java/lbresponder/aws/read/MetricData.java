package lbresponder.aws.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import lbresponder.facts.Known;
import lbresponder.facts.Load.Point;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/// Reads many metrics in one call.
final class MetricData {
  static final String ACTION = "cloudwatch:GetMetricData";

  private final Map<String, List<Point>> points = new HashMap<>();
  private final Map<String, StatusCode> broken = new HashMap<>();

  private MetricData() {}

  /// One metric with one set of dimensions.
  record Asked(String namespace, String name, String statistic, List<Dimension> dimensions) {
    private MetricDataQuery query(int index, int period) {
      return MetricDataQuery.builder()
          .id("q" + index)
          .metricStat(
              stat ->
                  stat.metric(
                          metric ->
                              metric.namespace(namespace).metricName(name).dimensions(dimensions))
                      .period(period)
                      .stat(statistic))
          .build();
    }
  }

  static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  /// @param asked at most 500
  static MetricData read(CloudWatchClient cloudwatch, Times times, List<Asked> asked) {
    GetMetricDataRequest request =
        GetMetricDataRequest.builder()
            .startTime(times.baseline().from())
            .endTime(times.incident().to())
            .metricDataQueries(
                IntStream.range(0, asked.size())
                    .mapToObj(i -> asked.get(i).query(i, times.seconds()))
                    .toList())
            .build();
    MetricData answers = new MetricData();
    cloudwatch.getMetricDataPaginator(request).stream()
        .forEach(page -> page.metricDataResults().forEach(answers::add));
    return answers;
  }

  private void add(MetricDataResult result) {
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

  /// The datapoints of what was asked at this place, oldest first.
  ///
  /// @param zeroWhenAbsent as in {@link lbresponder.facts.Load.Series}
  Known<List<Point>> points(int index, String name, boolean zeroWhenAbsent) {
    String id = "q" + index;
    List<Point> read = points.get(id);
    if (broken.containsKey(id) || read == null) {
      return Known.unknown(
          "%s: %s for %s".formatted(ACTION, Objects.toString(broken.get(id), "no answer"), name));
    }
    if (read.isEmpty() && !zeroWhenAbsent) {
      return Known.unknown(name + " was not published at all in this time");
    }
    return Known.of(read.stream().sorted(Comparator.comparing(Point::at)).toList());
  }
}
