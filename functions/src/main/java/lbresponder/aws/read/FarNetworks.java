package lbresponder.aws.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Peering;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnectionVpcInfo;

/// The networks at the other end of peerings.
///
/// @param networks ids of those that are in the load balancer's account and Region, where they can
///   be read
record FarNetworks(List<Peering> peerings, Set<String> networks) {

  /// @param asked ids of the peerings that were asked for
  /// @param own id of the load balancer's VPC
  static FarNetworks of(
      Set<String> asked,
      Known<List<VpcPeeringConnection>> read,
      String own,
      LoadBalancerId loadBalancer) {
    Map<String, VpcPeeringConnection> byId = new TreeMap<>();
    read.orElse(List.of()).forEach(peering -> byId.put(peering.vpcPeeringConnectionId(), peering));
    List<Peering> peerings = new ArrayList<>();
    Set<String> networks = new TreeSet<>();
    for (String id : asked) {
      VpcPeeringConnection found = byId.get(id);
      peerings.add(
          new Peering(
              id,
              read.flatMap(
                  _ ->
                      found == null
                          ? Known.unknown(
                              "%s is not among the peerings of this account".formatted(id))
                          : Known.of(
                              sides(found).map(VpcPeeringConnectionVpcInfo::vpcId).toList()))));
      if (found != null) {
        sides(found)
            .filter(side -> isReadable(side, loadBalancer) && !own.equals(side.vpcId()))
            .forEach(side -> networks.add(side.vpcId()));
      }
    }
    return new FarNetworks(List.copyOf(peerings), networks);
  }

  private static Stream<VpcPeeringConnectionVpcInfo> sides(VpcPeeringConnection peering) {
    return Stream.of(peering.requesterVpcInfo(), peering.accepterVpcInfo())
        .filter(side -> side != null && side.vpcId() != null);
  }

  private static boolean isReadable(VpcPeeringConnectionVpcInfo side, LoadBalancerId loadBalancer) {
    return Objects.equals(side.ownerId(), loadBalancer.account())
        && (side.region() == null || side.region().equals(loadBalancer.region()));
  }
}
