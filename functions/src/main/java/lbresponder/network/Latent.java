package lbresponder.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Ends.Place;
import lbresponder.network.Ends.Source;

/// What works today and will not tomorrow.
public final class Latent {
  private Latent() {}

  /// Nodes come and go: addresses of the load balancer's subnets that the target would not admit,
  /// though it admits the nodes of today. One sentence each; empty where there are none.
  public static List<String> of(Paths paths, TargetGroup group, Target target, int port) {
    HashSet<String> worn = new HashSet<>(paths.worn);
    Place end = paths.ends.place(group, target);
    Wall wall = paths.wallOf(group, target);
    if (end == null || wall == null) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (Source source : paths.sources) {
      for (String text : paths.ends.subnet(source.subnet()).map(Subnet::ranges).orElse(List.of())) {
        Cidr range = Cidr.parse(text);
        if (range != null
            && range.contains(source.address())
            && wall.tcp(port, source.address(), worn) instanceof Hop.Allowed
            && wall.tcp(port, range, worn) instanceof Hop.Partial) {
          found.add(
              "%s admits the node %s of today and not all of %s: a new node would be dropped"
                  .formatted(
                      String.join(", ", Objects.requireNonNullElse(end.groups(), List.of())),
                      Texts.of(source.address()),
                      text));
        }
      }
    }
    return found;
  }
}
