package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;
import static lbresponder.aws.sdk.Absent.orZero;

import java.util.Objects;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
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
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;

/// Maps EC2's description of a network to the vocabulary.
final class NetworkMapper {
  /// Nobody can give an entry of a network ACL a higher number: beyond it stand the last ones,
  /// which deny, one for each version of IP.
  private static final int MOST_ENTRY_NUMBER = 32766;

  private NetworkMapper() {}

  /// By which the nodes' interfaces are known: `ELB app/web/50dc6c495c0c9188`, on Classic `ELB
  /// web`.
  static String nodeDescription(LoadBalancerId id) {
    return switch (Kind.of(id)) {
      case CLASSIC -> "ELB " + id.name();
      case APPLICATION, NETWORK -> "ELB " + id.arn().substring(id.arn().indexOf('/') + 1);
    };
  }

  static Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet from) {
    return new Subnet(
        from.subnetId(),
        orEmpty(from.availabilityZone()),
        orEmpty(from.vpcId()),
        orEmpty(from.ownerId()),
        Stream.concat(
                Stream.ofNullable(from.cidrBlock()),
                from.ipv6CidrBlockAssociationSet().stream()
                    .map(SubnetIpv6CidrBlockAssociation::ipv6CidrBlock)
                    .filter(Objects::nonNull))
            .toList(),
        orZero(from.availableIpAddressCount()));
  }

  static NetworkInterface networkInterface(
      software.amazon.awssdk.services.ec2.model.NetworkInterface from, String nodeDescription) {
    return new NetworkInterface(
        from.networkInterfaceId(),
        orEmpty(from.description()),
        nodeDescription.equals(from.description()),
        from.attachment() == null ? null : from.attachment().instanceId(),
        from.attachment() != null && Objects.equals(from.attachment().deviceIndex(), 0),
        orEmpty(from.subnetId()),
        from.vpcId(),
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
                from.ipv4Prefixes().stream().map(prefix -> prefix.ipv4Prefix()),
                from.ipv6Prefixes().stream().map(prefix -> prefix.ipv6Prefix()))
            .filter(Objects::nonNull)
            .toList(),
        from.groups().stream().map(group -> group.groupId()).toList());
  }

  static SecurityGroup.Rule rule(SecurityGroupRule from) {
    boolean anyPort = Objects.equals(from.fromPort(), -1);
    return new SecurityGroup.Rule(
        orEmpty(from.securityGroupRuleId()),
        !Boolean.TRUE.equals(from.isEgress()),
        0,
        true,
        orEmpty(from.ipProtocol()),
        anyPort ? null : from.fromPort(),
        anyPort ? null : from.toPort(),
        peer(from));
  }

  /// A peer that none of the known fields tells is a range that nothing is in.
  private static Peer peer(SecurityGroupRule from) {
    if (from.referencedGroupInfo() != null) {
      return new SecurityGroup.Group(
          orEmpty(from.referencedGroupInfo().groupId()),
          from.referencedGroupInfo().peeringStatus());
    }
    if (from.prefixListId() != null) {
      return new SecurityGroup.PrefixList(from.prefixListId());
    }
    return new SecurityGroup.Range(
        orEmpty(from.cidrIpv4() == null ? from.cidrIpv6() : from.cidrIpv4()));
  }

  static NetworkAcl acl(software.amazon.awssdk.services.ec2.model.NetworkAcl from) {
    return new NetworkAcl(
        from.networkAclId(),
        from.associations().stream().map(NetworkAclAssociation::subnetId).toList(),
        from.entries().stream().map(NetworkMapper::entry).toList());
  }

  private static NetworkAcl.Entry entry(NetworkAclEntry from) {
    Integer number = from.ruleNumber();
    return new NetworkAcl.Entry(
        number == null || number > MOST_ENTRY_NUMBER ? null : number,
        Boolean.TRUE.equals(from.egress()),
        "allow".equals(from.ruleActionAsString()),
        orEmpty(from.protocol()),
        orEmpty(from.cidrBlock() == null ? from.ipv6CidrBlock() : from.cidrBlock()),
        from.portRange() == null ? null : from.portRange().from(),
        from.portRange() == null ? null : from.portRange().to());
  }

  static RouteTable routeTable(software.amazon.awssdk.services.ec2.model.RouteTable from) {
    return new RouteTable(
        from.routeTableId(),
        orEmpty(from.vpcId()),
        from.associations().stream()
            .anyMatch(association -> Boolean.TRUE.equals(association.main())),
        from.associations().stream()
            .map(RouteTableAssociation::subnetId)
            .filter(Objects::nonNull)
            .toList(),
        from.routes().stream().map(NetworkMapper::route).toList());
  }

  private static RouteTable.Route route(Route from) {
    String via =
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
            from.instanceId());
    return new RouteTable.Route(
        first(
            from.destinationCidrBlock(),
            from.destinationIpv6CidrBlock(),
            from.destinationPrefixListId()),
        via,
        leads(via),
        from.state() == RouteState.BLACKHOLE,
        from.origin() == RouteOrigin.ENABLE_VGW_ROUTE_PROPAGATION);
  }

  /// By the next hop's id. What goes to an interface or an instance, nobody knows where it sends
  /// it.
  private static RouteTable.Leads leads(String via) {
    return switch (via.contains(":core-network/") ? "core" : via.split("-", 2)[0]) {
      case "local" -> RouteTable.Leads.LOCAL;
      case "igw" -> RouteTable.Leads.INTERNET;
      case "nat", "eigw" -> RouteTable.Leads.NAT;
      case "vpce" -> RouteTable.Leads.APPLIANCE;
      case "pcx", "tgw", "vgw", "lgw", "core" -> RouteTable.Leads.PEER;
      default -> RouteTable.Leads.OTHER;
    };
  }

  private static String first(@Nullable String... ids) {
    return Stream.of(ids).filter(Objects::nonNull).findFirst().orElse("");
  }
}
