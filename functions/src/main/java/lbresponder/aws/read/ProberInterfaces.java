package lbresponder.aws.read;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.ProberLocation.Place;
import lbresponder.facts.SecurityGroup;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.VpcConfigResponse;

/// Reads where a prober in a VPC stands. What a function is configured with tells for certain. Else
/// its interfaces tell, which have its name in their description; but Lambda makes one interface
/// for each subnet and set of security groups, which bears the name of the first of the functions
/// that share it, keeps it while any of them lives, and takes it back from functions that rest.
public final class ProberInterfaces {
  /// What Lambda writes on the interfaces of a function.
  private static final String DESCRIPTION = "AWS Lambda VPC ENI-";

  static final String CONFIGURATION = "lambda:GetFunctionConfiguration";

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
      var interfaces =
          calls.start(NetworkCalls.INTERFACES, () -> ec2.described(DESCRIPTION + arn[6]));
      var configured = calls.start(CONFIGURATION, () -> configured(clients.lambda(), function));
      Known<List<NetworkInterface>> own = interfaces.get();
      Network network = facts.network();
      Set<String> unread = unread(own.orElse(List.of()), network);
      Known<List<SecurityGroup>> groups =
          unread.isEmpty() ? Known.of(List.of()) : Networks.groups(calls, ec2, unread);
      return new ProberLocation(
          facts.withNetwork(
              network
                  .withSecurityGroups(Networks.joined(network.securityGroups(), groups))
                  .withInterfaces(Networks.joined(network.interfaces(), own))),
          own.orElse(List.of()).stream().map(NetworkInterface::id).toList(),
          place(configured.get(), own));
    }
  }

  /// Where a prober stands, without what hangs on it. Never throws.
  ///
  /// @param function ARN of the prober
  public static Known<Place> place(Calls calls, AwsClients clients, String function) {
    String name = function.split(":", -1)[6];
    NetworkCalls ec2 = new NetworkCalls(clients.ec2(), "");
    var interfaces = calls.start(NetworkCalls.INTERFACES, () -> ec2.described(DESCRIPTION + name));
    var configured = calls.start(CONFIGURATION, () -> configured(clients.lambda(), function));
    return place(configured.get(), interfaces.get());
  }

  private static @Nullable Place configured(LambdaClient lambda, String function) {
    VpcConfigResponse vpc =
        lambda.getFunctionConfiguration(call -> call.functionName(function)).vpcConfig();
    if (vpc == null || vpc.subnetIds().isEmpty()) {
      throw new Calls.Gone("its function is in no VPC");
    }
    return new Place(Set.copyOf(vpc.securityGroupIds()), Set.copyOf(vpc.subnetIds()));
  }

  /// Without the configuration, interfaces tell as long as all of them wear the same.
  static Known<Place> place(Known<Place> configured, Known<List<NetworkInterface>> own) {
    return configured instanceof Known.Unknown<Place>(String why)
        ? own.flatMap(interfaces -> worn(interfaces, why))
        : configured;
  }

  private static Known<Place> worn(List<NetworkInterface> own, String unread) {
    Set<Set<String>> groups =
        own.stream()
            .map(one -> (Set<String>) new TreeSet<>(one.securityGroups()))
            .collect(Collectors.toSet());
    return switch (groups.size()) {
      case 0 ->
          Known.unknown(
              "no network interface bears its name, as functions with the same security groups and"
                  + " subnets share theirs, and "
                  + unread);
      case 1 ->
          Known.of(
              new Place(
                  groups.iterator().next(),
                  own.stream().map(NetworkInterface::subnet).collect(Collectors.toSet())));
      default ->
          Known.unknown(
              "the network interfaces that bear its name are in different security groups, and "
                  + unread);
    };
  }

  /// Security groups of the interfaces that were not read with the load balancer's.
  private static Set<String> unread(List<NetworkInterface> interfaces, Network network) {
    Set<String> ids = new TreeSet<>();
    interfaces.forEach(own -> ids.addAll(own.securityGroups()));
    network.securityGroups().orElse(List.of()).forEach(group -> ids.remove(group.id()));
    return ids;
  }
}
