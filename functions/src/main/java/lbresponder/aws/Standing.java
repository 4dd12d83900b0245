package lbresponder.aws;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.SecurityGroup;

/// Where a prober in a VPC stands: a function's packets leave by interfaces that its name is
/// written on.
///
/// @param facts with these interfaces and their groups
/// @param interfaces their ids; empty where they could not be read or found
public record Standing(Facts facts, List<String> interfaces) {
  /// What Lambda writes on the interfaces of a function.
  private static final String DESCRIPTION = "AWS Lambda VPC ENI-";

  /// Never throws.
  ///
  /// @param function ARN of the prober
  static Standing of(Facts facts, String function, Instant deadline, AwsClients clients) {
    String name = function.split(":", -1)[6];
    try (Calls calls = new Calls(deadline)) {
      Known<List<NetworkInterface>> own =
          calls
              .start(
                  Networks.INTERFACES, () -> Networks.described(clients.ec2(), DESCRIPTION + name))
              .get();
      Network network = facts.network();
      TreeSet<String> worn = new TreeSet<>();
      own.orElse(List.of()).forEach(one -> worn.addAll(one.securityGroups()));
      network.securityGroups().orElse(List.of()).forEach(one -> worn.remove(one.id()));
      Known<List<SecurityGroup>> more =
          worn.isEmpty()
              ? Known.of(List.of())
              : calls
                  .start(Networks.GROUP_RULES, () -> Networks.securityGroups(clients.ec2(), worn))
                  .get();
      Network extended =
          new Network(
              joined(network.securityGroups(), more),
              network.networkAcls(),
              network.routeTables(),
              network.subnets(),
              joined(network.interfaces(), own),
              network.prefixLists());
      return new Standing(
          facts.withNetwork(extended),
          own.orElse(List.of()).stream().map(NetworkInterface::id).toList());
    }
  }

  /// What could be read of the second; the first stays what it is.
  private static <T> Known<List<T>> joined(Known<List<T>> one, Known<List<T>> other) {
    return one.map(all -> Stream.concat(all.stream(), other.orElse(List.of()).stream()).toList());
  }
}
