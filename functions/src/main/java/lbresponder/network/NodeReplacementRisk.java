package lbresponder.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.network.PathEnds.Source;

/// What works now and will not once the load balancer's nodes are replaced, which providers do
/// unasked.
public final class NodeReplacementRisk {
  private NodeReplacementRisk() {}

  /// Addresses of the load balancer's subnets that the target would not admit, though it admits
  /// today's nodes. One sentence each; empty where there are none.
  ///
  /// @param today the paths to one port of the target
  public static List<String> of(Paths paths, List<Path> today) {
    if (today.isEmpty()) {
      return List.of();
    }
    NetworkLocation end = today.getFirst().to();
    SecurityGroupRules rules = paths.inbound(end.groups());
    Set<String> zones = today.stream().map(Path::zone).collect(Collectors.toSet());
    List<Source> nodes =
        paths.sources().stream().filter(node -> zones.contains(node.zone())).toList();
    return rules == null ? List.of() : risks(paths, nodes, end, rules, today.getFirst().port());
  }

  private static List<String> risks(
      Paths paths, List<Source> nodes, NetworkLocation end, SecurityGroupRules rules, int port) {
    List<String> found = new ArrayList<>();
    for (Source source : nodes) {
      Cidr node = source.location().address();
      String subnet = source.location().subnet();
      List<String> groups = source.location().peerGroups();
      for (Cidr range : subnet == null ? List.<Cidr>of() : paths.ends().rangesOf(subnet)) {
        if (range.contains(node)
            && rules.tcp(port, node, groups) instanceof Hop.Allowed
            && rules.tcp(port, range, groups) instanceof Hop.Partial) {
          found.add(
              "%s admits the node %s of today and not all of %s: a new node would be dropped"
                  .formatted(
                      String.join(", ", end.groups().orElse(List.of())),
                      CidrFormat.of(node),
                      CidrFormat.range(range)));
        }
      }
    }
    return found;
  }
}
