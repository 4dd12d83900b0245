package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import lbresponder.aws.sdk.Accounts;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.facts.Facts;
import lbresponder.facts.Function;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Peering;
import lbresponder.facts.PrefixList;
import lbresponder.facts.Recognised;
import lbresponder.facts.RouteTable;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Service;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.Subnet;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Hop;
import lbresponder.network.Path;
import lbresponder.network.Paths;
import lbresponder.testing.Interfering;
import lbresponder.testing.World;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.sts.StsClient;

/// Who keeps the targets and what lies between, read through the real SDK.
class SurroundingsIT extends Emulated {

  @Test
  void whoKeepsTheTargets() {
    Facts facts =
        gather(everything(new World(endpoint, 2)), withFailures(), Duration.ofSeconds(20));
    Service service = value(facts.fleet().services()).getFirst();
    assertThat(service.name()).isEqualTo("web");
    assertThat(service.desired()).isEqualTo(2);
    assertThat(service.deployments()).hasSize(1);
    assertThat(value(service.stopped()))
        .containsExactly(
            new Service.StoppedTask(
                "arn:aws:ecs:eu-west-1:123456789012:task/main/7f3c",
                "10.0.0.9",
                "web:7",
                Service.Ending.BY_ITSELF,
                "Essential container in task exited",
                List.of("app: 137 OutOfMemoryError: killed"),
                Instant.ofEpochMilli(1767373200500L),
                Instant.ofEpochSecond(1767373210),
                Instant.ofEpochSecond(1767373220)));
    ScalingGroup scaling = value(facts.fleet().scalingGroups()).getFirst();
    assertThat(List.of(scaling.minimum(), scaling.desired(), scaling.maximum()))
        .containsExactly(0, 0, 3);
    assertThat(scaling.activities()).isEqualTo(Known.of(List.of()));
    assertThat(value(facts.fleet().functions()))
        .extracting(Function::admits)
        .containsExactly(Known.of(true));
    assertThat(value(facts.fleet().statusChecks()))
        .extracting(StatusCheck::of, StatusCheck::state)
        .contains(tuple(StatusCheck.Subject.HOST, StatusCheck.State.OK));
  }

  @Test
  void theNetworkBetween() {
    World world = new World(endpoint, 2);
    Facts facts = gather(everything(world), withFailures(), Duration.ofSeconds(20));
    assertThat(value(facts.network().subnets()))
        .filteredOn(subnet -> !subnet.ranges().contains("10.9.1.0/24"))
        .extracting(Subnet::id)
        .containsExactlyInAnyOrderElementsOf(world.subnets);
    assertThat(value(facts.network().interfaces()))
        .extracting(NetworkInterface::description)
        .anyMatch(text -> text.startsWith("ELB app/web/"));
    assertThat(value(facts.network().prefixLists()))
        .extracting(PrefixList::ranges)
        .containsExactly(Known.of(List.of("198.51.100.0/24")));
    assertThat(value(facts.network().networkAcls()).getFirst().entries())
        .extracting(NetworkAcl.Entry::number)
        .contains(100)
        .containsNull();
    assertThat(value(facts.network().routeTables()).getFirst().routes())
        .extracting(RouteTable.Route::leads)
        .contains(RouteTable.Leads.LOCAL);
    assertThat(value(facts.network().securityGroups()))
        .flatExtracting(SecurityGroup::rules)
        .extracting(SecurityGroup.Rule::peer)
        .contains(
            new SecurityGroup.PrefixList(value(facts.network().prefixLists()).getFirst().id()));
  }

  @Test
  void aGroupWithoutRulesIsToldFromOneThatIsHidden() {
    World world = new World(endpoint, 2);
    String event = everything(world);
    Facts facts = gather(event, withFailures(), Duration.ofSeconds(20));
    assertThat(value(facts.network().securityGroups()))
        .filteredOn(group -> group.rules().isEmpty())
        .hasSize(1);
    Interfering hiding =
        withFailures()
            .on(
                "ec2:DescribeSecurityGroups",
                new Interfering.Answer(
                    200,
                    "<DescribeSecurityGroupsResponse><requestId>1</requestId>"
                        + "<securityGroupInfo/></DescribeSecurityGroupsResponse>"));
    assertThat(value(gather(event, hiding, Duration.ofSeconds(20)).network().securityGroups()))
        .noneMatch(group -> group.rules().isEmpty());
  }

  /// 10.0.0.250 is carried in a stranger's network only, 10.9.1.7 beyond a peering.
  @Test
  void addressesAreLookedForWhereTheyCanBeReached() {
    Facts facts =
        gather(everything(new World(endpoint, 2)), withFailures(), Duration.ofSeconds(20));
    assertThat(value(facts.network().interfaces()))
        .flatExtracting(NetworkInterface::addresses)
        .contains("10.9.1.7")
        .doesNotContain("10.0.0.250");
    Peering peering = value(facts.network().peerings()).getFirst();
    String own = value(facts.wiring().loadBalancer()).network();
    assertThat(value(peering.networks())).hasSize(2).contains(own);
    assertThat(value(facts.network().subnets())).extracting(Subnet::network).contains(own);
    TargetGroup group =
        facts.targetGroups().stream()
            .filter(one -> one.name().equals("far"))
            .findFirst()
            .orElseThrow();
    List<Path> paths = new Paths(facts).to(group, value(group.targets()).getFirst(), 8080);
    assertThat(paths).isNotEmpty();
    assertThat(paths)
        .flatExtracting(Path::steps)
        .filteredOn(step -> step.control().kind() == Path.Kind.ROUTE)
        .allSatisfy(step -> assertThat(step.hop()).isInstanceOf(Hop.Allowed.class));
  }

  /// The emulator keeps accounts apart: what is in the member's is seen with the member's role
  /// only.
  @Test
  void aMemberAccountIsReadByItsRole() {
    String member = "222222222222";
    World hub = new World(endpoint, 0);
    var role =
        hub.client(StsClient.builder())
            .assumeRole(
                call ->
                    call.roleArn("arn:aws:iam::%s:role/lb-responder".formatted(member))
                        .roleSessionName("test"))
            .credentials();
    ElasticLoadBalancingClient elb =
        ElasticLoadBalancingClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(World.REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(
                        role.accessKeyId(), role.secretAccessKey(), role.sessionToken())))
            .build();
    elb.createLoadBalancer(
        call ->
            call.loadBalancerName("theirs")
                .availabilityZones(World.REGION + "a")
                .listeners(
                    Listener.builder()
                        .protocol("HTTP")
                        .loadBalancerPort(80)
                        .instanceProtocol("HTTP")
                        .instancePort(8080)
                        .build()));
    String event =
        World.event("AWS/ELB", "BackendConnectionErrors", "LoadBalancerName", "theirs")
            .replace(World.ACCOUNT, member);
    assertThat(read(event, Accounts.own()).wiring().loadBalancer().isKnown()).isFalse();
    assertThat(
            read(event, new Accounts("lb-responder", Set.of(member)))
                .wiring()
                .loadBalancer()
                .isKnown())
        .isTrue();
  }

  private static Facts read(String event, Accounts accounts) {
    AwsProvider provider =
        new AwsProvider(AwsClients.http(), List.of(), Clock.systemUTC(), accounts);
    Recognised.Alarms alarms = (Recognised.Alarms) provider.recognise(event);
    return provider.gather(Incident.of(alarms.alarms()), Instant.now().plusSeconds(20));
  }
}
