package lbresponder.aws.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.facts.Measure;
import org.junit.jupiter.api.Test;

class MetricTest {

  @Test
  void findsRecognisedAndContextMetricsByTheirNamespace() {
    assertThat(Metric.find("AWS/ELB", "BackendConnectionErrors"))
        .contains(
            new Metric(
                "AWS/ELB",
                Kind.CLASSIC,
                "BackendConnectionErrors",
                Measure.CONNECTION_ERRORS,
                "Sum",
                true,
                List.of("loadBalancer", "zone")));
    assertThat(Metric.find("AWS/NetworkELB", "NewFlowCount").map(Metric::measure))
        .contains(Measure.REQUESTS);
    assertThat(Metric.find("AWS/ELB", "TargetConnectionErrorCount")).isEmpty();
  }

  @Test
  void namesEachMetricOnceAndEachDimensionSetKnown() {
    List<Metric> all = Stream.of(Metric.RECOGNISED, Metric.CONTEXT).flatMap(List::stream).toList();
    Set<String> names = new HashSet<>();
    for (Metric metric : all) {
      assertThat(names.add(metric.namespace() + " " + metric.name())).as("%s", metric).isTrue();
      assertThat(metric.per()).isNotEmpty().isSubsetOf("loadBalancer", "targetGroup", "zone");
    }
  }
}
