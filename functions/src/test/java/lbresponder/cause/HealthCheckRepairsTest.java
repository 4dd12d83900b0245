package lbresponder.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.diagnosis.Diagnosis.Fix;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Protocol;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;

/// What is offered where a health check is at fault, and what that can look like.
class HealthCheckRepairsTest {
  private static List<Repair> repairs(Situation situation) {
    return ((Verdict.Cause) situation.examine(new HealthCheckMisconfigured())).repairs();
  }

  @Test
  void aRedirectIsAcceptedAndARefusalNeedsAnotherPath() {
    Repair otherPath =
        new Repair.ChangeHealthCheck("tg", "<path the targets answer with success>", null, null);
    assertThat(repairs(HealthCheckMisconfiguredTest.answering(new Situation(), "302 301")))
        .containsExactly(new Repair.ChangeHealthCheck("tg", null, "200,301,302", null));
    assertThat(repairs(HealthCheckMisconfiguredTest.answering(new Situation(), "301 404")))
        .containsExactly(otherPath);
    assertThat(repairs(HealthCheckMisconfiguredTest.answering(new Situation(), "300 399")))
        .containsExactly(new Repair.ChangeHealthCheck("tg", null, "200,300,399", null));
    assertThat(
            repairs(
                HealthCheckMisconfiguredTest.refused(
                    new Situation(), Vantage.HERE, "5 Answered 299")))
        .containsExactly(otherPath);
    assertThat(
            repairs(
                HealthCheckMisconfiguredTest.answering(new Situation(), "301")
                    .groups(SituationWiring.checking("/health", null))))
        .containsExactly(new Repair.ChangeHealthCheck("tg", null, "301", null));
    assertThat(repairs(HealthCheckMisconfiguredTest.refused(new Situation(), Vantage.HERE)))
        .containsExactly(otherPath);
    assertThat(repairs(HealthCheckMisconfiguredTest.plain(new Situation())))
        .containsExactly(new Repair.ChangeHealthCheck("tg", null, null, Protocol.HTTP));
  }

  @Test
  void acceptingTheRedirectEndsIt() {
    Situation situation =
        HealthCheckMisconfiguredTest.answering(
            new Situation().alarmOn(Measure.UNHEALTHY_TARGETS), "301");
    assertThat(situation.diagnose().causes().getFirst())
        .satisfies(
            finding -> {
              assertThat(finding.check().id()).isEqualTo("HealthCheckMisconfigured");
              assertThat(finding.fix()).isEqualTo(Fix.CHECKED);
            });
  }

  @Test
  void theCheckIsTurnedToTheTrafficPortWhereThatWorks() {
    Repair repair = new Repair.CheckTrafficPort("tg");
    assertThat(
            cause(
                    HealthCheckPortDiffersTest.probed(
                        failing(), Vantage.LOAD_BALANCER, "5 Answered 200", "5 Refused"))
                .repairs())
        .containsExactly(repair);
    assertThat(
            cause(
                    HealthCheckPortDiffersTest.probed(
                        failing(), Vantage.LOAD_BALANCER, "5 Refused", "5 Answered 200"))
                .repairs())
        .isEmpty();
    assertThat(cause(HealthCheckPortDiffersTest.served(new Situation())).repairs())
        .containsExactly(repair);
    assertThat(cause(HealthCheckPortDiffersTest.dead(new Situation())).repairs()).isEmpty();
  }

  @Test
  void whatItLooksLikeByThePortThatIsDead() {
    assertThat(
            cause(
                    HealthCheckPortDiffersTest.probed(
                        failing(), Vantage.LOAD_BALANCER, "5 Answered 200", "5 Refused"))
                .symptoms())
        .isEqualTo(Set.of(Symptom.UNHEALTHY));
    assertThat(
            cause(
                    HealthCheckPortDiffersTest.probed(
                        failing(), Vantage.LOAD_BALANCER, "5 Refused", "5 Answered 200"))
                .symptoms())
        .isEqualTo(Set.of(Symptom.REFUSED, Symptom.TIMEOUT, Symptom.RESET));
    assertThat(cause(HealthCheckPortDiffersTest.served(new Situation())).symptoms())
        .isEqualTo(Set.of(Symptom.UNHEALTHY));
    assertThat(cause(HealthCheckPortDiffersTest.dead(new Situation())).symptoms())
        .isEqualTo(Set.of(Symptom.REFUSED, Symptom.TIMEOUT));
  }

  private static Situation failing() {
    return HealthCheckPortDiffersTest.apart(new Situation()).failing(Reason.REFUSED, "i-1");
  }

  private static Verdict.Cause cause(Situation situation) {
    return (Verdict.Cause) situation.examine(new HealthCheckPortDiffers());
  }
}
