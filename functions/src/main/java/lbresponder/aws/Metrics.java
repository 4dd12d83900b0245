package lbresponder.aws;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;

/// The metrics of load balancers, as the resource `metrics.json` lists them.
///
/// @param recognised those an alarm may watch
/// @param context those that are only read beside them
record Metrics(List<Metric> recognised, List<Metric> context) {

  static final Metrics ALL = load();

  /// @param zeroWhenAbsent true where AWS publishes it only when it is not zero
  /// @param per the dimension sets that are read
  record Metric(
      String namespace,
      Kind kind,
      String name,
      Measure measure,
      String statistic,
      boolean zeroWhenAbsent,
      List<Per> per) {}

  /// What a metric is split by; each combination is a metric of its own to CloudWatch, which
  /// aggregates none.
  enum Per {
    LOAD_BALANCER,
    TARGET_GROUP,
    ZONE
  }

  Optional<Metric> recognised(String namespace, String name) {
    return recognised.stream()
        .filter(metric -> metric.namespace().equals(namespace) && metric.name().equals(name))
        .findFirst();
  }

  Stream<Metric> of(Kind kind) {
    return Stream.concat(recognised.stream(), context.stream())
        .filter(metric -> metric.kind() == kind);
  }

  private static Metrics load() {
    try (InputStream json = Metrics.class.getResourceAsStream("/lbresponder/metrics.json")) {
      return new JsonMapper()
          .readValue(Objects.requireNonNull(json, "metrics.json"), Metrics.class);
    } catch (IOException broken) {
      throw new UncheckedIOException("metrics.json: " + broken.getMessage(), broken);
    }
  }
}
