package lbresponder.aws.read;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.SecurityGroup;

/// Reads where a prober in a VPC stands: the packets of a Lambda function leave by interfaces that
/// have its name in their description.
final class ProberInterfaces {
  /// What Lambda writes on the interfaces of a function.
  private static final String DESCRIPTION = "AWS Lambda VPC ENI-";

  private ProberInterfaces() {}

  /// Never throws.
  ///
  /// @param function ARN of the prober
  static ProberLocation locate(Facts facts, String function, Instant deadline, AwsClients clients) {
    String[] arn = function.split(":", -1);
    if (arn.length < 7) {
      return new ProberLocation(facts, List.of());
    }
    NetworkCalls ec2 = new NetworkCalls(clients.ec2(), "");
    try (Calls calls = new Calls(deadline)) {
      Known<List<NetworkInterface>> own =
          calls.start(NetworkCalls.INTERFACES, () -> ec2.described(DESCRIPTION + arn[6])).get();
      Network network = facts.network();
      Set<String> unread = unread(own.orElse(List.of()), network);
      Known<List<SecurityGroup>> groups =
          unread.isEmpty() ? Known.of(List.of()) : Networks.groups(calls, ec2, unread);
      return new ProberLocation(
          facts.withNetwork(
              network
                  .withSecurityGroups(Networks.joined(network.securityGroups(), groups))
                  .withInterfaces(Networks.joined(network.interfaces(), own))),
          own.orElse(List.of()).stream().map(NetworkInterface::id).toList());
    }
  }

  /// Security groups of the interfaces that were not read with the load balancer's.
  private static Set<String> unread(List<NetworkInterface> interfaces, Network network) {
    Set<String> ids = new TreeSet<>();
    interfaces.forEach(own -> ids.addAll(own.securityGroups()));
    network.securityGroups().orElse(List.of()).forEach(group -> ids.remove(group.id()));
    return ids;
  }
}
