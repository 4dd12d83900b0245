package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import lbresponder.cause.Runbook;
import lbresponder.facts.Facts;
import org.junit.jupiter.api.Test;

/// What becomes of the recorded incidents when one of their facts could not be read.
class HiddenFactsTest {
  /// Nothing that is hidden may make a cause: "could not look" is never evidence. A fault that was
  /// proven and set aside may lose the reason to be set aside.
  @Test
  void hidingAFactProvesNothing() {
    int hidden = 0;
    for (IncidentsTest.Replayed one : IncidentsTest.replayed()) {
      Set<String> before = IncidentsTest.names(IncidentsTest.sure(one.diagnosis()));
      before.addAll(IncidentsTest.names(one.diagnosis().sideFindings()));
      for (Facts less : Hiding.eachFactOf(one.facts()).toList()) {
        Set<String> after = IncidentsTest.names(IncidentsTest.sure(Runbook.diagnose(less)));
        after.removeAll(before);
        assertThat(after).as("%s without a fact", one.file()).isEmpty();
        hidden++;
      }
    }
    System.out.printf("%d facts hidden, one at a time%n", hidden);
    assertThat(hidden).isGreaterThan(500);
  }
}
