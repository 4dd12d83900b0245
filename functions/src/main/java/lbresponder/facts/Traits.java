package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a load balancer behaves by its kind, whatever its configuration: what checks ask instead of
/// asking which provider and product it is. Known as soon as the alarm names the load balancer.
///
/// @param failsOpen where no target is healthy, it sends to the unhealthy ones all the same
/// @param countsOwnChecks its count of connection errors includes its own health checks, so that a
///   target that is down for days goes on making errors
/// @param resetsIdleFlows it ends flows on which nothing was sent for a while with a reset
/// @param tellsTimeouts its reasons for failing health tell a missing answer from any other failure
/// @param filtersWithinSubnet its packets meet the stateless filter of their own subnet on the way
///   out even if the target is in the same subnet
/// @param sourcePorts the ports its nodes connect from: answers come back to them
/// @param spareAddresses how many free addresses each of its subnets needs for it to add nodes; 0:
///   it never adds any
/// @param nodesPerZone the most nodes it runs in one zone, where their number is not read
/// @param serverHeader how the `Server` header begins in answers that are its own; null: it does
///   not sign them
/// @param counted what its metrics count; anything else is {@link Known.None}
@RecordBuilder
public record Traits(
    boolean failsOpen,
    boolean countsOwnChecks,
    boolean resetsIdleFlows,
    boolean tellsTimeouts,
    boolean filtersWithinSubnet,
    PortRange sourcePorts,
    int spareAddresses,
    int nodesPerZone,
    @Nullable String serverHeader,
    Set<Measure> counted) {
  public Traits {
    counted = Set.copyOf(counted);
  }

  public boolean counts(Measure measure) {
    return counted.contains(measure);
  }
}
