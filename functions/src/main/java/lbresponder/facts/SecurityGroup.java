package lbresponder.facts;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A stateful packet filter on an interface.
public record SecurityGroup(String id, String name, List<Rule> rules) {

  /// @param priority lower is looked at first; all the same where the provider has no order (AWS)
  /// @param allow false: a deny rule, which AWS does not have
  /// @param protocol `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all
  /// @param fromPort and `toPort`: inclusive; null: all
  /// @param peer whom it admits or sends to
  public record Rule(
      String id,
      boolean ingress,
      int priority,
      boolean allow,
      String protocol,
      @Nullable Integer fromPort,
      @Nullable Integer toPort,
      Peer peer) {}

  public SecurityGroup with(Rule rule) {
    return new SecurityGroup(id, name, Stream.concat(rules.stream(), Stream.of(rule)).toList());
  }

  /// The other side of a rule.
  public sealed interface Peer {}

  /// @param cidr IPv4 or IPv6
  public record Range(String cidr) implements Peer {}

  public record PrefixList(String id) implements Peer {}

  /// @param peeringStatus null within one network
  public record Group(String id, @Nullable String peeringStatus) implements Peer {}
}
