package lbresponder.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

  /// Where a load balancer stands; Unknown where its security groups were not read.
  public static Known<Place> of(LoadBalancer loadBalancer) {
    Set<String> subnets =
        loadBalancer.zones().stream().map(LoadBalancer.Zone::subnet).collect(Collectors.toSet());
    return loadBalancer
        .securityGroups()
        .fold(
            groups -> Known.of(new Place(Set.copyOf(groups), subnets)),
            why -> Known.unknown("the load balancer's security groups: " + why),
            _ -> Known.of(new Place(Set.of(), subnets)));
  }

  /// What keeps a prober from speaking for a load balancer: its packets pass for the load
  /// balancer's only with exactly its security groups, and in its subnets.
  ///
  /// @return empty: nothing; Unknown where one of the places is not known
  public static Known<String> differences(Known<Place> prober, Known<Place> loadBalancer) {
    return prober.fold(
        here ->
            loadBalancer.fold(
                there -> Known.of(differences(here, there)),
                why -> Known.unknown("where the load balancer stands is not known: " + why),
                why -> Known.unknown("where the load balancer stands is not known: " + why)),
        why -> Known.unknown("where it stands is not known: " + why),
        why -> Known.of("it stands in no network: " + why));
  }

  private static String differences(Place prober, Place loadBalancer) {
    Set<String> subnets = new TreeSet<>(prober.subnets());
    subnets.removeAll(loadBalancer.subnets());
    List<String> differences = new ArrayList<>();
    if (!prober.securityGroups().equals(loadBalancer.securityGroups())) {
      differences.add(
          "it is in the security groups %s, and the load balancer in %s"
              .formatted(listed(prober.securityGroups()), listed(loadBalancer.securityGroups())));
    }
    if (!subnets.isEmpty()) {
      differences.add("it stands in %s, and the load balancer does not".formatted(listed(subnets)));
    }
    return String.join("; ", differences);
  }

  private static String listed(Set<String> ids) {
    return ids.isEmpty() ? "none" : String.join(", ", new TreeSet<>(ids));
  }
}
