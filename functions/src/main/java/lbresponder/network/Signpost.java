package lbresponder.network;

import java.util.List;
import java.util.Map;
import lbresponder.facts.Known;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Route;
import org.jspecify.annotations.Nullable;

/// A route table. The most specific route that covers an address decides; of equals a range goes
/// before a prefix list, and a route somebody made before a propagated one. A blackhole that is
/// chosen drops: nothing less specific is tried instead.
public final class Signpost {
  private Signpost() {}

  /// A route that covers the address.
  private record Candidate(Route route, int length, boolean byList) {
    boolean beats(@Nullable Candidate other) {
      if (other == null || length != other.length) {
        return other == null || length > other.length;
      }
      if (byList != other.byList) {
        return !byList;
      }
      return !route.propagated() && other.route.propagated();
    }
  }

  /// Where packets to an address go.
  ///
  /// @param address one address
  public static Hop to(Cidr address, RouteTable table, Map<String, PrefixList> prefixLists) {
    return switch (chosen(address, table, prefixLists)) {
      case Known.Unknown<List<Route>>(String why) -> new Hop.Unknown(why);
      case Known.Value<List<Route>>(List<Route> route) ->
          route.isEmpty()
              ? new Hop.Denied("%s has no route to %s".formatted(table.id(), Texts.of(address)))
              : judge(route.getFirst(), table);
    };
  }

  /// The next hop to an address; empty where it is dropped.
  static Known<String> via(Cidr address, RouteTable table, Map<String, PrefixList> prefixLists) {
    return chosen(address, table, prefixLists)
        .map(
            route ->
                route.isEmpty() || route.getFirst().state().equals("blackhole")
                    ? ""
                    : route.getFirst().via());
  }

  /// None or one.
  private static Known<List<Route>> chosen(
      Cidr address, RouteTable table, Map<String, PrefixList> prefixLists) {
    Candidate best = null;
    for (Route route : table.routes()) {
      if (!route.destination().startsWith("pl-")) {
        best = better(best, route, route.destination(), address, false);
      } else {
        PrefixList list = prefixLists.get(route.destination());
        if (list == null
            || !(list.ranges() instanceof Known.Value<List<String>>(List<String> ranges))) {
          return Known.unknown(
              "the entries of %s, to which %s has a route, were not read"
                  .formatted(route.destination(), table.id()));
        }
        for (String range : ranges) {
          best = better(best, route, range, address, true);
        }
      }
    }
    return Known.of(best == null ? List.of() : List.of(best.route));
  }

  private static @Nullable Candidate better(
      @Nullable Candidate best, Route route, String range, Cidr address, boolean byList) {
    Cidr covered = Cidr.parse(range);
    if (covered == null || !covered.contains(address)) {
      return best;
    }
    Candidate candidate = new Candidate(route, covered.length(), byList);
    return candidate.beats(best) ? candidate : best;
  }

  private static Hop judge(Route route, RouteTable table) {
    String name = "%s of %s".formatted(route.destination(), table.id());
    if (route.state().equals("blackhole")) {
      return new Hop.Denied("%s is a blackhole".formatted(name));
    }
    return route.via().equals("local")
        ? new Hop.Allowed("local")
        : new Hop.Unknown(
            "%s goes through %s, beyond which nothing was read".formatted(name, route.via()));
  }
}
