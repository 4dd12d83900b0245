package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import lbresponder.cause.Runbook;
import lbresponder.facts.Facts;
import org.junit.jupiter.api.Test;

/// What becomes of the recorded incidents when one of their facts could not be read.
class HiddenFactsTest {
  /// Where a cause is proven by what is hidden all the same: each is to be mended, none to be
  /// added.
  private static final Set<String> STILL =
      Set.of(
          "a-redirect-to-https-that-loops.txt: HealthCheckMisconfigured",
          "an-image-without-the-application.txt: HealthCheckMisconfigured",
          "everything-answers-404-since-the-deployment.txt: HealthCheckMisconfigured",
          "killed-for-an-acl-that-denies-their-subnet.txt: KilledWhileStarting",
          "one-of-three-does-not-read-the-header.txt: TargetResetsConnections");

  /// Nothing that is hidden may make a cause: "could not look" is never evidence. A fault that was
  /// proven and set aside may lose the reason to be set aside.
  @Test
  void hidingAFactProvesNothing() {
    int hidden = 0;
    Set<String> proven = new TreeSet<>();
    for (IncidentsTest.Replayed one : IncidentsTest.replayed()) {
      Set<String> before = IncidentsTest.names(IncidentsTest.sure(one.diagnosis()));
      before.addAll(IncidentsTest.names(one.diagnosis().sideFindings()));
      for (Facts less : Hiding.eachFactOf(one.facts()).toList()) {
        Set<String> after = IncidentsTest.names(IncidentsTest.sure(Runbook.diagnose(less)));
        after.removeAll(before);
        after.forEach(cause -> proven.add("%s: %s".formatted(one.file().getFileName(), cause)));
        hidden++;
      }
    }
    System.out.printf("%d facts hidden, one at a time%n", hidden);
    assertThat(hidden).isGreaterThan(500);
    assertThat(proven).as("proven without a fact").isEqualTo(STILL);
  }
}
