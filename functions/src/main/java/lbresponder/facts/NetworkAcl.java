package lbresponder.facts;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A stateless packet filter at a subnet's edge: the first matching entry decides.
///
/// @param subnets ids of the subnets it guards
public record NetworkAcl(String id, List<String> subnets, List<Entry> entries) {

  public NetworkAcl with(Entry entry) {
    return new NetworkAcl(id, subnets, Stream.concat(entries.stream(), Stream.of(entry)).toList());
  }

  /// @param number entries are tried in ascending order; null: the last, which has none and which
  ///   consoles print as `*`
  /// @param protocol `-1` for all, or the number, e.g. `6` for TCP
  /// @param fromPort and `toPort`: inclusive; null: all
  public record Entry(
      @Nullable Integer number,
      boolean egress,
      boolean allow,
      String protocol,
      String cidr,
      @Nullable Integer fromPort,
      @Nullable Integer toPort) {}
}
