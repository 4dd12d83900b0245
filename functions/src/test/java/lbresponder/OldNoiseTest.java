package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.IncidentsTest.Replayed;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.facts.Facts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What has been wrong for days beside each recorded incident moves no headline and proves nothing
/// new.
class OldNoiseTest {
  @ParameterizedTest
  @EnumSource(OldNoise.class)
  @Tag("all-incidents")
  void whatIsOldMovesNoHeadline(OldNoise noise) {
    int tried = 0;
    for (Replayed one : IncidentsTest.replayed()) {
      if (one.facts().targetGroups().isEmpty()
          || one.facts().incident().loadBalancer().kind().equals("classic")) {
        continue;
      }
      Facts noisy = noise.beside(one.facts());
      if (!noisy.equals(one.facts())) {
        hold(noise, one, Runbook.diagnose(noisy));
        tried++;
      }
    }
    System.out.printf("%s beside %d incidents%n", noise, tried);
    assertThat(tried).isPositive();
  }

  private static void hold(OldNoise noise, Replayed one, Diagnosis noisy) {
    assertThat(headline(noisy))
        .as("%s in %s", noise, one.file())
        .isEqualTo(headline(one.diagnosis()));
    Set<String> more = IncidentsTest.names(IncidentsTest.sure(noisy));
    more.removeAll(IncidentsTest.names(IncidentsTest.sure(one.diagnosis())));
    assertThat(more).as("%s in %s", noise, one.file()).isEmpty();
  }

  private static List<String> headline(Diagnosis diagnosis) {
    return diagnosis.causes().stream().limit(1).map(finding -> finding.check().id()).toList();
  }
}
