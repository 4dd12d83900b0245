package lbresponder.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.diagnosis.Symptom;
import lbresponder.facts.Fleet;
import lbresponder.facts.Measure;
import lbresponder.facts.Network;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunbookTest {
  /// Every cause with what it can look like; several have less where they say so themselves.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # cause                        | symptoms
          TargetOverloaded               | TIMEOUT NO_TARGET SILENT OVERFLOW UNHEALTHY TLS TARGET_ERROR
          CapacityAtMaximum              | TIMEOUT NO_TARGET SILENT OVERFLOW UNHEALTHY
          CrashLoop                      | REFUSED RESET TIMEOUT SILENT NO_TARGET UNHEALTHY
          KilledWhileStarting            | REFUSED TIMEOUT RESET NO_TARGET UNHEALTHY
          NothingListening               | REFUSED UNHEALTHY
          TargetHangs                    | SILENT TIMEOUT TLS UNHEALTHY
          TargetResetsConnections        | RESET UNHEALTHY
          MalformedResponse              | BAD_ANSWER UNHEALTHY
          TlsMismatch                    | TLS RESET BAD_ANSWER UNHEALTHY
          ProxyProtocolMismatch          | RESET SILENT UNHEALTHY TLS BAD_ANSWER
          TargetStopped                  | NO_TARGET TIMEOUT REFUSED RESET SILENT OVERFLOW UNHEALTHY
          InstanceImpaired               | TIMEOUT SILENT REFUSED RESET UNHEALTHY NO_TARGET OVERFLOW
          SecurityGroupBlocks            | TIMEOUT SILENT UNHEALTHY NO_TARGET OVERFLOW
          NoTargets                      | NO_TARGET OVERFLOW
          RolloutInProgress              | REFUSED TIMEOUT RESET SILENT NO_TARGET UNHEALTHY
          StopsBeforeDrained             | REFUSED RESET TIMEOUT
          DeregistrationDelayTooShort    | RESET BAD_ANSWER
          HotTarget                      | TIMEOUT SILENT OVERFLOW UNHEALTHY TARGET_ERROR
          StaleTargetAddress             | TIMEOUT SILENT UNHEALTHY
          HealthCheckMisconfigured       | UNHEALTHY NO_TARGET
          SecurityGroupBlocksHealthCheck | TIMEOUT SILENT UNHEALTHY NO_TARGET OVERFLOW
          LoadBalancerEgressBlocks       | TIMEOUT SILENT UNHEALTHY NO_TARGET OVERFLOW
          NetworkAclBlocks               | TIMEOUT SILENT UNHEALTHY NO_TARGET OVERFLOW
          NoRoute                        | TIMEOUT SILENT UNHEALTHY NO_TARGET OVERFLOW
          ClientPreservationBlocks       | TIMEOUT
          HairpinFails                   | TIMEOUT RESET
          HealthCheckPortDiffers         | REFUSED TIMEOUT RESET UNHEALTHY
          HostSilent                     | TIMEOUT SILENT UNHEALTHY
          HostFirewallBlocks             | TIMEOUT REFUSED SILENT UNHEALTHY
          TargetAnswersErrors            | TARGET_ERROR UNHEALTHY
          DependencyFails                | UNHEALTHY TARGET_ERROR SILENT
          LambdaTargetFails              | BAD_ANSWER TARGET_ERROR UNHEALTHY
          RespondsTooSlowly              | SILENT
          ClosesIdleConnectionsEarly     | RESET BAD_ANSWER SILENT
          ProtocolVersionMismatch        | BAD_ANSWER RESET UNHEALTHY
          TargetGroupWithoutListener     | NO_TARGET UNHEALTHY
          AuthenticationFails            | INTERNAL
          ZoneNotEnabled                 | NO_TARGET UNHEALTHY
          ZoneWithoutTargets             | NO_TARGET
          LoadBalancerAtCapacity         | REJECTED
          SnatPortsExhausted             | PORTS
          IdleFlowExpired                | RESET
          ClientRequestsRejected         | CLIENT_ERROR
          TargetAnswersClientErrors      | TARGET_CLIENT_ERROR UNHEALTHY
          WeightZero                     | UNHEALTHY
          ZoneImpaired                   | TIMEOUT SILENT UNHEALTHY
          ZonalShiftActive               |
          SubnetOutOfAddresses           |
          ClientsBlocked                 | CLIENT_ERROR
          LoadBalancerSubnetWithoutRoute |
          OnlyHealthChecksFail           | REFUSED TIMEOUT
          """)
  void whatACauseCanLookLike(String cause, String symptoms) {
    Set<Symptom> expected =
        symptoms == null
            ? Set.of()
            : Arrays.stream(symptoms.split(" ", -1))
                .map(Symptom::valueOf)
                .collect(Collectors.toSet());
    assertThat(Runbook.CHECKS)
        .filteredOn(check -> check.id().equals(cause))
        .singleElement()
        .satisfies(check -> assertThat(check.symptoms()).isEqualTo(expected));
  }

  @Test
  void whatIsOverCanHaveLookedLikeAnything() {
    assertThat(Runbook.CHECKS.getLast().symptoms()).containsExactlyInAnyOrder(Symptom.values());
  }

  @Test
  void wellIsNoCause() {
    Diagnosis asked = new Situation().asked().diagnose();
    assertThat(asked.causes()).isEmpty();
    assertThat(asked.sideFindings()).isEmpty();
    List<String> unread = asked.unknown().stream().map(unknown -> unknown.check().id()).toList();
    assertThat(unread)
        .containsExactly(
            "InstanceLimitsReached",
            "NothingListening",
            "TargetHangs",
            "TargetResetsConnections",
            "MalformedResponse",
            "HostSilent",
            "HostFirewallBlocks",
            "ClosesIdleConnectionsEarly");
  }

  @Test
  void everyCheckAnswersWhateverIsUnread() {
    Situation unread =
        new Situation()
            .failing(Reason.TIMED_OUT, "i-1")
            .load(load -> load.unread())
            .fleet(_ -> Fleet.unknown(Situation.UNREAD))
            .network(_ -> Network.unknown(Situation.UNREAD))
            .alarmOn(Measure.CONNECTION_ERRORS);
    Diagnosis diagnosis = unread.diagnose();
    assertThat(diagnosis.unknown())
        .noneMatch(unknown -> unknown.missing().startsWith("check failed"));
    assertThat(Runbook.CHECKS.stream().map(Check::title).distinct()).hasSize(Runbook.CHECKS.size());
  }
}
