package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.facts.Facts;
import lbresponder.testing.Interfering;
import lbresponder.testing.World;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/// Rules that block, found by what is read through the real SDK.
class RulesIT extends Emulated {
  /// The emulator connects nothing: that the target times out is put in its place.
  private static String leading(String event) {
    return leading(event, withFailures());
  }

  private static String leading(String event, Interfering network) {
    Facts facts = gather(event, network, Duration.ofSeconds(20));
    Diagnosis.Finding first = Runbook.diagnose(facts).causes().getFirst();
    return "%s %s %s"
        .formatted(
            first.check().id(),
            first.cause().confidence(),
            first.cause().repairs().stream()
                .flatMap(repair -> new AwsProvider().commands(repair, facts).stream())
                .map(command -> command.replaceFirst(" --region.*", ""))
                .distinct()
                .toList());
  }

  @Test
  void rulesThatBlockAreFoundOnEveryKind() {
    World world = new World(endpoint, 2);
    String own = world.securityGroup("load-balancer");
    String targets = world.securityGroup("targets");
    world.wear(targets);
    String loadBalancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    world.elbv2.setSecurityGroups(call -> call.loadBalancerArn(loadBalancer).securityGroups(own));
    String group = world.targetGroup("web", ProtocolEnum.HTTP, 8080, world.instances);
    world.listener(loadBalancer, ProtocolEnum.HTTP, 80, group);
    String alarm =
        World.event(
            "AWS/ApplicationELB",
            "UnHealthyHostCount",
            "LoadBalancer",
            World.dimension(loadBalancer),
            "TargetGroup",
            World.dimension(group));
    assertThat(leading(alarm))
        .isEqualTo("SecurityGroupBlocks PROVEN [aws ec2 authorize-security-group-ingress]");
    world.admit(targets, own, 8080);
    world.deny(8080);
    assertThat(leading(alarm))
        .isEqualTo("NetworkAclBlocks PROVEN [aws ec2 create-network-acl-entry --ingress]");

    String edge = world.loadBalancer("edge", LoadBalancerTypeEnum.NETWORK);
    String tcp = world.targetGroup("tcp", ProtocolEnum.TCP, 9000, world.instances);
    world.listener(edge, ProtocolEnum.TCP, 443, tcp);
    assertThat(
            leading(
                World.event(
                    "AWS/NetworkELB",
                    "UnHealthyHostCount",
                    "LoadBalancer",
                    World.dimension(edge),
                    "TargetGroup",
                    World.dimension(tcp))))
        .startsWith("SecurityGroupBlocks PROVEN");

    world.classic("legacy", world.instances);
    world.elb.applySecurityGroupsToLoadBalancer(
        call -> call.loadBalancerName("legacy").securityGroups(world.securityGroup("old")));
    assertThat(leading(World.event("AWS/ELB", "UnHealthyHostCount", "LoadBalancerName", "legacy")))
        .startsWith("SecurityGroupBlocks PROVEN");
  }

  /// The emulator's routes are always active.
  @Test
  void aBlackholeIsFound() {
    World world = new World(endpoint, 2);
    String event = application(world, 1);
    Interfering network =
        withFailures()
            .on(
                "ec2:DescribeRouteTables",
                new Interfering.Rewrite(
                    body -> body.replace("<state>active</state>", "<state>blackhole</state>")));
    Facts facts = gather(event, network, Duration.ofSeconds(20));
    assertThat(
            Runbook.diagnose(facts).causes().stream()
                .map(finding -> finding.check().id() + " " + finding.cause().confidence()))
        .contains("NoRoute PROVEN");
  }
}
