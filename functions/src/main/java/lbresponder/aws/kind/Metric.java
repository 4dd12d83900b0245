package lbresponder.aws.kind;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Measure;

/// A CloudWatch metric of a load balancer, as `/lbresponder/metrics.json` lists them: the one place
/// that says which metrics exist, read by the alarm rule of the deployment too.
///
/// @param name as CloudWatch names it; unique within its namespace
/// @param statistic the one that answers "how bad was it" for one datapoint, e.g. `Sum`
/// @param zeroWhenAbsent true where it is published only when it is not zero
/// @param per what it is gathered for, of `loadBalancer`, `targetGroup` and `zone`. Only
///   combinations of dimensions that are published: CloudWatch adds up none by itself.
public record Metric(
    String namespace,
    Kind kind,
    String name,
    Measure measure,
    String statistic,
    boolean zeroWhenAbsent,
    List<String> per) {

  private static final Catalogue CATALOGUE = load("/lbresponder/metrics.json");

  /// Those an alarm may watch.
  public static final List<Metric> RECOGNISED = CATALOGUE.recognised();

  /// Those only gathered, to compare the others with: an alarm on them alone says nothing about the
  /// targets.
  public static final List<Metric> CONTEXT = CATALOGUE.context();

  public Metric {
    per = List.copyOf(per);
  }

  /// The metric of that name, recognised or context.
  public static Optional<Metric> find(String namespace, String name) {
    return all()
        .filter(metric -> metric.namespace.equals(namespace) && metric.name.equals(name))
        .findFirst();
  }

  /// Those of a kind of load balancer, recognised first.
  public static Stream<Metric> of(Kind kind) {
    return all().filter(metric -> metric.kind == kind);
  }

  /// What the metrics of a kind count.
  static Set<Measure> measures(Kind kind) {
    return of(kind).map(Metric::measure).collect(Collectors.toSet());
  }

  private static Stream<Metric> all() {
    return Stream.concat(RECOGNISED.stream(), CONTEXT.stream());
  }

  private record Catalogue(List<Metric> recognised, List<Metric> context) {}

  private static Catalogue load(String resource) {
    try (InputStream json =
        Objects.requireNonNull(Metric.class.getResourceAsStream(resource), resource)) {
      return new JsonMapper().readValue(json, Catalogue.class);
    } catch (IOException failure) {
      throw new UncheckedIOException(resource + " is part of this program", failure);
    }
  }
}
