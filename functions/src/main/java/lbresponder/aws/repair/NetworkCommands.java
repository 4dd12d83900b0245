package lbresponder.aws.repair;

import java.util.Optional;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup.Group;
import lbresponder.facts.SecurityGroup.Peer;
import lbresponder.facts.SecurityGroup.PrefixList;
import lbresponder.facts.SecurityGroup.Range;

/// Commands of the AWS CLI for repairs of security groups and network ACLs.
final class NetworkCommands {
  /// Numbers that EC2 takes for an entry of a network ACL.
  private static final int LEAST_ENTRY_NUMBER = 1;

  private static final int MOST_ENTRY_NUMBER = 32766;

  private NetworkCommands() {}

  /// Empty where there is no such command: an entry whose number EC2 does not take.
  static Optional<Command> command(Repair.OfNetwork repair, String region) {
    return switch (repair) {
      case Repair.Admit admit -> Optional.of(authorize(admit, region));
      case Repair.WearGroups wear -> Optional.of(wear(wear, region));
      case Repair.AllowEntry entry ->
          entry.number() < LEAST_ENTRY_NUMBER || entry.number() > MOST_ENTRY_NUMBER
              ? Optional.empty()
              : Optional.of(createEntry(entry, region));
    };
  }

  private static Command authorize(Repair.Admit admit, String region) {
    String direction = admit.ingress() ? "ingress" : "egress";
    return new Command(region, "ec2 authorize-security-group-" + direction)
        .with("group-id", admit.securityGroup())
        .with(
            "ip-permissions",
            "IpProtocol=tcp,FromPort=%d,ToPort=%d,%s"
                .formatted(admit.from(), admit.to(), peer(admit.peer())));
  }

  /// The attribute is replaced as a whole.
  private static Command wear(Repair.WearGroups wear, String region) {
    return new Command(
            region,
            wear.machine()
                ? "ec2 modify-instance-attribute"
                : "ec2 modify-network-interface-attribute")
        .with(wear.machine() ? "instance-id" : "network-interface-id", wear.wearer())
        .with("groups", wear.securityGroups());
  }

  private static Command createEntry(Repair.AllowEntry entry, String region) {
    String direction = entry.egress() ? "--egress" : "--ingress";
    return new Command(region, "ec2 create-network-acl-entry " + direction)
        .with("network-acl-id", entry.acl())
        .with("rule-number", String.valueOf(entry.number()))
        .with("protocol", "tcp")
        .with("port-range", "From=%d,To=%d".formatted(entry.from(), entry.to()))
        .with(entry.cidr().contains(":") ? "ipv6-cidr-block" : "cidr-block", entry.cidr())
        .with("rule-action", "allow");
  }

  private static String peer(Peer peer) {
    return switch (peer) {
      case Group(String id, _) -> "UserIdGroupPairs=[{GroupId=%s}]".formatted(id);
      case PrefixList(String id) -> "PrefixListIds=[{PrefixListId=%s}]".formatted(id);
      case Range(String cidr) ->
          cidr.contains(":")
              ? "Ipv6Ranges=[{CidrIpv6=%s}]".formatted(cidr)
              : "IpRanges=[{CidrIp=%s}]".formatted(cidr);
    };
  }
}
