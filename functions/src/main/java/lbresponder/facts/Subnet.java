package lbresponder.facts;

import java.util.List;

/// A range of addresses in one zone.
///
/// @param network the VPC it belongs to
/// @param owner the account that owns it; another than the load balancer's where it is shared
/// @param ranges CIDRs, IPv4 first
/// @param freeAddresses IPv4 addresses nobody uses
public record Subnet(
    String id, String zone, String network, String owner, List<String> ranges, int freeAddresses) {

  public Subnet {
    ranges = List.copyOf(ranges);
  }
}
