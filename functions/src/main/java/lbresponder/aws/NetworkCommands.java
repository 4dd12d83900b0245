package lbresponder.aws;

import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup.Group;
import lbresponder.facts.SecurityGroup.Peer;
import lbresponder.facts.SecurityGroup.PrefixList;
import lbresponder.facts.SecurityGroup.Range;

/// Words repairs of security groups and network ACLs as commands of the AWS CLI.
final class NetworkCommands {
  private NetworkCommands() {}

  static Command word(Repair.OfNetwork repair, String region) {
    return switch (repair) {
      case Repair.Admit(String group, boolean ingress, Peer peer, int port) ->
          new Command(region, "ec2 authorize-security-group-" + (ingress ? "ingress" : "egress"))
              .with("group-id", group)
              .with(
                  "ip-permissions",
                  "IpProtocol=tcp,FromPort=%d,ToPort=%d,%s".formatted(port, port, peer(peer)));
      case Repair.AllowEntry(
              String acl,
              int number,
              boolean egress,
              String cidr,
              int from,
              int to) ->
          new Command(region, "ec2 create-network-acl-entry " + (egress ? "--egress" : "--ingress"))
              .with("network-acl-id", acl)
              .with("rule-number", String.valueOf(number))
              .with("protocol", "tcp")
              .with("port-range", "From=%d,To=%d".formatted(from, to))
              .with(cidr.contains(":") ? "ipv6-cidr-block" : "cidr-block", cidr)
              .with("rule-action", "allow");
    };
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
