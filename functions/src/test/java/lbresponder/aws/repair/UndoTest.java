package lbresponder.aws.repair;

import static lbresponder.aws.repair.CommandsTest.BLUE;
import static lbresponder.aws.repair.CommandsTest.facts;
import static lbresponder.aws.repair.CommandsTest.group;
import static lbresponder.aws.repair.CommandsTest.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Protocol;
import lbresponder.facts.Repair;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Service;
import lbresponder.facts.TargetGroup.TargetType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class UndoTest {
  private static final String REGION = " --region eu-west-1";

  private static Facts known(Kind kind) {
    Facts facts = facts(kind, group(BLUE, TargetType.MACHINE, null));
    Service service =
        new Service(
            "1",
            "web",
            "main",
            2,
            2,
            0,
            0,
            List.of(),
            List.of(
                new Service.Deployment(
                    "d", "web:43", true, Instant.parse("2026-01-02T17:00:00Z"), 2, 0, 3)),
            Known.of(List.of()));
    ScalingGroup scaling =
        new ScalingGroup(
            "asg", 1, 4, 6, true, 60, true, List.of(), Known.of(List.of()), List.of(BLUE));
    Listener listener =
        new Listener(
            "listener",
            443,
            Protocol.HTTPS,
            new Listener.Forward(List.of(new WeightedTargetGroup(BLUE, 0)), Known.of(60)),
            Known.of(List.of()));
    Fleet fleet =
        facts
            .fleet()
            .withServices(Known.of(List.of(service)))
            .withScalingGroups(Known.of(List.of(scaling)));
    return facts
        .withFleet(fleet)
        .withWiring(facts.wiring().withListeners(Known.of(List.of(listener))));
  }

  @ParameterizedTest
  @FieldSource("UNDONE")
  void whatWasReadIsSetAgain(Repair repair, String command) {
    assertThat(Undo.commands(repair, known(Kind.APPLICATION))).containsExactly(command);
  }

  static final List<Arguments> UNDONE =
      List.of(
          Arguments.of(
              new Repair.Admit("sg-1", true, new SecurityGroup.Group("sg-lb", null), 8080),
              "aws ec2 revoke-security-group-ingress"
                  + REGION
                  + " --group-id sg-1 --ip-permissions"
                  + " 'IpProtocol=tcp,FromPort=8080,ToPort=8080,UserIdGroupPairs=[{GroupId=sg-lb}]'"),
          Arguments.of(
              new Repair.AllowEntry("acl-1", 49, true, "10.0.1.0/24", 1024, 65535),
              "aws ec2 delete-network-acl-entry --egress"
                  + REGION
                  + " --network-acl-id acl-1 --rule-number 49"),
          Arguments.of(
              new Repair.StartInstances(List.of("i-1")),
              "aws ec2 stop-instances" + REGION + " --instance-ids i-1"),
          Arguments.of(
              new Repair.AdmitInvocation("f", BLUE),
              "aws lambda remove-permission"
                  + REGION
                  + " --function-name f --statement-id load-balancer"),
          Arguments.of(
              new Repair.Deregister(BLUE, List.of(target("i-1", 80))),
              "aws elbv2 register-targets"
                  + REGION
                  + " --target-group-arn "
                  + BLUE
                  + " --targets Id=i-1,Port=80"),
          Arguments.of(
              new Repair.CheckTrafficPort(BLUE),
              "aws elbv2 modify-target-group"
                  + REGION
                  + " --target-group-arn "
                  + BLUE
                  + " --health-check-port 8081"),
          Arguments.of(
              new Repair.ChangeHealthCheck(BLUE, "/up", null, Protocol.HTTPS),
              "aws elbv2 modify-target-group"
                  + REGION
                  + " --target-group-arn "
                  + BLUE
                  + " --health-check-protocol HTTP --health-check-path /health"),
          Arguments.of(
              new Repair.SendProxyHeader(BLUE, true),
              "aws elbv2 modify-target-group-attributes"
                  + REGION
                  + " --target-group-arn "
                  + BLUE
                  + " --attributes Key=proxy_protocol_v2.enabled,Value=false"),
          Arguments.of(
              new Repair.SetCapacity("asg", 9, 9),
              "aws autoscaling update-auto-scaling-group"
                  + REGION
                  + " --auto-scaling-group-name asg --max-size 6 --desired-capacity 4"),
          Arguments.of(
              new Repair.SetCapacity("asg", 5, null),
              "aws autoscaling set-desired-capacity"
                  + REGION
                  + " --auto-scaling-group-name asg --desired-capacity 4"),
          Arguments.of(
              new Repair.SetTasks("main", "web", 3),
              "aws ecs update-service"
                  + REGION
                  + " --cluster main --service web --desired-count 2"),
          Arguments.of(
              new Repair.RollBack("main", "web", "web:42"),
              "aws ecs update-service"
                  + REGION
                  + " --cluster main --service web --task-definition web:43"),
          Arguments.of(
              new Repair.Forward("listener", null, List.of(new WeightedTargetGroup(BLUE, 1))),
              "aws elbv2 modify-listener"
                  + REGION
                  + " --listener-arn listener --default-actions"
                  + " '[{\"Type\":\"forward\",\"ForwardConfig\":{\"TargetGroups\":[{\"TargetGroupArn\":\""
                  + BLUE
                  + "\",\"Weight\":0}],\"TargetGroupStickinessConfig\":{\"Enabled\":true,\"DurationSeconds\":60}}}]'"));

  @Test
  void classicHasItsOwn() {
    Facts facts = known(Kind.CLASSIC);
    assertThat(Undo.commands(new Repair.Deregister(BLUE, List.of(target("i-1", 80))), facts))
        .containsExactly(
            "aws elb register-instances-with-load-balancer"
                + REGION
                + " --load-balancer-name legacy --instances i-1");
    assertThat(Undo.commands(new Repair.EnableZone("c", "subnet-c", List.of("subnet-a")), facts))
        .containsExactly(
            "aws elb detach-load-balancer-from-subnets"
                + REGION
                + " --load-balancer-name legacy --subnets subnet-c");
  }

  @Test
  void aZoneIsLeftAgain() {
    assertThat(
            Undo.commands(
                new Repair.EnableZone("c", "subnet-c", List.of("subnet-a", "subnet-b")),
                known(Kind.NETWORK)))
        .singleElement()
        .asString()
        .endsWith(" --subnets subnet-a subnet-b");
  }

  @Test
  void whatIsNotKnownIsNotSet() {
    Facts unread = facts(Kind.APPLICATION, null);
    for (Repair repair :
        List.of(
            new Repair.RestartInstances(List.of("i-1"), true),
            new Repair.RegisterTargets(BLUE),
            new Repair.Decide("Ask."),
            new Repair.SetCapacity("asg", 9, 9),
            new Repair.SetTasks("main", "web", 3),
            new Repair.RollBack("main", "web", "web:42"),
            new Repair.CheckTrafficPort(BLUE),
            new Repair.ChangeHealthCheck(BLUE, "/up", null, null),
            new Repair.Forward("listener", null, List.of(new WeightedTargetGroup(BLUE, 1))))) {
      assertThat(Undo.commands(repair, unread)).as("%s", repair).isEmpty();
    }
  }
}
