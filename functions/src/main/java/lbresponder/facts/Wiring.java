package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/// How a load balancer is wired: from the port clients connect to, to the targets.
///
/// @param targetGroups those of the load balancer and any other that the alarm names
@RecordBuilder
public record Wiring(
    Known<LoadBalancer> loadBalancer,
    Known<List<Listener>> listeners,
    Known<List<TargetGroup>> targetGroups)
    implements WiringBuilder.With {

  /// A wiring of which nothing was read, for one reason.
  public static Wiring unknown(String why) {
    return new Wiring(Known.unknown(why), Known.unknown(why), Known.unknown(why));
  }
}
