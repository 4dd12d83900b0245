package lbresponder.aws.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Facts;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Protocol;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup.TargetType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class ClassicCommandsTest {
  private static final String LEGACY = "legacy/HTTP:80";

  @ParameterizedTest
  @FieldSource("COMMANDS")
  void commands(Repair repair, String command) {
    assertThat(
            Commands.commands(
                repair,
                CommandsTest.facts(
                    Kind.CLASSIC, CommandsTest.group(LEGACY, TargetType.MACHINE, null))))
        .containsExactly(command);
  }

  static final List<Arguments> COMMANDS =
      List.of(
          Arguments.of(
              new Repair.StartInstances(List.of("i-0a")),
              "aws ec2 start-instances --region eu-west-1 --instance-ids i-0a"),
          Arguments.of(
              new Repair.Deregister(
                  LEGACY,
                  List.of(
                      CommandsTest.target("i-0a", 80),
                      CommandsTest.target("i-0b", 80),
                      CommandsTest.target("i-0a", 443))),
              "aws elb deregister-instances-from-load-balancer --region eu-west-1"
                  + " --load-balancer-name legacy --instances i-0a i-0b"),
          Arguments.of(
              new Repair.RegisterTargets(LEGACY),
              "aws elb register-instances-with-load-balancer --region eu-west-1"
                  + " --load-balancer-name legacy --instances '<instance-id>'"),
          Arguments.of(
              new Repair.EnableZone("eu-west-1c", "subnet-c", List.of("subnet-a")),
              "aws elb attach-load-balancer-to-subnets --region eu-west-1"
                  + " --load-balancer-name legacy --subnets subnet-c"),
          Arguments.of(
              new Repair.ChangeHealthCheck(LEGACY, "/up", null, null),
              "aws elb configure-health-check --region eu-west-1 --load-balancer-name legacy"
                  + " --health-check"
                  + " Target=HTTP:8081/up,Interval=30,Timeout=5,UnhealthyThreshold=2,HealthyThreshold=10"),
          Arguments.of(
              new Repair.ChangeHealthCheck(LEGACY, "/a,b", "200", Protocol.HTTPS),
              "aws elb configure-health-check --region eu-west-1 --load-balancer-name legacy"
                  + " --health-check"
                  + " 'Target=\"HTTPS:8081/a,b\",Interval=30,Timeout=5,UnhealthyThreshold=2,HealthyThreshold=10'"),
          Arguments.of(
              new Repair.ChangeHealthCheck(LEGACY, null, null, Protocol.TCP),
              "aws elb configure-health-check --region eu-west-1 --load-balancer-name legacy"
                  + " --health-check"
                  + " Target=TCP:8081,Interval=30,Timeout=5,UnhealthyThreshold=2,HealthyThreshold=10"),
          Arguments.of(
              new Repair.ChangeHealthCheck(LEGACY, null, null, Protocol.TLS),
              "aws elb configure-health-check --region eu-west-1 --load-balancer-name legacy"
                  + " --health-check"
                  + " Target=SSL:8081,Interval=30,Timeout=5,UnhealthyThreshold=2,HealthyThreshold=10"),
          Arguments.of(
              new Repair.ChangeHealthCheck("legacy/TCP:9", "/up", null, null),
              "aws elb configure-health-check --region eu-west-1 --load-balancer-name legacy"
                  + " --health-check"
                  + " 'Target=<protocol>:<port>/up,Interval=<seconds-between>,Timeout=<seconds-to-wait>,"
                  + "UnhealthyThreshold=<failures>,HealthyThreshold=<successes>'"),
          Arguments.of(
              new Repair.SetCapacity("web", 2, null),
              "aws autoscaling set-desired-capacity --region eu-west-1 --auto-scaling-group-name"
                  + " web --desired-capacity 2"));

  @Test
  void noCommandForWhatItDoesNotHave() {
    Facts facts =
        CommandsTest.facts(Kind.CLASSIC, CommandsTest.group(LEGACY, TargetType.MACHINE, null));
    assertThat(
            Commands.commands(
                new Repair.Forward(
                    "legacy:80", null, List.of(new WeightedTargetGroup(CommandsTest.BLUE, 1))),
                facts))
        .isEmpty();
    assertThat(
            Commands.commands(new Repair.ChangeHealthCheck(LEGACY, null, "200-399", null), facts))
        .isEmpty();
  }
}
