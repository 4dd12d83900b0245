package lbresponder.cause;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.State;
import org.jspecify.annotations.Nullable;

/// A Kubernetes node port leads to no ready pod: none on that node, where only local ones are
/// served, or none at all. Nobody here asks the cluster, so that it is no more than possible.
///
/// With `externalTrafficPolicy: Local` a node without a pod of the service answers its checks, on a
/// port of their own, with 503: on purpose, so that it gets nothing.
final class NoServiceEndpoint extends Check {
  /// What Kubernetes hands out, unless it is told otherwise.
  private static final int FIRST_PORT = 30000;

  private static final int LAST_PORT = 32767;

  private static final int NO_LOCAL_POD = 503;

  /// Namespace and name, as the controllers write them into a tag.
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]+/[a-z0-9.-]+");

  NoServiceEndpoint() {
    super(
        "A Kubernetes node port leads to no ready pod",
        "Ask the cluster for the service's traffic policy and for its endpoints.",
        Symptom.REFUSED,
        Symptom.TIMEOUT,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.ofHealth(current.targets());
    Map<String, List<RegisteredTarget>> nodes =
        current.targets().all().stream()
            .filter(NoServiceEndpoint::isNodePort)
            .collect(
                Collectors.groupingBy(
                    target -> target.group().id(), LinkedHashMap::new, Collectors.toList()));
    if (nodes.isEmpty()) {
      return findings.isComplete()
          ? new Verdict.NotApplicable("no target is registered with a Kubernetes node port")
          : findings.verdict();
    }
    Known<Map<String, String>> tags = current.loadBalancer().flatMap(LoadBalancer::tags);
    for (List<RegisteredTarget> group : nodes.values()) {
      List<RegisteredTarget> without =
          group.stream().filter(target -> mayBeWithoutPod(current, target)).toList();
      Optional<String> sign = sign(current, group.getFirst().group(), tags);
      if (sign.isPresent() && !without.isEmpty()) {
        findings.cause(cause(group, without, sign.get(), service(tags)));
      } else if (!without.isEmpty()) {
        findings.require(tags);
      }
    }
    return findings.orRuledOut("no Kubernetes node port is known to lead nowhere");
  }

  private static boolean isNodePort(RegisteredTarget target) {
    Integer port = target.target().port();
    return target.group().targetType() == TargetType.MACHINE && port != null && isNodePort(port);
  }

  private static boolean isNodePort(int port) {
    return FIRST_PORT <= port && port <= LAST_PORT;
  }

  /// What shows that the ports are Kubernetes': other programs use such ones too. Empty: nothing.
  private static Optional<String> sign(
      Case current, TargetGroup group, Known<Map<String, String>> tags) {
    Optional<String> tag =
        tags.orElse(Map.of()).keySet().stream()
            .filter(key -> key.contains("kubernetes.io/") || key.contains("k8s"))
            .sorted()
            .findFirst()
            .map(key -> "the load balancer has the tag " + key);
    boolean named = group.name().startsWith("k8s-") || current.id().name().startsWith("k8s-");
    return tag.or(
        () ->
            named ? Optional.of("it is named as a Kubernetes controller does") : Optional.empty());
  }

  /// Whether it fails as a node without a pod does, and lets nobody in on its node port.
  private static boolean mayBeWithoutPod(Case current, RegisteredTarget target) {
    return target.isIn(State.UNHEALTHY)
        && target.health().map(health -> fits(target, health)).orElse(false)
        && current.probes().ofPorts(target).stream()
            .filter(probe -> Integer.valueOf(probe.port()).equals(target.target().port()))
            .noneMatch(probe -> Probes.any(probe, Probes::accepts));
  }

  private static boolean fits(RegisteredTarget target, TargetHealth health) {
    Integer checked = target.checkedPort();
    boolean apart =
        checked != null && isNodePort(checked) && !checked.equals(target.target().port());
    return switch (health.reason()) {
      case UNEXPECTED_STATUS -> apart && health.statusCodes().equals(List.of(NO_LOCAL_POD));
      case TIMED_OUT, CONNECT_TIMED_OUT, REFUSED, CHECK_FAILED -> true;
      case null, default -> false;
    };
  }

  private static Verdict.Cause cause(
      List<RegisteredTarget> nodes, List<RegisteredTarget> without, String sign, String service) {
    TargetGroup group = nodes.getFirst().group();
    Integer port = without.getFirst().target().port();
    long serving = nodes.stream().filter(RegisteredTarget::takesTraffic).count();
    List<String> because = new ArrayList<>();
    because.add(
        serving > 0
            ? "%s and %s: with externalTrafficPolicy Local that is as it should be where a node has no pod of the service"
                .formatted(fail(without), serve(serving))
            : "%s, and no node serves: the service may have no ready pod at all"
                .formatted(fail(without)));
    because.add("port %d of %s is a Kubernetes node port: %s".formatted(port, group.name(), sign));
    return Verdict.Cause.of(Confidence.POSSIBLE, group.id(), because)
        .about(without)
        .repairedBy(new Repair.Decide(ask(service, port)));
  }

  private static String fail(List<RegisteredTarget> without) {
    return Phrases.count(without.size(), "node") + (without.size() == 1 ? " fails" : " fail");
  }

  private static String serve(long serving) {
    return serving == 1 ? "1 serves" : serving + " serve";
  }

  /// Namespace and name of the service, where a tag tells; empty: none does.
  private static String service(Known<Map<String, String>> tags) {
    return tags.orElse(Map.of()).entrySet().stream()
        .filter(
            tag ->
                tag.getKey().equals("kubernetes.io/service-name")
                    || (tag.getKey().startsWith("service.k8s.") && tag.getKey().endsWith("/stack")))
        .map(Map.Entry::getValue)
        .filter(value -> SERVICE.matcher(value).matches())
        .sorted()
        .findFirst()
        .orElse("");
  }

  private static String ask(String service, @Nullable Integer port) {
    if (service.isEmpty()) {
      return "Ask the cluster: kubectl get services -A | grep %d tells the service; kubectl -n NAMESPACE get endpointslices -l kubernetes.io/service-name=NAME -o wide where its pods are."
          .formatted(port);
    }
    String[] parts = service.split("/", -1);
    return "Ask the cluster: kubectl -n %s get service %s -o jsonpath='{.spec.externalTrafficPolicy}' and kubectl -n %s get endpointslices -l kubernetes.io/service-name=%s -o wide."
        .formatted(parts[0], parts[1], parts[0], parts[1]);
  }
}
