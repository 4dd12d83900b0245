package lbresponder.facts;

import java.util.List;
import java.util.Map;

/// The load balancer as the provider describes it.
///
/// @param dnsName what clients connect to
/// @param internal true where only the private network reaches it
/// @param state as the provider names it, e.g. `active`, `active_impaired`; empty where it has none
///   (Classic)
/// @param network the VPC it stands in; empty on EC2-Classic
/// @param zones the zones it is enabled in: it sends to targets there and nowhere else
/// @param securityGroups ids of the groups its nodes wear; empty: none
/// @param attributes the provider's own keys, e.g. `idle_timeout.timeout_seconds`
public record LoadBalancer(
    LoadBalancerId id,
    String dnsName,
    boolean internal,
    String state,
    String network,
    List<Zone> zones,
    List<String> securityGroups,
    Known<Map<String, String>> attributes,
    Known<Map<String, String>> tags) {

  /// @param subnet id of the load balancer's subnet there; empty where it has none
  public record Zone(String name, String subnet) {}

  public LoadBalancer with(Known<Map<String, String>> attributes, Known<Map<String, String>> tags) {
    return new LoadBalancer(
        id, dnsName, internal, state, network, zones, securityGroups, attributes, tags);
  }

  public LoadBalancer withZones(List<Zone> others) {
    return new LoadBalancer(
        id, dnsName, internal, state, network, others, securityGroups, attributes, tags);
  }

  public boolean isEnabledIn(String zone) {
    return zones.stream().anyMatch(enabled -> enabled.name().equals(zone));
  }
}
