package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lbresponder.aws.admin.ProberPlaces;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.ProberLocation.Place;
import lbresponder.facts.Recognised;
import lbresponder.testing.Interfering;
import lbresponder.testing.World;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// A prober's place is read from what its function is configured with, else from its interfaces.
class ProberPlacesIT extends Emulated {
  private static final String NOBODY = "arn:aws:lambda:eu-west-1:123456789012:function:beside:live";

  private static void stand(World world, String subnet, String group) {
    world.ec2.createNetworkInterface(
        call ->
            call.subnetId(subnet).groups(group).description("AWS Lambda VPC ENI-beside-1a2b-3c"));
  }

  @Test
  void aProberThatStandsBesideTheLoadBalancerCostsOneCallToEc2() {
    World world = new World(endpoint, 2);
    Interfering network = new Interfering(AwsClients.http());
    AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());
    Recognised.Alarms alarms = (Recognised.Alarms) provider.recognise(application(world, 1));
    String group = world.securityGroup("own");
    String arn = alarms.alarms().getFirst().loadBalancer().arn();
    world.elbv2.setSecurityGroups(call -> call.loadBalancerArn(arn).securityGroups(group));
    Instant deadline = Instant.now().plusSeconds(30);
    Facts facts = provider.gather(Incident.of(alarms.alarms()), deadline);
    LoadBalancer loadBalancer = value(facts.wiring().loadBalancer());
    loadBalancer.zones().forEach(zone -> stand(world, zone.subnet(), group));
    List<String> before = new ArrayList<>(network.calls());
    ProberLocation location = provider.locate(facts, NOBODY, deadline);
    assertThat(location.place().flatMap(here -> differences(here, loadBalancer)))
        .isEqualTo(Known.of(""));
    assertThat(location.interfaces()).hasSameSizeAs(loadBalancer.zones());
    List<String> after = new ArrayList<>(network.calls());
    before.forEach(after::remove);
    // The other one is to Lambda.
    assertThat(after).hasSize(2).containsOnlyOnce("ec2:DescribeNetworkInterfaces");
  }

  private static Known<String> differences(Place here, LoadBalancer loadBalancer) {
    return ProberLocation.differences(Known.of(here), ProberLocation.of(loadBalancer));
  }

  @Test
  void whereGroupsWereChangedAfterTheDeploymentTheyAreNamed() {
    World world = new World(endpoint, 1);
    String old = world.securityGroup("old");
    String now = world.securityGroup("now");
    String arn = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    world.elbv2.setSecurityGroups(call -> call.loadBalancerArn(arn).securityGroups(now));
    stand(world, world.subnets.getFirst(), old);
    String named =
        "it is in the security groups %s, and the load balancer in %s".formatted(old, now);
    assertThat(ProberPlaces.differences(arn, NOBODY)).isEqualTo(Known.of(named));
  }

  /// Its interfaces bear the name of another function with the same groups.
  @Test
  void theFunctionsConfigurationTellsWhereInterfacesDoNot() {
    World world = new World(endpoint, 1);
    String group = world.securityGroup("own");
    String arn = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    world.elbv2.setSecurityGroups(call -> call.loadBalancerArn(arn).securityGroups(group));
    String prober = world.function("shares");
    assertThat(ProberPlaces.differences(arn, prober))
        .isEqualTo(Known.of("it stands in no network: its function is in no VPC"));
    world
        .client(LambdaClient.builder())
        .updateFunctionConfiguration(
            call ->
                call.functionName(prober)
                    .vpcConfig(
                        vpc ->
                            vpc.securityGroupIds(Set.of(group))
                                .subnetIds(world.subnets.subList(0, 2))));
    assertThat(ProberPlaces.differences(arn, prober)).isEqualTo(Known.of(""));
  }

  @Test
  void whoseInterfacesNobodyFindsStandsNowhereThatIsKnown() {
    World world = new World(endpoint, 1);
    String arn = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    assertThat(ProberPlaces.differences(arn, NOBODY).toString())
        .contains("no network interface bears its name")
        .contains("lambda:GetFunctionConfiguration");
  }
}
