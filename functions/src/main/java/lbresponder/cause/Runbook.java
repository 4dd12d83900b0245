package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.diagnosis.Weighing;
import lbresponder.facts.Facts;

/// The causes, the likeliest first.
public final class Runbook {
  private Runbook() {}

  /// Every check, in the order of likelihood that the vendors' guides give.
  public static final List<Check> CHECKS =
      List.of(
          new TargetOverloaded(),
          new CapacityAtMaximum(),
          new InstanceLimitsReached(),
          new WorkersExhausted(),
          new HotTarget(),
          new CrashLoop(),
          new KilledWhileStarting(),
          new NothingListening(),
          new TargetHangs(),
          new TargetResetsConnections(),
          new MalformedResponse(),
          new TlsMismatch(),
          new ProxyProtocolMismatch(),
          new TargetStopped(),
          new InstanceImpaired(),
          new SecurityGroupBlocks(),
          new NoTargets(),
          new StopsBeforeDrained(),
          new DeregistrationDelayTooShort(),
          new RolloutInProgress(),
          new StaleTargetAddress(),
          new HealthCheckMisconfigured(),
          new SecurityGroupBlocksHealthCheck(),
          new LoadBalancerEgressBlocks(),
          new NetworkAclBlocks(),
          new NoRoute(),
          new ClientPreservationBlocks(),
          new HairpinFails(),
          new HealthCheckPortDiffers(),
          new InnerLoadBalancerFails(),
          new HostSilent(),
          new NoServiceEndpoint(),
          new HostFirewallBlocks(),
          new TargetAnswersErrors(),
          new DependencyFails(),
          new LambdaTargetFails(),
          new RespondsTooSlowly(),
          new ClosesIdleConnectionsEarly(),
          new ProtocolVersionMismatch(),
          new TargetGroupWithoutListener(),
          new FixedResponse(),
          new AuthenticationFails(),
          new ZoneNotEnabled(),
          new ZoneWithoutTargets(),
          new LoadBalancerAtCapacity(),
          new SnatPortsExhausted(),
          new IdleFlowExpired(),
          new ClientRequestsRejected(),
          new TargetAnswersClientErrors(),
          new WeightZero(),
          new ZoneImpaired(),
          new ZonalShiftActive(),
          new SubnetOutOfAddresses(),
          new LoadBalancerImpaired(),
          new ClientsBlocked(),
          new LoadBalancerSubnetWithoutRoute(),
          new OnlyHealthChecksFail(),
          new AlreadyRecovered());

  /// Weighs the facts. Never throws: a check that fails is reported as one that could not tell.
  public static Diagnosis diagnose(Facts facts) {
    return Weighing.diagnose(CHECKS, facts);
  }
}
