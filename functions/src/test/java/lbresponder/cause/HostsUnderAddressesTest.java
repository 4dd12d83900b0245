package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationFleet.host;
import static lbresponder.testing.SituationFleet.statusCheck;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Host;
import lbresponder.facts.Instance.State;
import lbresponder.facts.Known;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Machines that carry the addresses of containers.
class HostsUnderAddressesTest {
  private static final Host RUNNING = host("i-9", State.RUNNING, "10.1.0.1");
  private static final Host STOPPED = host("i-9", State.STOPPED, "10.1.0.1");

  @ParameterizedTest
  @MethodSource
  void targetStopped(SituationRow row) {
    row.holdsFor(new TargetStopped());
  }

  static List<SituationRow> targetStopped() {
    return List.of(
        row(PROVEN, "its node is stopped", s -> containers(s, Known.of(List.of(STOPPED))))
            .saying("10.1.0.1:8080 is on i-9, which is stopped", "[10.1.0.1:8080]"),
        row(RULED_OUT, "its node runs", s -> containers(s, Known.of(List.of(RUNNING)))),
        row(RULED_OUT, "it is on no machine", s -> containers(s, Known.of(List.of()))),
        row(UNKNOWN, "nobody looked", s -> containers(s, Known.unknown(UNREAD))).saying(UNREAD),
        row(
            RULED_OUT,
            "nobody looked, and none fails",
            s -> containers(s, Known.unknown(UNREAD)).targets(SituationWiring.target("10.1.0.1"))));
  }

  @ParameterizedTest
  @MethodSource
  void instanceImpaired(SituationRow row) {
    row.holdsFor(new InstanceImpaired());
  }

  static List<SituationRow> instanceImpaired() {
    return List.of(
        row(PROVEN, "its node is impaired", s -> checked(s, Subject.HOST))
            .saying("i-9, which carries 10.1.0.1: the system status check is impaired"),
        row(LIKELY, "its node's volumes are", s -> checked(s, Subject.VOLUMES))
            .saying("the attached volumes' status check is impaired"),
        row(UNKNOWN, "its node was not asked", s -> containers(s, Known.of(List.of(RUNNING))))
            .saying("the status checks of i-9"),
        row(UNKNOWN, "nobody looked", s -> containers(s, Known.unknown(UNREAD))),
        row(RULED_OUT, "it is on no machine", s -> containers(s, Known.of(List.of()))));
  }

  /// It carries more than these targets.
  @Test
  void aNodeIsNeitherStartedNorRestartedNorItsContainersTakenOut() {
    Verdict stopped =
        containers(new Situation(), Known.of(List.of(STOPPED))).examine(new TargetStopped());
    Verdict impaired = checked(new Situation(), Subject.HOST).examine(new InstanceImpaired());
    assertThat(((Verdict.Cause) stopped).repairs()).isEmpty();
    assertThat(((Verdict.Cause) impaired).repairs()).isEmpty();
  }

  private static Situation checked(Situation situation, Subject impaired) {
    return containers(situation, Known.of(List.of(RUNNING)))
        .fleet(
            fleet ->
                fleet.withStatusChecks(
                    Known.of(
                        List.of(
                            statusCheck("i-9", Subject.MACHINE, StatusCheck.State.OK),
                            statusCheck("i-9", impaired, StatusCheck.State.IMPAIRED)))));
  }

  /// One container that does not answer.
  private static Situation containers(Situation situation, Known<List<Host>> hosts) {
    return situation
        .group("tg", group -> group.withTargetType(TargetType.ADDRESS))
        .targets(SituationWiring.target("10.1.0.1"))
        .failing(Reason.TIMED_OUT, "10.1.0.1")
        .fleet(fleet -> fleet.withHosts(hosts));
  }
}
