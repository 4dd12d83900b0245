package lbresponder.journey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Endpoint.Stage;
import lbresponder.probe.Sweep;
import org.jspecify.annotations.Nullable;

/// What to dial: the ports of registered targets, and nothing else, each spoken to as the load
/// balancer speaks to it.
final class Endpoints {
  /// No load balancer waits longer for the answer of a check.
  private static final int MOST_ANSWER_MILLIS = 6000;

  /// Beyond the check's own patience, so that an answer that comes too late for it is seen.
  private static final int SLACK_MILLIS = 500;

  /// Longer than this nobody waits for a measurement.
  private static final int MOST_IDLE_SECONDS = 120;

  /// Targets of a group run the same program.
  private static final int HELD = 3;

  private final Facts facts;
  private final Kind kind;

  Endpoints(Facts facts) {
    this.facts = facts;
    this.kind = facts.incident().loadBalancer().kind();
  }

  /// Traffic port and health check's port of every target that has an address; one of them where
  /// the same would be asked of both. A target in several groups is dialled once: where the groups
  /// speak to it in different ways, it is only connected to, which holds for all of them.
  List<Endpoint> all() {
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
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
    if (port == null || group.protocol().matches("UDP|QUIC")) {
      return null;
    }
    List<Stage> stages = stages(group.protocol());
    HealthCheck check = group.healthCheck();
    // What a connection without a protocol carries, a check on the same port may tell.
    if (group.protocol().startsWith("TCP") && port.equals(group.checkedPort(target))) {
      stages = stages(check.protocol());
    } else if (stages.equals(List.of(Stage.TLS))
        && port.equals(group.checkedPort(target))
        && check.protocol().equals("HTTPS")) {
      stages = List.of(Stage.TLS, Stage.HTTP);
    }
    return endpoint(group, target, port, Purpose.TRAFFIC, stages);
  }

  private @Nullable Endpoint check(TargetGroup group, Target target) {
    Integer port = group.checkedPort(target);
    HealthCheck check = group.healthCheck();
    return port == null || !check.enabled()
        ? null
        : endpoint(group, target, port, Purpose.HEALTH_CHECK, stages(check.protocol()));
  }

  private static List<Stage> stages(String protocol) {
    return switch (protocol) {
      case "HTTPS" -> List.of(Stage.TLS, Stage.HTTP);
      case "HTTP" -> List.of(Stage.HTTP);
      case "TLS", "SSL" -> List.of(Stage.TLS);
      default -> List.of();
    };
  }

  private @Nullable Endpoint endpoint(
      TargetGroup group, Target target, int port, Purpose purpose, List<Stage> stages) {
    String address = address(group, target);
    if (address.isEmpty()) {
      return null;
    }
    HealthCheck check = group.healthCheck();
    Known<String> header = proxyHeader(group);
    // Whoever expects a header takes anything else for an attack: without knowing, nothing is said.
    // Whether Classic sends it with its checks too is not documented.
    boolean mute =
        !header.isKnown()
            || (kind == Kind.CLASSIC
                && purpose == Purpose.HEALTH_CHECK
                && !header.orElse("").isEmpty());
    String proxy = header.orElse("");
    return new Endpoint(
        target.label(),
        address,
        port,
        purpose,
        group.id(),
        Objects.requireNonNullElse(facts.zoneOf(target), ""),
        mute ? List.of() : stages,
        null,
        check.path(),
        "HTTP2".equals(group.protocolVersion()) || "GRPC".equals(group.protocolVersion()),
        mute || proxy.isEmpty() ? null : proxy,
        Math.clamp(check.timeoutSeconds() * 1000L + SLACK_MILLIS, 1000, MOST_ANSWER_MILLIS),
        0);
  }

  /// Version of the header that the load balancer sends before anything else; empty: none.
  private Known<String> proxyHeader(TargetGroup group) {
    return switch (kind) {
      case APPLICATION -> Known.of("");
      case NETWORK -> header(group, "proxy_protocol_v2.enabled", "v2");
      case CLASSIC -> header(group, "proxy_protocol_v1.enabled", "v1");
    };
  }

  private static Known<String> header(TargetGroup group, String key, String version) {
    return group
        .attributes()
        .map((Map<String, String> all) -> all.getOrDefault(key, "").equals("true") ? version : "");
  }

  private String address(TargetGroup group, Target target) {
    if (group.targetType() == TargetType.IP) {
      return target.id();
    }
    Optional<Instance> instance = facts.instance(target.id()).orElse(Optional.empty());
    return group.targetType() == TargetType.INSTANCE
        ? instance.map(Instance::address).orElse("")
        : "";
  }

  /// Those that accept and then fail, to be spoken to in the other way that would explain it.
  List<Endpoint> otherwise(List<Sweep.Result> met) {
    Map<String, Integer> chosen = new HashMap<>();
    List<Endpoint> endpoints = new ArrayList<>();
    for (Sweep.Result one : met) {
      Endpoint endpoint = one.endpoint();
      if (endpoint.purpose() == Purpose.TRAFFIC
          && !endpoint.stages().isEmpty()
          && one.attempts().stream().allMatch(Endpoints::isMisunderstood)
          && chosen.merge(endpoint.group(), 1, Integer::sum) <= Sweep.REPRESENTATIVES) {
        endpoints.add(turned(endpoint));
      }
    }
    return endpoints;
  }

  private static boolean isMisunderstood(Connection met) {
    return met instanceof Connection.Closed
        || met instanceof Connection.Reset
        || met instanceof Connection.Silent
        || met instanceof Connection.Malformed
        || met instanceof Connection.TlsFailed
        || (met instanceof Connection.Answered answer && answer.status() == 400);
  }

  private Endpoint turned(Endpoint one) {
    boolean proxied = isProxied(one);
    String header = kind == Kind.CLASSIC ? "v1" : "v2";
    return one.spokenTo(
        Purpose.OTHERWISE,
        proxied || one.http2() || one.stages().contains(Stage.TLS)
            ? one.stages()
            : List.of(Stage.TLS, Stage.HTTP),
        !proxied ? null : one.proxyHeader() == null ? header : null,
        0);
  }

  /// Whether the load balancer could send a header there.
  private boolean isProxied(Endpoint endpoint) {
    String protocol =
        facts.targetGroups().orElse(List.of()).stream()
            .filter(group -> group.id().equals(endpoint.group()))
            .map(TargetGroup::protocol)
            .findFirst()
            .orElse("");
    return kind != Kind.APPLICATION && !protocol.startsWith("HTTP");
  }

  /// A few of those that the load balancer keeps connections to, to be held idle a little longer
  /// than it would.
  List<Endpoint> held() {
    int idle =
        facts
            .loadBalancer()
            .flatMap(LoadBalancer::attributes)
            .map((Map<String, String> all) -> all.getOrDefault("idle_timeout.timeout_seconds", ""))
            .map(text -> text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 60)
            .orElse(60);
    List<Endpoint> endpoints = new ArrayList<>();
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
      group.targets().orElse(List.of()).stream()
          .map(target -> traffic(group, target))
          .filter(Objects::nonNull)
          .filter(one -> one.stages().contains(Stage.HTTP) && !one.http2())
          .filter(_ -> kind != Kind.NETWORK)
          .limit(HELD)
          .map(one -> held(one, (Math.min(idle, MOST_IDLE_SECONDS) + 1) * 1000))
          .forEach(endpoints::add);
    }
    return endpoints;
  }

  private static Endpoint held(Endpoint one, int millis) {
    return one.spokenTo(Purpose.KEEP_ALIVE, one.stages(), one.proxyHeader(), millis);
  }
}
