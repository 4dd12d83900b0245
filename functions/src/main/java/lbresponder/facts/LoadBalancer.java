package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/// The load balancer as the provider describes it. Which one it is the incident says.
///
/// @param dnsName what clients connect to
/// @param internal true where only the private network reaches it
/// @param state as the provider names it, e.g. `active`, `active_impaired`; empty where it has none
/// @param network the private network it stands in; empty where it stands in none that was read
/// @param zones the zones it is enabled in: it sends to targets there and nowhere else
/// @param securityGroups ids of the groups at its nodes; empty: none, and nothing filters there
/// @param idleTimeoutSeconds how long it keeps a connection on which nothing is sent, and waits for
///   an answer; None where it keeps no connections of its own
/// @param tags what its owner wrote on it
@RecordBuilder
public record LoadBalancer(
    String dnsName,
    boolean internal,
    String state,
    String network,
    List<Zone> zones,
    Known<List<String>> securityGroups,
    Known<Integer> idleTimeoutSeconds,
    Known<Map<String, String>> tags)
    implements LoadBalancerBuilder.With {
  public LoadBalancer {
    zones = List.copyOf(zones);
  }

  /// @param subnet id of the load balancer's subnet there; empty where it has none
  public record Zone(String name, String subnet) {}

  public boolean isEnabledIn(String zone) {
    return zones.stream().anyMatch(enabled -> enabled.name().equals(zone));
  }
}
