package lbresponder.facts;

import java.util.List;

/// A way between two networks, to which routes of either lead. It carries what is for an address of
/// the other one, and nothing beyond.
///
/// @param id as the routes name it, see {@link RouteTable.Route#via}
/// @param networks ids of the two that it joins
public record Peering(String id, Known<List<String>> networks) {}
