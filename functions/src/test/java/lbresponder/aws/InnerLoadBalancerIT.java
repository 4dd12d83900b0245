package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.List;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet.InnerLoadBalancer;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.TargetGroup;
import lbresponder.testing.Interfering;
import lbresponder.testing.World;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// An Application Load Balancer as the target of a Network Load Balancer, read through the real
/// SDK.
class InnerLoadBalancerIT extends Emulated {

  /// @return the alarm of `edge`, which sends port 443 to port 80 of `web`
  private static String behind(World world, String inner) {
    String outer = world.loadBalancer("edge", LoadBalancerTypeEnum.NETWORK);
    String group =
        world
            .elbv2
            .createTargetGroup(
                call ->
                    call.name("to-web")
                        .targetType(TargetTypeEnum.ALB)
                        .protocol(ProtocolEnum.TCP)
                        .port(80)
                        .vpcId(world.network))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    world.elbv2.registerTargets(
        call ->
            call.targetGroupArn(group)
                .targets(TargetDescription.builder().id(inner).port(80).build()));
    world.listener(outer, ProtocolEnum.TCP, 443, group);
    return World.event(
        "AWS/NetworkELB", "TCP_ELB_Reset_Count", "LoadBalancer", World.dimension(outer));
  }

  private static String web(World world) {
    String inner = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    String app = world.targetGroup("app", ProtocolEnum.HTTP, 8080, world.instances.subList(0, 1));
    String other = world.targetGroup("other", ProtocolEnum.HTTP, 8081, List.of());
    world.rule(world.listener(inner, ProtocolEnum.HTTP, 80, app), 1, "/other/*", other, 1);
    world.listener(inner, ProtocolEnum.HTTP, 81, app);
    return inner;
  }

  @Test
  void itIsReadAsItIsWired() {
    World world = new World(endpoint, 2);
    String inner = web(world);
    world.elbv2.setSecurityGroups(
        call -> call.loadBalancerArn(inner).securityGroups(world.withoutRules("of-web")));
    Facts facts = gather(behind(world, inner));
    InnerLoadBalancer read = value(facts.fleet().loadBalancers()).getFirst();
    assertThat(read.id()).isEqualTo(inner);
    assertThat(read.name()).isEqualTo("web");
    LoadBalancer itself = value(read.wiring().loadBalancer());
    assertThat(itself.state()).isEqualTo("active");
    assertThat(value(read.wiring().listeners()))
        .extracting(listener -> listener.port(), listener -> listener.rules().isKnown())
        .containsExactlyInAnyOrder(tuple(80, true), tuple(81, false));
    assertThat(value(read.wiring().targetGroups()))
        .extracting(TargetGroup::name, group -> value(group.targets()).size())
        .containsExactlyInAnyOrder(tuple("app", 1), tuple("other", 0));
    assertThat(value(facts.network().securityGroups()))
        .extracting(SecurityGroup::id)
        .containsAll(value(itself.securityGroups()));
  }

  @Test
  void withoutOneNothingMoreIsAsked() {
    Interfering network = new Interfering(AwsClients.http());
    Facts facts = gather(application(new World(endpoint, 2), 1), network, Duration.ofSeconds(20));
    assertThat(facts.fleet().loadBalancers()).isEqualTo(Known.of(List.of()));
    assertThat(
            network.calls().stream().filter("elasticloadbalancing:DescribeLoadBalancers"::equals))
        .hasSizeLessThan(2);
  }

  @Test
  void oneThatWasDeletedIsTold() {
    World world = new World(endpoint, 2);
    String inner = web(world);
    String event = behind(world, inner);
    world.elbv2.deleteLoadBalancer(call -> call.loadBalancerArn(inner));
    Facts facts = gather(event);
    InnerLoadBalancer read = value(facts.fleet().loadBalancers()).getFirst();
    assertThat(read.wiring().loadBalancer()).isInstanceOf(Known.None.class);
    assertThat(Runbook.diagnose(facts).causes())
        .extracting(Diagnosis.Finding::check)
        .extracting(check -> check.id())
        .contains("InnerLoadBalancerFails");
  }
}
