package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Known;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancing.model.BackendServerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancing.model.LBCookieStickinessPolicy;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancing.model.ListenerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerAttributes;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;

class ClassicMapperTest {
  private static final Known<LoadBalancerAttributes> DENIED = Known.unknown("AccessDenied");

  private static final ClassicMapper LEGACY =
      new ClassicMapper(
          Kind.CLASSIC.id("123456789012", "eu-west-1", "legacy", "arn"),
          LoadBalancerDescription.builder()
              .loadBalancerName("legacy")
              .vpcId("vpc-1")
              .securityGroups("sg-1")
              .listenerDescriptions(
                  listener("HTTP", 80, "HTTP", 8080, "session"),
                  listener("HTTPS", 443, "HTTP", 8080),
                  listener("SSL", 8443, "SSL", 8443),
                  listener("TCP", 25, "TCP", 25))
              .policies(
                  policies ->
                      policies.lbCookieStickinessPolicies(
                          LBCookieStickinessPolicy.builder().policyName("session").build()))
              .backendServerDescriptions(
                  server(8080, "proxied"), server(25, "proxied"), server(8443))
              .healthCheck(
                  check ->
                      check
                          .target("SSL:8443")
                          .interval(30)
                          .timeout(5)
                          .healthyThreshold(10)
                          .unhealthyThreshold(2))
              .instances(instance("i-1"), instance("i-2"))
              .build());

  @Test
  void eachInstancePortIsATargetGroup() {
    assertThat(groups(DENIED, Known.of(Set.of())))
        .extracting(TargetGroup::name)
        .containsExactly("legacy/HTTP:8080", "legacy/SSL:8443", "legacy/TCP:25");
    assertThat(groups(DENIED, Known.of(Set.of())))
        .extracting(TargetGroup::protocol)
        .containsExactly(Protocol.HTTP, Protocol.TLS, Protocol.TCP);
    assertThat(LEGACY.listeners())
        .extracting(lbresponder.facts.Listener::protocol)
        .containsExactly(Protocol.HTTP, Protocol.HTTPS, Protocol.TLS, Protocol.TCP);
    assertThat(LEGACY.registered().getFirst().healthCheck().protocol()).isEqualTo(Protocol.TLS);
  }

  /// Whether the policies could be read does not matter to it.
  @Test
  void crossZoneIsTheLoadBalancers() {
    assertThat(crossZone(attributes(all -> all.crossZoneLoadBalancing(one -> one.enabled(true)))))
        .isEqualTo(Known.of(true));
    assertThat(crossZone(attributes(_ -> {}))).isEqualTo(Known.of(false));
    assertThat(crossZone(DENIED)).isEqualTo(Known.unknown("AccessDenied"));
  }

  private static Known<Boolean> crossZone(Known<LoadBalancerAttributes> attributes) {
    return groups(attributes, Known.unknown("the policies were not read")).getFirst().crossZone();
  }

  @Test
  void connectionsAreDrainedWhereThatIsOn() {
    assertThat(delay(all -> all.connectionDraining(one -> one.enabled(true).timeout(30))))
        .isEqualTo(Known.of(30));
    assertThat(delay(all -> all.connectionDraining(one -> one.enabled(true))))
        .isEqualTo(Known.of(300));
    assertThat(delay(all -> all.connectionDraining(one -> one.enabled(false).timeout(30))))
        .isEqualTo(Known.of(0));
    assertThat(delay(_ -> {})).isEqualTo(Known.of(0));
  }

  private static Known<Integer> delay(Consumer<LoadBalancerAttributes.Builder> set) {
    return groups(attributes(set), Known.of(Set.of())).getFirst().deregistrationDelaySeconds();
  }

  @Test
  void idleTimeout() {
    assertThat(idleTimeout(attributes(all -> all.connectionSettings(one -> one.idleTimeout(90)))))
        .isEqualTo(Known.of(90));
    assertThat(idleTimeout(attributes(_ -> {}))).isEqualTo(Known.of(60));
    assertThat(idleTimeout(DENIED)).isEqualTo(Known.unknown("AccessDenied"));
  }

  private static Known<Integer> idleTimeout(Known<LoadBalancerAttributes> attributes) {
    return ClassicMapper.complete(LEGACY.loadBalancer(), attributes, Known.of(Map.of()))
        .idleTimeoutSeconds();
  }

  @Test
  void theProxyProtocolIsSentToPortsWithoutHttp() {
    List<TargetGroup> groups = groups(DENIED, Known.of(Set.of(8080, 25)));
    assertThat(groups.get(0).proxyProtocol()).isInstanceOf(Known.None.class);
    assertThat(groups.get(1).proxyProtocol())
        .isEqualTo(Known.of(new ProxyProtocol(false, "v1", false)));
    assertThat(groups.get(2).proxyProtocol())
        .isEqualTo(Known.of(new ProxyProtocol(true, "v1", false)));
    List<TargetGroup> unread = groups(DENIED, Known.unknown("Throttling"));
    assertThat(unread.get(0).proxyProtocol()).isInstanceOf(Known.None.class);
    assertThat(unread.get(2).proxyProtocol()).isEqualTo(Known.unknown("Throttling"));
  }

  @Test
  void policiesOfHttpPortsAreNotAskedFor() {
    assertThat(LEGACY.policies()).isEqualTo(Map.of(25, List.of("proxied")));
  }

  @Test
  void aListenersCookiePolicyMakesItsGroupSticky() {
    assertThat(groups(DENIED, Known.of(Set.of())))
        .extracting(TargetGroup::sticky)
        .containsExactly(Known.of(true), Known.of(false), Known.of(false));
  }

  @Test
  void anInstanceThatIsLeftOutHasNoHealth() {
    List<InstanceState> states =
        List.of(InstanceState.builder().instanceId("i-1").state("InService").build());
    assertThat(targets(Known.of(states)))
        .containsExactly(
            Known.of(TargetHealth.healthy(8443)),
            Known.none(
                "elasticloadbalancing:DescribeInstanceHealth: nothing on i-2, as for terminated"
                    + " instances"));
    assertThat(targets(Known.unknown("AccessDenied"))).containsOnly(Known.unknown("AccessDenied"));
  }

  private static List<Known<TargetHealth>> targets(Known<List<InstanceState>> states) {
    return LEGACY
        .targetGroups(DENIED, states, Known.of(Set.of()))
        .getFirst()
        .targets()
        .orElse(List.of())
        .stream()
        .map(target -> target.health())
        .toList();
  }

  private static List<TargetGroup> groups(
      Known<LoadBalancerAttributes> attributes, Known<Set<Integer>> proxied) {
    return LEGACY.targetGroups(attributes, Known.unknown("not read"), proxied);
  }

  private static Known<LoadBalancerAttributes> attributes(
      Consumer<LoadBalancerAttributes.Builder> set) {
    return Known.of(LoadBalancerAttributes.builder().applyMutation(set).build());
  }

  private static BackendServerDescription server(int port, String... policies) {
    return BackendServerDescription.builder().instancePort(port).policyNames(policies).build();
  }

  private static Instance instance(String id) {
    return Instance.builder().instanceId(id).build();
  }

  private static ListenerDescription listener(
      String protocol, int port, String instanceProtocol, int instancePort, String... policies) {
    return ListenerDescription.builder()
        .policyNames(policies)
        .listener(
            Listener.builder()
                .protocol(protocol)
                .loadBalancerPort(port)
                .instanceProtocol(instanceProtocol)
                .instancePort(instancePort)
                .build())
        .build();
  }
}
