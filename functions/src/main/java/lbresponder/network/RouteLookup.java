package lbresponder.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lbresponder.facts.Known;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import org.jspecify.annotations.Nullable;

/// A route table. The most specific route that covers an address decides; among equals a range goes
/// before a prefix list, and a route somebody made before a propagated one (AWS, "Route priority").
/// A chosen blackhole drops the packet: nothing less specific is tried instead.
public final class RouteLookup {
  /// A range that a route covers.
  ///
  /// @param hop what becomes of a packet that takes the route
  private record Candidate(Route route, Cidr range, boolean byList, Hop hop) {
    boolean beats(@Nullable Candidate other) {
      if (other == null || range.length() != other.range.length()) {
        return other == null || range.length() > other.range.length();
      }
      if (byList != other.byList) {
        return !byList;
      }
      return !route.propagated() && other.route.propagated();
    }
  }

  private final String id;
  private final List<Candidate> candidates = new ArrayList<>();
  private @Nullable String unreadList;

  private RouteLookup(String id) {
    this.id = id;
  }

  public static RouteLookup of(RouteTable table, Map<String, PrefixList> prefixLists) {
    RouteLookup lookup = new RouteLookup(table.id());
    for (Route route : table.routes()) {
      Cidr range = Cidr.parse(route.destination());
      if (range != null) {
        lookup.candidates.add(new Candidate(route, range, false, lookup.judge(route)));
      } else {
        lookup.addList(route, prefixLists.get(route.destination()));
      }
    }
    return lookup;
  }

  private void addList(Route route, @Nullable PrefixList list) {
    if (list == null
        || !(list.ranges() instanceof Known.Value<List<String>>(List<String> ranges))) {
      unreadList = unreadList == null ? route.destination() : unreadList;
      return;
    }
    Hop hop = judge(route);
    for (String text : ranges) {
      Cidr range = Cidr.parse(text);
      if (range != null) {
        candidates.add(new Candidate(route, range, true, hop));
      }
    }
  }

  /// The table's id.
  public String id() {
    return id;
  }

  /// Whether a route is to a part of a range only.
  boolean tellApart(Cidr to) {
    return candidates.stream().anyMatch(candidate -> to.isCutBy(candidate.range));
  }

  /// What becomes of packets to an address.
  ///
  /// @param address one address
  public Hop to(Cidr address) {
    return best(address)
        .fold(
            best ->
                best.map(candidate -> delivered(candidate, address))
                    .orElseGet(
                        () ->
                            new Hop.Denied(
                                "%s has no route to %s".formatted(id, CidrFormat.of(address)))),
            Hop.Unknown::new,
            Hop.Unknown::new);
  }

  /// The route that packets to an address take; empty: there is none. Unknown where a prefix list
  /// that has a route was not read, as a better route may be among its entries.
  public Known<Optional<Route>> chosen(Cidr address) {
    return best(address).map(best -> best.map(Candidate::route));
  }

  private Known<Optional<Candidate>> best(Cidr address) {
    if (unreadList != null) {
      return Known.unknown(
          "the entries of %s, to which %s has a route, were not read".formatted(unreadList, id));
    }
    Candidate best = null;
    for (Candidate candidate : candidates) {
      if (candidate.range.contains(address) && candidate.beats(best)) {
        best = candidate;
      }
    }
    return Known.of(Optional.ofNullable(best));
  }

  /// Nothing on the internet delivers to a private address.
  private Hop delivered(Candidate best, Cidr address) {
    return best.route.leads() == Leads.INTERNET
            && !best.route.blackhole()
            && Ranges.isPrivate(address)
        ? new Hop.Denied(
            "%s of %s leads to the internet through %s, where %s is nobody's"
                .formatted(best.route.destination(), id, best.route.via(), CidrFormat.of(address)))
        : best.hop;
  }

  private Hop judge(Route route) {
    String name = "%s of %s".formatted(route.destination(), id);
    if (route.blackhole()) {
      return new Hop.Denied("%s is a blackhole".formatted(name));
    }
    return route.leads() == Leads.LOCAL
        ? new Hop.Allowed(route.via())
        : new Hop.Unknown(
            "%s goes through %s, beyond which nothing was read".formatted(name, route.via()));
  }
}
