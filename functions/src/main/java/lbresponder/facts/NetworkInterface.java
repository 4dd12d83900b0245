package lbresponder.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What carries addresses in a subnet.
///
/// @param description the provider's or an owner's text
/// @param node true where it is one of the load balancer's own nodes
/// @param instance the instance it is attached to; null: to none
/// @param primary true where it is its instance's first interface
/// @param network the network it is in: private addresses are unique within one only; null where an
///   older recording does not tell, and its subnet does
/// @param addresses IPv4 and IPv6, the primary one first
/// @param prefixes CIDRs delegated to it as a whole: a Kubernetes node's pods have addresses out of
///   these
public record NetworkInterface(
    String id,
    String description,
    boolean node,
    @Nullable String instance,
    boolean primary,
    String subnet,
    @Nullable String network,
    List<String> addresses,
    List<String> prefixes,
    List<String> securityGroups) {

  public NetworkInterface {
    addresses = List.copyOf(addresses);
    prefixes = List.copyOf(prefixes);
    securityGroups = List.copyOf(securityGroups);
  }

  /// The same interface in other security groups.
  public NetworkInterface wearing(List<String> groups) {
    return new NetworkInterface(
        id, description, node, instance, primary, subnet, network, addresses, prefixes, groups);
  }
}
