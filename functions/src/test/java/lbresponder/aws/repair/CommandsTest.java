package lbresponder.aws.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final String PREFIX = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:";
  static final String BLUE = PREFIX + "targetgroup/web-blue/73e2d6bc24d8a067";
  private static final String WEB = PREFIX + "loadbalancer/app/web/50dc6c495c0c9188";
  private static final Repair.ChangeHealthCheck NOTHING =
      new Repair.ChangeHealthCheck(BLUE, null, null, null);

  @ParameterizedTest
  @FieldSource("ON_CURRENT_LOAD_BALANCERS")
  void onCurrentLoadBalancers(Repair repair, String command) {
    for (Kind kind : List.of(Kind.APPLICATION, Kind.NETWORK)) {
      assertThat(Commands.commands(repair, facts(kind, group(BLUE, TargetType.MACHINE, null))))
          .containsExactly(command);
    }
  }

  static final List<Arguments> ON_CURRENT_LOAD_BALANCERS =
      List.of(
          Arguments.of(
              new Repair.StartInstances(List.of("i-0a", "i-0b")),
              "aws ec2 start-instances --region eu-west-1 --instance-ids i-0a i-0b"),
          Arguments.of(
              new Repair.Deregister(BLUE, List.of(target("i-0a", 8080), target("2001:db8::1", 80))),
              "aws elbv2 deregister-targets --region eu-west-1 --target-group-arn "
                  + BLUE
                  + " --targets Id=i-0a,Port=8080 Id=2001:db8::1,Port=80"),
          Arguments.of(
              new Repair.Deregister(
                  BLUE,
                  List.of(target("arn:aws:lambda:eu-west-1:123456789012:function:web", null))),
              "aws elbv2 deregister-targets --region eu-west-1 --target-group-arn "
                  + BLUE
                  + " --targets Id=arn:aws:lambda:eu-west-1:123456789012:function:web"),
          Arguments.of(
              new Repair.RegisterTargets(BLUE),
              "aws elbv2 register-targets --region eu-west-1 --target-group-arn "
                  + BLUE
                  + " --targets 'Id=<instance-id>'"),
          Arguments.of(
              new Repair.ChangeHealthCheck(BLUE, "/up?a=1&b=2", "200-299,301", Protocol.HTTPS),
              "aws elbv2 modify-target-group --region eu-west-1 --target-group-arn "
                  + BLUE
                  + " --health-check-protocol HTTPS --health-check-path '/up?a=1&b=2'"
                  + " --matcher 'HttpCode=\"200-299,301\"'"),
          Arguments.of(
              new Repair.ChangeHealthCheck(BLUE, null, "200-399", null),
              "aws elbv2 modify-target-group --region eu-west-1 --target-group-arn "
                  + BLUE
                  + " --matcher HttpCode=200-399"),
          Arguments.of(
              new Repair.Admit("sg-1", true, new SecurityGroup.Group("sg-lb", null), 8080),
              "aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id sg-1"
                  + " --ip-permissions"
                  + " 'IpProtocol=tcp,FromPort=8080,ToPort=8080,UserIdGroupPairs=[{GroupId=sg-lb}]'"),
          Arguments.of(
              new Repair.Admit("sg-1", false, new SecurityGroup.Range("2001:db8::/64"), 80),
              "aws ec2 authorize-security-group-egress --region eu-west-1 --group-id sg-1"
                  + " --ip-permissions"
                  + " 'IpProtocol=tcp,FromPort=80,ToPort=80,Ipv6Ranges=[{CidrIpv6=2001:db8::/64}]'"),
          Arguments.of(
              new Repair.Admit("sg-1", true, new SecurityGroup.Group("sg-lb", null), 32768, 65535),
              "aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id sg-1"
                  + " --ip-permissions"
                  + " 'IpProtocol=tcp,FromPort=32768,ToPort=65535,UserIdGroupPairs=[{GroupId=sg-lb}]'"),
          Arguments.of(
              new Repair.WearGroups("i-1", true, List.of("sg-1", "sg-2")),
              "aws ec2 modify-instance-attribute --region eu-west-1 --instance-id i-1"
                  + " --groups sg-1 sg-2"),
          Arguments.of(
              new Repair.WearGroups("eni-1", false, List.of("sg-1", "sg-2")),
              "aws ec2 modify-network-interface-attribute --region eu-west-1"
                  + " --network-interface-id eni-1 --groups sg-1 sg-2"),
          Arguments.of(
              new Repair.AllowEntry("acl-1", 49, true, "10.0.1.0/24", 1024, 65535),
              "aws ec2 create-network-acl-entry --egress --region eu-west-1 --network-acl-id acl-1"
                  + " --rule-number 49 --protocol tcp --port-range From=1024,To=65535"
                  + " --cidr-block 10.0.1.0/24 --rule-action allow"),
          Arguments.of(
              new Repair.CheckTrafficPort(BLUE),
              "aws elbv2 modify-target-group --region eu-west-1 --target-group-arn "
                  + BLUE
                  + " --health-check-port traffic-port"),
          Arguments.of(
              new Repair.SetCapacity("web", 6, 6),
              "aws autoscaling update-auto-scaling-group --region eu-west-1"
                  + " --auto-scaling-group-name web --max-size 6 --desired-capacity 6"),
          Arguments.of(
              new Repair.SetTasks("main", "web", 4),
              "aws ecs update-service --region eu-west-1 --cluster main --service web"
                  + " --desired-count 4"),
          Arguments.of(
              new Repair.RollBack("main", "web", "web:41"),
              "aws ecs update-service --region eu-west-1 --cluster main --service web"
                  + " --task-definition web:41"),
          Arguments.of(
              new Repair.RestartInstances(List.of("i-1"), false),
              "aws ec2 reboot-instances --region eu-west-1 --instance-ids i-1"),
          Arguments.of(
              new Repair.AdmitInvocation("arn:aws:lambda:eu-west-1:123456789012:function:f", BLUE),
              "aws lambda add-permission --region eu-west-1"
                  + " --function-name arn:aws:lambda:eu-west-1:123456789012:function:f"
                  + " --statement-id load-balancer --action lambda:InvokeFunction"
                  + " --principal elasticloadbalancing.amazonaws.com --source-arn "
                  + BLUE),
          Arguments.of(
              new Repair.SetCapacity("web workers' group", 4, null),
              "aws autoscaling set-desired-capacity --region eu-west-1"
                  + " --auto-scaling-group-name 'web workers'\\'' group' --desired-capacity 4"),
          Arguments.of(
              new Repair.SetCapacity("--dry", 4, null),
              "aws autoscaling set-desired-capacity --region eu-west-1"
                  + " --auto-scaling-group-name=--dry --desired-capacity 4"));

  @Test
  void aMachineIsLeftOnlyByStoppingIt() {
    assertThat(
            Commands.commands(
                new Repair.RestartInstances(List.of("i-1", "i-2"), true),
                facts(Kind.CLASSIC, null)))
        .containsExactly(
            "aws ec2 stop-instances --region eu-west-1 --instance-ids i-1 i-2",
            "aws ec2 wait instance-stopped --region eu-west-1 --instance-ids i-1 i-2",
            "aws ec2 start-instances --region eu-west-1 --instance-ids i-1 i-2");
  }

  @Test
  void repeatsTheSubnetsThatStay() {
    Repair repair =
        new Repair.EnableZone("eu-west-1c", "subnet-c", List.of("subnet-a", "subnet-b"));
    assertThat(Commands.commands(repair, facts(Kind.APPLICATION, null)))
        .containsExactly(
            "aws elbv2 set-subnets --region eu-west-1 --load-balancer-arn "
                + WEB
                + " --subnets subnet-a subnet-b subnet-c");
    assertThat(Commands.commands(repair, facts(Kind.NETWORK, null)))
        .containsExactly(
            "aws elbv2 set-subnets --region eu-west-1 --load-balancer-arn "
                + PREFIX
                + "loadbalancer/net/edge/1b2c3d4e5f607182 --subnets subnet-a subnet-b subnet-c");
    assertThat(
            Commands.commands(
                new Repair.EnableZone("eu-west-1c", "", List.of("subnet-a")),
                facts(Kind.APPLICATION, null)))
        .containsExactly(
            "aws elbv2 set-subnets --region eu-west-1 --load-balancer-arn "
                + WEB
                + " --subnets subnet-a '<subnet-in-eu-west-1c>'");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void noChangeNoCommand(Kind kind) {
    assertThat(Commands.commands(NOTHING, facts(kind, null))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TargetType.class)
  void placeholderIsWhatTheGroupTakes(TargetType type) {
    Map<TargetType, String> placeholders =
        Map.of(
            TargetType.MACHINE, "'Id=<instance-id>'",
            TargetType.ADDRESS, "'Id=<ip-address>'",
            TargetType.FUNCTION, "'Id=<function-arn>'",
            TargetType.LOAD_BALANCER, "'Id=<load-balancer-arn>'");
    assertThat(
            Commands.commands(
                new Repair.RegisterTargets(BLUE), facts(Kind.APPLICATION, group(BLUE, type, null))))
        .singleElement()
        .asString()
        .endsWith(" --targets " + placeholders.get(type));
  }

  @Test
  void grpcHasItsOwnCodes() {
    assertThat(
            Commands.commands(
                new Repair.ChangeHealthCheck(BLUE, null, "0-99", null),
                facts(Kind.APPLICATION, group(BLUE, TargetType.MACHINE, ProtocolVersion.GRPC))))
        .containsExactly(
            "aws elbv2 modify-target-group --region eu-west-1 --target-group-arn "
                + BLUE
                + " --matcher GrpcCode=0-99");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 32767})
  void anEntryHasANumberThatEc2Takes(int number) {
    Facts facts = facts(Kind.APPLICATION, null);
    assertThat(Commands.commands(entry(number), facts)).isEmpty();
    assertThat(Commands.commands(entry(1), facts)).hasSize(1);
    assertThat(Commands.commands(entry(32766), facts)).hasSize(1);
  }

  private static Repair entry(int number) {
    return new Repair.AllowEntry("acl-1", number, false, "10.0.1.0/24", 8080, 8080);
  }

  static Target target(String id, @Nullable Integer port) {
    return new Target(id, port, null, null, Known.unknown("not read"));
  }

  static TargetGroup group(String id, TargetType type, @Nullable ProtocolVersion version) {
    return new TargetGroup(
        id,
        "web-blue",
        type,
        Protocol.HTTP,
        version,
        80,
        "vpc-1",
        List.of(WEB),
        new HealthCheck(true, Protocol.HTTP, 8081, "/health", null, 30, 5, 10, 2),
        Known.unknown("not read"),
        Known.unknown("not read"),
        Known.unknown("not read"),
        Known.unknown("not read"),
        Known.unknown("not read"),
        Known.unknown("not read"));
  }

  /// @param group the only target group that was read; null: none could be
  static Facts facts(Kind kind, @Nullable TargetGroup group) {
    LoadBalancerId loadBalancer =
        switch (kind) {
          case CLASSIC -> id(kind, "legacy", "legacy");
          case APPLICATION -> id(kind, "web", "app/web/50dc6c495c0c9188");
          case NETWORK -> id(kind, "edge", "net/edge/1b2c3d4e5f607182");
        };
    Instant now = Instant.parse("2026-01-02T17:03:00Z");
    Facts facts =
        Facts.unknown(new Incident("aws-1", loadBalancer, now, List.of()), now, "not read");
    return group == null
        ? facts
        : facts.withWiring(facts.wiring().withTargetGroups(Known.of(List.of(group))));
  }

  private static LoadBalancerId id(Kind kind, String name, String path) {
    return kind.id("123456789012", "eu-west-1", name, PREFIX + "loadbalancer/" + path);
  }
}
