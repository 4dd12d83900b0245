package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.IncidentsTest.Replayed;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// What recorded incidents promise in their first lines holds, whatever their reports say: an
/// expected report is rewritten in a moment, a promise is not.
class PromisesTest {
  @TestFactory
  @Tag("all-incidents")
  Stream<DynamicTest> whatAnIncidentPromisesHolds() {
    return IncidentsTest.replayed().stream()
        .map(one -> DynamicTest.dynamicTest(RecordedFacts.name(one.file()), () -> holds(one)));
  }

  private static void holds(Replayed one) {
    String situation = one.incident().situation();
    Promise promise = Promise.of(situation);
    Diagnosis diagnosis = one.diagnosis();
    List<Finding> sure = IncidentsTest.sure(diagnosis);
    if (!promise.leads().isEmpty()) {
      assertThat(leading(diagnosis, sure))
          .as("one of %s leads %s: %s", promise.leads(), told(diagnosis.causes()), situation)
          .containsAnyElementsOf(promise.leads());
    }
    assertThat(sure)
        .as("none of %s is a cause: %s", promise.not(), situation)
        .filteredOn(finding -> promise.not().contains(finding.check().id()))
        .extracting(finding -> told(List.of(finding)))
        .isEmpty();
    Set<String> in = new HashSet<>(promise.neverOut());
    in.addAll(promise.leads());
    assertThat(diagnosis.ruledOut())
        .as("none of %s is ruled out: %s", in, situation)
        .filteredOn(out -> in.contains(out.check().id()))
        .extracting(out -> "%s: %s".formatted(out.check().id(), out.because()))
        .isEmpty();
  }

  /// The first cause, and `nothing` where none is more than possible.
  private static Set<String> leading(Diagnosis diagnosis, List<Finding> sure) {
    Set<String> leading = new HashSet<>();
    diagnosis.causes().stream().limit(1).forEach(first -> leading.add(first.check().id()));
    if (sure.isEmpty()) {
      leading.add(Promise.NOTHING);
    }
    return leading;
  }

  private static List<String> told(List<Finding> findings) {
    return findings.stream()
        .map(finding -> "%s %s".formatted(finding.check().id(), finding.cause().confidence()))
        .toList();
  }
}
