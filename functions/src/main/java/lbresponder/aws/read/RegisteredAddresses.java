package lbresponder.aws.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.network.Cidr;
import lbresponder.network.CidrFormat;

/// Addresses that are registered as targets, in the spelling that EC2 has for them.
///
/// @param inside those in the ranges of the load balancer's VPC; any other is in another network
record RegisteredAddresses(Set<String> inside, Set<String> outside) {

  /// Where the VPC's ranges were not read, every address is taken for one of its own.
  static RegisteredAddresses of(
      List<TargetGroup> groups, List<Subnet> subnets, List<RouteTable> tables) {
    List<Cidr> own = ranges(subnets, tables);
    Set<String> inside = new TreeSet<>();
    Set<String> outside = new TreeSet<>();
    for (TargetGroup group : groups) {
      if (group.targetType() == TargetType.ADDRESS) {
        for (Target target : group.targets().orElse(List.of())) {
          Cidr address = Cidr.parse(target.id());
          if (address != null) {
            boolean here = own.isEmpty() || own.stream().anyMatch(range -> range.contains(address));
            (here ? inside : outside).add(CidrFormat.of(address));
          }
        }
      }
    }
    return new RegisteredAddresses(inside, outside);
  }

  private static List<Cidr> ranges(List<Subnet> subnets, List<RouteTable> tables) {
    Stream<String> local =
        tables.stream()
            .flatMap(table -> table.routes().stream())
            .filter(route -> route.leads() == Leads.LOCAL)
            .map(Route::destination);
    List<Cidr> ranges = new ArrayList<>();
    Stream.concat(local, subnets.stream().flatMap(subnet -> subnet.ranges().stream()))
        .distinct()
        .map(Cidr::parse)
        .flatMap(Stream::ofNullable)
        .forEach(ranges::add);
    return ranges;
  }

  /// Ids of the peerings by which a route may lead to any of those outside. What a prefix list
  /// holds is not looked at.
  Set<String> peerings(List<RouteTable> tables) {
    Predicate<Route> leadsOut =
        route -> {
          Cidr range = Cidr.parse(route.destination());
          return route.via().startsWith("pcx-")
              && (range == null
                  || outside.stream()
                      .map(Cidr::parse)
                      .flatMap(Stream::ofNullable)
                      .anyMatch(range::contains));
        };
    return outside.isEmpty()
        ? Set.of()
        : tables.stream()
            .flatMap(table -> table.routes().stream())
            .filter(leadsOut)
            .map(Route::via)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> all() {
    Set<String> all = new TreeSet<>(inside);
    all.addAll(outside);
    return all;
  }
}
