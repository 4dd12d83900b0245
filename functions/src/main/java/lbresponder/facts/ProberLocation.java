package lbresponder.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Where a prober stands.
///
/// @param facts with the prober's interfaces and their security groups
/// @param interfaces their ids; empty where they could not be read or found
/// @param place Unknown where it could not be read
public record ProberLocation(Facts facts, List<String> interfaces, Known<Place> place) {
  public ProberLocation {
    interfaces = List.copyOf(interfaces);
  }

  /// Where nobody could tell in which place it stands.
  public ProberLocation(Facts facts, List<String> interfaces) {
    this(facts, interfaces, Known.unknown("nobody read where it stands"));
  }

  /// What decides how a packet leaves.
  ///
  /// @param securityGroups ids of those that it wears
  /// @param subnets ids of those that it stands in, one or several
  public record Place(Set<String> securityGroups, Set<String> subnets) {
    public Place {
      securityGroups = Set.copyOf(securityGroups);
      subnets = Set.copyOf(subnets);
    }
  }

  /// Why the prober cannot speak for the load balancer: its packets pass for the load balancer's
  /// only with exactly its security groups, and in its subnets. What was not read is a reason too.
  ///
  /// @return empty: it can
  public static String displaced(Known<Place> place, Known<LoadBalancer> loadBalancer) {
    return place.fold(
        here ->
            loadBalancer
                .map(known -> displaced(here, known))
                .fold(
                    why -> why,
                    why -> "where the load balancer stands is not known: " + why,
                    why -> "where the load balancer stands is not known: " + why),
        why -> "where it stands is not known: " + why,
        why -> "it stands in no network: " + why);
  }

  private static String displaced(Place place, LoadBalancer loadBalancer) {
    return loadBalancer
        .securityGroups()
        .fold(
            groups -> differences(place, loadBalancer, groups),
            why -> "the load balancer's security groups are not known: " + why,
            _ -> differences(place, loadBalancer, List.of()));
  }

  private static String differences(
      Place place, LoadBalancer loadBalancer, List<String> securityGroups) {
    Set<String> subnets = new TreeSet<>(place.subnets());
    loadBalancer.zones().forEach(zone -> subnets.remove(zone.subnet()));
    List<String> differences = new ArrayList<>();
    if (!place.securityGroups().equals(Set.copyOf(securityGroups))) {
      differences.add(
          "it is in the security groups %s, and the load balancer in %s"
              .formatted(listed(place.securityGroups()), listed(securityGroups)));
    }
    if (place.subnets().isEmpty()) {
      differences.add("it stands in no subnet");
    } else if (!subnets.isEmpty()) {
      differences.add("it stands in %s, and the load balancer does not".formatted(listed(subnets)));
    }
    return String.join("; ", differences);
  }

  private static String listed(Iterable<String> ids) {
    Set<String> sorted = new TreeSet<>();
    ids.forEach(sorted::add);
    return sorted.isEmpty() ? "none" : String.join(", ", sorted);
  }
}
