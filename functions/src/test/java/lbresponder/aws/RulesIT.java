package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.testing.Interfering;
import lbresponder.testing.Moto;
import lbresponder.testing.World;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

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
    // Only paths between zones pass the list, and health alone does not say which node's checks
    // fail.
    assertThat(leading(alarm)).startsWith("NetworkAclBlocks POSSIBLE");

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

  /// The command is carried out: the login and the stickiness are as before.
  @Test
  void aWeightIsRestoredBehindItsLogin() throws Exception {
    World world = new World(endpoint, 2);
    String loadBalancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    String group = world.targetGroup("web", ProtocolEnum.HTTP, 8080, world.instances);
    String listener = world.listener(loadBalancer, ProtocolEnum.HTTP, 80, group);
    login(world, listener, "/admin/*", group);
    String load = World.dimension(loadBalancer);
    world.metric("AWS/ApplicationELB", "HTTPCode_ELB_503_Count", 5, 4, "LoadBalancer", load);
    String event =
        World.event("AWS/ApplicationELB", "HTTPCode_ELB_503_Count", "LoadBalancer", load);
    Facts before = gather(event);
    Listener.Rule rule = rule(before);
    assertThat(value(rule.before())).singleElement().isInstanceOf(Listener.Authenticate.class);
    assertThat(rule.action())
        .isEqualTo(
            new Listener.Forward(
                List.of(new Listener.WeightedTargetGroup(group, 0)), Known.of(3600)));

    Repair repair =
        new Repair.Forward(
            listener, rule.id(), List.of(new Listener.WeightedTargetGroup(group, 1)));
    assertThat(
            Runbook.diagnose(before).causes().stream()
                .flatMap(found -> found.cause().repairs().stream()))
        .contains(repair);
    String command = new AwsProvider().commands(repair, before).getFirst();
    String actions = command.substring(command.indexOf('\'') + 1, command.lastIndexOf('\''));
    assertThat(modifyRule(rule.id(), actions)).isZero();

    Listener.Rule after = rule(gather(event));
    assertThat(after.before()).isEqualTo(rule.before());
    assertThat(after.action())
        .isEqualTo(
            new Listener.Forward(
                List.of(new Listener.WeightedTargetGroup(group, 1)), Known.of(3600)));
  }

  /// A rule that asks for a login under a path, and sends what passes to a group with weight 0, the
  /// same client to the same one for an hour.
  private static void login(World world, String listener, String path, String group) {
    Action login =
        Action.builder()
            .type(ActionTypeEnum.AUTHENTICATE_COGNITO)
            .order(1)
            .authenticateCognitoConfig(
                config ->
                    config
                        .userPoolArn("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/staff")
                        .userPoolClientId("2vsdj5pk")
                        .userPoolDomain("staff")
                        .sessionTimeout(28_800L)
                        .onUnauthenticatedRequest("authenticate"))
            .build();
    Action forward =
        Action.builder()
            .type(ActionTypeEnum.FORWARD)
            .order(2)
            .forwardConfig(
                config ->
                    config
                        .targetGroups(
                            TargetGroupTuple.builder().targetGroupArn(group).weight(0).build())
                        .targetGroupStickinessConfig(
                            sticky -> sticky.enabled(true).durationSeconds(3600)))
            .build();
    RuleCondition condition = RuleCondition.builder().field("path-pattern").values(path).build();
    world.elbv2.createRule(
        call ->
            call.listenerArn(listener)
                .priority(1)
                .conditions(List.of(condition))
                .actions(List.of(login, forward)));
  }

  private static Listener.Rule rule(Facts facts) {
    return value(value(facts.wiring().listeners()).getFirst().rules()).getFirst();
  }

  /// As the command line would: it takes the same JSON.
  private static int modifyRule(String rule, String actions) throws Exception {
    String script =
        """
        import boto3, json, sys
        boto3.client("elbv2", region_name=sys.argv[1], endpoint_url=sys.argv[2],
            aws_access_key_id="test", aws_secret_access_key="test"
        ).modify_rule(RuleArn=sys.argv[3], Actions=json.loads(sys.argv[4]))
        """;
    return new ProcessBuilder(
            Moto.interpreter(), "-c", script, World.REGION, endpoint.toString(), rule, actions)
        .inheritIO()
        .start()
        .waitFor();
  }

  /// The others are read all the same.
  @Test
  void aDeletedTargetGroupIsAFact() {
    World world = new World(endpoint, 2);
    String loadBalancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    String group = world.targetGroup("web", ProtocolEnum.HTTP, 8080, world.instances);
    world.listener(loadBalancer, ProtocolEnum.HTTP, 80, group);
    String old = world.targetGroup("old", ProtocolEnum.HTTP, 8080, List.of());
    world.elbv2.deleteTargetGroup(call -> call.targetGroupArn(old));
    Facts facts =
        gather(
            World.event(
                "AWS/ApplicationELB",
                "UnHealthyHostCount",
                "LoadBalancer",
                World.dimension(loadBalancer),
                "TargetGroup",
                World.dimension(old)));
    assertThat(value(facts.wiring().targetGroups()))
        .extracting(TargetGroup::id)
        .containsExactly(group);
    assertThat(leading(facts)).isEqualTo("TargetGroupWithoutListener PROVEN");
    assertThat(Runbook.diagnose(facts).causes().getFirst().cause().because())
        .containsExactly(old + ", which the alarm is about, does not exist any more");
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
