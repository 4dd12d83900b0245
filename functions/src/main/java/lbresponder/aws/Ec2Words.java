package lbresponder.aws;

import java.util.Objects;
import java.util.stream.Stream;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.RouteTable;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.SecurityGroup.Peer;
import lbresponder.facts.Subnet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceIpv6Address;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;

/// EC2's words for the network, in ours.
final class Ec2Words {
  private Ec2Words() {}

  /// By which the nodes' interfaces are known: `ELB app/web/50dc6c495c0c9188`, on Classic `ELB
  /// web`.
  static String nodeDescription(LoadBalancerId id) {
    return switch (id.kind()) {
      case CLASSIC -> "ELB " + id.name();
      case APPLICATION, NETWORK -> "ELB " + id.arn().substring(id.arn().indexOf('/') + 1);
    };
  }

  static Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet from) {
    return new Subnet(
        from.subnetId(),
        V2.orEmpty(from.availabilityZone()),
        V2.orEmpty(from.vpcId()),
        V2.orEmpty(from.ownerId()),
        Stream.concat(
                Stream.ofNullable(from.cidrBlock()),
                from.ipv6CidrBlockAssociationSet().stream()
                    .map(SubnetIpv6CidrBlockAssociation::ipv6CidrBlock)
                    .filter(Objects::nonNull))
            .toList(),
        V2.orZero(from.availableIpAddressCount()));
  }

  static NetworkInterface networkInterface(
      software.amazon.awssdk.services.ec2.model.NetworkInterface from, String nodeDescription) {
    return new NetworkInterface(
        from.networkInterfaceId(),
        V2.orEmpty(from.description()),
        nodeDescription.equals(from.description()),
        from.attachment() == null ? null : from.attachment().instanceId(),
        from.attachment() != null && Objects.equals(from.attachment().deviceIndex(), 0),
        V2.orEmpty(from.subnetId()),
        Stream.concat(
                Stream.concat(
                    Stream.ofNullable(from.privateIpAddress()),
                    from.privateIpAddresses().stream()
                        .map(NetworkInterfacePrivateIpAddress::privateIpAddress)),
                from.ipv6Addresses().stream().map(NetworkInterfaceIpv6Address::ipv6Address))
            .filter(Objects::nonNull)
            .distinct()
            .toList(),
        Stream.concat(
                from.ipv4Prefixes().stream().map(one -> one.ipv4Prefix()),
                from.ipv6Prefixes().stream().map(one -> one.ipv6Prefix()))
            .filter(Objects::nonNull)
            .toList(),
        from.groups().stream().map(one -> one.groupId()).toList());
  }

  static SecurityGroup.Rule rule(SecurityGroupRule from) {
    boolean anyPort = Objects.equals(from.fromPort(), -1);
    return new SecurityGroup.Rule(
        V2.orEmpty(from.securityGroupRuleId()),
        !Boolean.TRUE.equals(from.isEgress()),
        0,
        true,
        V2.orEmpty(from.ipProtocol()),
        anyPort ? null : from.fromPort(),
        anyPort ? null : from.toPort(),
        peer(from));
  }

  /// A peer that none of the known fields tells is a range that nothing is in.
  private static Peer peer(SecurityGroupRule from) {
    if (from.referencedGroupInfo() != null) {
      return new SecurityGroup.Group(
          V2.orEmpty(from.referencedGroupInfo().groupId()),
          from.referencedGroupInfo().peeringStatus());
    }
    if (from.prefixListId() != null) {
      return new SecurityGroup.PrefixList(from.prefixListId());
    }
    return new SecurityGroup.Range(
        V2.orEmpty(from.cidrIpv4() == null ? from.cidrIpv6() : from.cidrIpv4()));
  }

  static NetworkAcl acl(software.amazon.awssdk.services.ec2.model.NetworkAcl from) {
    return new NetworkAcl(
        from.networkAclId(),
        from.associations().stream().map(NetworkAclAssociation::subnetId).toList(),
        from.entries().stream().map(Ec2Words::entry).toList());
  }

  private static NetworkAcl.Entry entry(NetworkAclEntry from) {
    return new NetworkAcl.Entry(
        V2.orZero(from.ruleNumber()),
        Boolean.TRUE.equals(from.egress()),
        "allow".equals(from.ruleActionAsString()),
        V2.orEmpty(from.protocol()),
        V2.orEmpty(from.cidrBlock() == null ? from.ipv6CidrBlock() : from.cidrBlock()),
        from.portRange() == null ? null : from.portRange().from(),
        from.portRange() == null ? null : from.portRange().to());
  }

  static RouteTable routeTable(software.amazon.awssdk.services.ec2.model.RouteTable from) {
    return new RouteTable(
        from.routeTableId(),
        V2.orEmpty(from.vpcId()),
        from.associations().stream().anyMatch(one -> Boolean.TRUE.equals(one.main())),
        from.associations().stream()
            .map(RouteTableAssociation::subnetId)
            .filter(Objects::nonNull)
            .toList(),
        from.routes().stream().map(Ec2Words::route).toList());
  }

  private static RouteTable.Route route(Route from) {
    return new RouteTable.Route(
        first(
            from.destinationCidrBlock(),
            from.destinationIpv6CidrBlock(),
            from.destinationPrefixListId()),
        first(
            from.gatewayId(),
            from.natGatewayId(),
            from.transitGatewayId(),
            from.vpcPeeringConnectionId(),
            from.networkInterfaceId(),
            from.egressOnlyInternetGatewayId(),
            from.localGatewayId(),
            from.carrierGatewayId(),
            from.coreNetworkArn(),
            from.instanceId()),
        V2.orEmpty(from.stateAsString()),
        from.origin() == RouteOrigin.ENABLE_VGW_ROUTE_PROPAGATION);
  }

  private static String first(@Nullable String... ids) {
    return Stream.of(ids).filter(Objects::nonNull).findFirst().orElse("");
  }
}
