package lbresponder.network;

import java.util.List;
import lbresponder.facts.Known;
import org.jspecify.annotations.Nullable;

/// Where one end of a path is in the network.
///
/// @param address one address, or a range any address of which it may have: of a node that could
///   not be read, and where a subnet stands for all that is in it
/// @param subnet null: outside the subnets that were read
/// @param groups ids of the security groups at its interface
public record NetworkLocation(Cidr address, @Nullable String subnet, Known<List<String>> groups) {

  /// The groups, for rules at the other end that name groups; null: not known.
  @Nullable List<String> peerGroups() {
    return switch (groups) {
      case Known.Value<List<String>>(List<String> ids) -> ids;
      case Known.None<List<String>> _ -> List.of();
      case Known.Unknown<List<String>> _ -> null;
    };
  }

  boolean sharesSubnetWith(NetworkLocation other) {
    return subnet != null && subnet.equals(other.subnet);
  }
}
