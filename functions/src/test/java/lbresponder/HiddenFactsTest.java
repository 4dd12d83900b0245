package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Diagnosis;
import org.junit.jupiter.api.Test;

/// What becomes of the recorded incidents when one of their facts could not be read: "could not
/// look" is evidence of nothing.
class HiddenFactsTest {
  @Test
  void hidingAFactAccusesAndAcquitsNobody() {
    int hidden = 0;
    Set<String> wrong = new TreeSet<>();
    for (IncidentsTest.Replayed one : IncidentsTest.replayed()) {
      for (Hiding.Less less : Hiding.eachFactOf(one.facts()).toList()) {
        Diagnosis after = Runbook.diagnose(less.facts());
        String where = "%s without %s: ".formatted(one.file().getFileName(), less.name());
        accused(one.diagnosis(), after).forEach(id -> wrong.add(where + id + " accused"));
        acquitted(one, after).forEach(id -> wrong.add(where + id + " ruled out"));
        hidden++;
      }
    }
    System.out.printf("%d facts hidden, one at a time%n", hidden);
    assertThat(wrong).isEmpty();
    assertThat(hidden).isGreaterThan(500);
  }

  /// A fault that was proven and set aside may lose the reason to be set aside.
  private static Set<String> accused(Diagnosis before, Diagnosis after) {
    Set<String> accused = IncidentsTest.names(IncidentsTest.sure(after));
    accused.removeAll(IncidentsTest.names(IncidentsTest.sure(before)));
    accused.removeAll(IncidentsTest.names(before.sideFindings()));
    return accused;
  }

  /// What an incident calls no cause of it may be ruled out.
  private static Set<String> acquitted(IncidentsTest.Replayed one, Diagnosis after) {
    Set<String> acquitted = IncidentsTest.names(one.diagnosis().causes());
    acquitted.removeAll(Promise.of(one.incident().situation()).not());
    acquitted.retainAll(
        after.ruledOut().stream().map(out -> out.check().id()).collect(Collectors.toSet()));
    return acquitted;
  }
}
