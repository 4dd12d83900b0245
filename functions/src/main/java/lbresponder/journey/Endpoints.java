package lbresponder.journey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.Target;
import lbresponder.facts.TargetDirectory;
import lbresponder.facts.TargetGroup;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Endpoint.Stage;
import org.jspecify.annotations.Nullable;

/// What to probe: the ports of registered targets, and nothing else, each spoken to as the load
/// balancer speaks to it.
final class Endpoints {
  /// No load balancer waits longer for the answer of a check.
  private static final int MOST_ANSWER_MILLIS = 6000;

  /// Beyond the check's own timeout, so that an answer that comes too late for it is seen.
  private static final int SLACK_MILLIS = 500;

  /// Longer than this nobody waits for a measurement.
  private static final int MOST_IDLE_SECONDS = 120;

  /// Targets of a group run the same program: holding connections to a few of them is enough.
  private static final int HELD = 3;

  private final Facts facts;
  private final TargetDirectory directory;

  Endpoints(Facts facts) {
    this.facts = facts;
    this.directory = new TargetDirectory(facts.fleet());
  }

  /// Traffic port and health check's port of every target that has an address; one of them where
  /// the same would be asked of both. A target in several groups is probed once: where the groups
  /// speak to it in different ways, it is only connected to, which holds for all of them.
  List<Endpoint> all() {
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    for (TargetGroup group : facts.targetGroups()) {
      for (Target target : group.targets().orElse(List.of())) {
        Endpoint traffic = traffic(group, target);
        Endpoint check = check(group, target);
        if (traffic != null) {
          endpoints.merge("traffic " + target.label(), traffic, Endpoints::both);
        }
        if (check != null && (traffic == null || !isSame(traffic, check))) {
          endpoints.merge("%d %s".formatted(check.port(), target.label()), check, Endpoints::both);
        }
      }
    }
    return List.copyOf(endpoints.values());
  }

  private static Endpoint both(Endpoint one, Endpoint other) {
    return isSame(one, other) ? one : one.spokenTo(one.purpose(), List.of(), null, 0);
  }

  private static boolean isSame(Endpoint one, Endpoint other) {
    return one.port() == other.port()
        && one.stages().equals(other.stages())
        && one.http2() == other.http2()
        && Objects.equals(one.proxyHeader(), other.proxyHeader());
  }

  private @Nullable Endpoint traffic(TargetGroup group, Target target) {
    Integer port = target.port();
    if (port == null || !group.protocol().carriesTcp()) {
      return null;
    }
    List<Stage> stages = stages(group.protocol());
    List<Stage> checked = stages(group.healthCheck().protocol());
    // A health check on the same port may tell what a connection carries after TCP or TLS.
    boolean tellsMore =
        port.equals(group.checkedPort(target))
            && checked.size() > stages.size()
            && checked.subList(0, stages.size()).equals(stages);
    return endpoint(group, target, port, Purpose.TRAFFIC, tellsMore ? checked : stages);
  }

  private @Nullable Endpoint check(TargetGroup group, Target target) {
    Integer port = group.checkedPort(target);
    HealthCheck check = group.healthCheck();
    return port == null || !check.enabled()
        ? null
        : endpoint(group, target, port, Purpose.HEALTH_CHECK, stages(check.protocol()));
  }

  /// What follows the connect.
  static List<Stage> stages(Protocol protocol) {
    List<Stage> stages = new ArrayList<>();
    if (protocol.isTls()) {
      stages.add(Stage.TLS);
    }
    if (protocol.isHttp()) {
      stages.add(Stage.HTTP);
    }
    return stages;
  }

  private @Nullable Endpoint endpoint(
      TargetGroup group, Target target, int port, Purpose purpose, List<Stage> stages) {
    String address = directory.address(group, target);
    if (address == null) {
      return null;
    }
    HealthCheck check = group.healthCheck();
    boolean mute = isMute(group, purpose);
    return new Endpoint(
        target.label(),
        address,
        port,
        purpose,
        group.id(),
        Objects.requireNonNullElse(directory.zone(target), ""),
        mute ? List.of() : stages,
        null,
        check.path(),
        group.speaksHttp2(),
        mute
            ? null
            : header(group).filter(ProxyProtocol::sent).map(ProxyProtocol::version).orElse(null),
        Math.clamp(check.timeoutSeconds() * 1000L + SLACK_MILLIS, 1000, MOST_ANSWER_MILLIS),
        0);
  }

  /// Whether the target is only connected to. Who expects the proxy protocol's header takes
  /// anything else for an attack: where it is not known whether the load balancer sends it, nothing
  /// is sent.
  private static boolean isMute(TargetGroup group, Purpose purpose) {
    return group
        .proxyProtocol()
        .<Boolean>fold(
            header -> header.sent() && purpose == Purpose.HEALTH_CHECK && !header.inHealthChecks(),
            _ -> true,
            _ -> false);
  }

  /// Empty where the load balancer never sends the header to the group, or it is not known.
  private static Optional<ProxyProtocol> header(TargetGroup group) {
    return group.proxyProtocol().map(Optional::of).orElse(Optional.empty());
  }

  /// The same port in the other way that would explain why it accepts and then fails; empty where
  /// nothing is said after the connect, or it is not the traffic port.
  ///
  /// Where the load balancer can send the proxy protocol's header: with it instead of without, or
  /// the reverse. Else HTTP/1.1 instead of HTTP/2, or TLS instead of plain HTTP.
  Optional<Endpoint> alternate(Endpoint endpoint) {
    if (endpoint.purpose() != Purpose.TRAFFIC || endpoint.stages().isEmpty()) {
      return Optional.empty();
    }
    Optional<ProxyProtocol> header =
        facts.targetGroups().stream()
            .filter(group -> group.id().equals(endpoint.group()))
            .findFirst()
            .flatMap(Endpoints::header);
    boolean keepsStages =
        header.isPresent() || endpoint.http2() || endpoint.stages().contains(Stage.TLS);
    return Optional.of(
        endpoint.spokenTo(
            Purpose.ALTERNATE_PROTOCOL,
            keepsStages ? endpoint.stages() : List.of(Stage.TLS, Stage.HTTP),
            endpoint.proxyHeader() == null ? header.map(ProxyProtocol::version).orElse(null) : null,
            0));
  }

  /// A few of those that the load balancer keeps connections to, to be held idle a little longer
  /// than it would.
  List<Endpoint> held() {
    Known<Integer> timeout =
        facts.wiring().loadBalancer().flatMap(LoadBalancer::idleTimeoutSeconds);
    if (!(timeout instanceof Known.Value<Integer>(Integer seconds))) {
      return List.of();
    }
    int millis = (Math.min(seconds, MOST_IDLE_SECONDS) + 1) * 1000;
    List<Endpoint> endpoints = new ArrayList<>();
    for (TargetGroup group : facts.targetGroups()) {
      group.targets().orElse(List.of()).stream()
          .map(target -> traffic(group, target))
          .filter(Objects::nonNull)
          .filter(endpoint -> endpoint.stages().contains(Stage.HTTP) && !endpoint.http2())
          .limit(HELD)
          .map(endpoint -> held(endpoint, millis))
          .forEach(endpoints::add);
    }
    return endpoints;
  }

  private static Endpoint held(Endpoint endpoint, int millis) {
    return endpoint.spokenTo(Purpose.KEEP_ALIVE, endpoint.stages(), endpoint.proxyHeader(), millis);
  }
}
