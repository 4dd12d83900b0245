package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lbresponder.IncidentsTest.Replayed;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.evidence.Case;
import lbresponder.facts.Facts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What has been wrong for days beside each recorded incident moves no headline and proves nothing
/// new. What is possible at most is no claim, and may change places. Left out are incidents whose
/// own metric shows no beginning: there what is old may be why.
class OldNoiseTest {
  @ParameterizedTest
  @EnumSource(OldNoise.class)
  @Tag("all-incidents")
  void whatIsOldMovesNoHeadline(OldNoise noise) {
    List<String> moved = new ArrayList<>();
    int tried = 0;
    for (Replayed one : IncidentsTest.replayed()) {
      Facts noisy = noise.beside(one.facts());
      boolean began = Case.of(one.facts()).counts().onset().isPresent();
      String name = one.file().getFileName().toString();
      boolean apart = !one.folder().equals(noise.like());
      if (began && apart && !noisy.equals(one.facts())) {
        Diagnosis with = Runbook.diagnose(noisy);
        if (!isTheSame(one.diagnosis(), with)) {
          moved.add("%s: %s became %s".formatted(name, sure(one.diagnosis()), sure(with)));
        }
        tried++;
      }
    }
    System.out.printf("%s beside %d incidents%n", noise, tried);
    assertThat(tried).isPositive();
    assertThat(moved).as("%s", noise).isEmpty();
  }

  /// Whether what led above the possible still leads, and nothing new does.
  private static boolean isTheSame(Diagnosis before, Diagnosis with) {
    List<String> headline = sure(before).stream().limit(1).toList();
    List<String> leads =
        with.causes().stream().limit(headline.size()).map(one -> one.check().id()).toList();
    return leads.equals(headline) && sure(before).containsAll(sure(with));
  }

  private static List<String> sure(Diagnosis diagnosis) {
    return IncidentsTest.sure(diagnosis).stream().map(finding -> finding.check().id()).toList();
  }
}
