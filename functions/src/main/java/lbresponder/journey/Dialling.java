package lbresponder.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Dial.Vantage;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Endpoint.Stage;
import lbresponder.probe.Sweep;
import org.jspecify.annotations.Nullable;

/// Dials the registered targets: built from what was read as registered, and from nothing else.
public final class Dialling {
  private static final int MOST = 1000;

  private Dialling() {}

  /// The facts with what dialling met.
  ///
  /// @param from what the sweep's place can speak for
  public static Facts dialled(Facts facts, Sweep sweep, Vantage from) {
    List<Endpoint> endpoints = endpoints(facts);
    List<Dial> dials =
        sweep.run(endpoints).stream()
            .map(
                result ->
                    new Dial(
                        result.endpoint().target(),
                        result.endpoint().address(),
                        result.endpoint().port(),
                        result.endpoint().purpose(),
                        from,
                        result.attempts()))
            .toList();
    return facts.withDials(Known.of(dials));
  }

  /// Traffic port and health check's port, where they differ, of every target that has an address.
  static List<Endpoint> endpoints(Facts facts) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
      for (Target target : group.targets().orElse(List.of())) {
        String address = address(facts, group, target);
        if (address.isEmpty() || target.port() == null) {
          continue;
        }
        endpoints.add(traffic(facts, group, target, address, target.port()));
        Integer checked = checkedPort(group, target);
        if (checked != null && !checked.equals(target.port())) {
          endpoints.add(check(facts, group, target, address, checked));
        }
      }
    }
    return endpoints.stream().limit(MOST).toList();
  }

  private static Endpoint traffic(
      Facts facts, TargetGroup group, Target target, String address, int port) {
    String protocol = group.protocol();
    List<Stage> stages = new ArrayList<>();
    if (protocol.equals("HTTPS") || protocol.equals("TLS") || protocol.equals("SSL")) {
      stages.add(Stage.TLS);
    }
    if (protocol.startsWith("HTTP")) {
      stages.add(Stage.HTTP);
    }
    boolean http2 =
        "HTTP2".equals(group.protocolVersion()) || "GRPC".equals(group.protocolVersion());
    String proxy =
        group
                .attributes()
                .map((Map<String, String> all) -> all.getOrDefault("proxy_protocol_v2.enabled", ""))
                .orElse("")
                .equals("true")
            ? "v2"
            : null;
    return endpoint(facts, group, target, address, port, Purpose.TRAFFIC, stages, http2, proxy);
  }

  private static Endpoint check(
      Facts facts, TargetGroup group, Target target, String address, int port) {
    String protocol = group.healthCheck().protocol();
    List<Stage> stages = new ArrayList<>();
    if (protocol.equals("HTTPS") || protocol.equals("SSL") || protocol.equals("TLS")) {
      stages.add(Stage.TLS);
    }
    if (protocol.startsWith("HTTP")) {
      stages.add(Stage.HTTP);
    }
    return endpoint(facts, group, target, address, port, Purpose.HEALTH_CHECK, stages, false, null);
  }

  private static Endpoint endpoint(
      Facts facts,
      TargetGroup group,
      Target target,
      String address,
      int port,
      Purpose purpose,
      List<Stage> stages,
      boolean http2,
      @Nullable String proxy) {
    HealthCheck check = group.healthCheck();
    return new Endpoint(
        target.label(),
        address,
        port,
        purpose,
        group.id(),
        Objects.requireNonNullElse(facts.zoneOf(target), ""),
        stages,
        null,
        check.path(),
        http2,
        proxy,
        Math.clamp(check.timeoutSeconds() * 1000L, 1000, 10_000));
  }

  private static String address(Facts facts, TargetGroup group, Target target) {
    if (group.targetType() == TargetType.IP) {
      return target.id();
    }
    Optional<Instance> instance = facts.instance(target.id()).orElse(Optional.empty());
    return group.targetType() == TargetType.INSTANCE
        ? instance.map(Instance::address).orElse("")
        : "";
  }

  private static @Nullable Integer checkedPort(TargetGroup group, Target target) {
    Integer own =
        target.health() instanceof Known.Value<TargetHealth>(TargetHealth health)
            ? health.checkedPort()
            : null;
    return own == null ? group.healthCheck().port() : own;
  }
}
