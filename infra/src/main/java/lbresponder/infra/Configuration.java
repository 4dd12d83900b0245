package lbresponder.infra;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is to be deployed, as one JSON file has it; {@link ConfigurationReader} checks its keys.
///
/// @param organisation id of the AWS organisation; empty: there are no member accounts
/// @param places every account and Region with load balancers, the hub's own among them
record Configuration(Hub hub, String organisation, List<Place> places) {

  /// @param architecture `arm64` or `x86_64`
  /// @param chatTopic whether there is a topic for Amazon Q Developer in chat applications
  record Hub(
      String account,
      String region,
      String architecture,
      Optional<Slack> slack,
      boolean chatTopic) {}

  /// @param secret name of the secret that holds the bot token
  /// @param mention empty: nobody is mentioned
  record Slack(String secret, String channel, String mention) {}

  /// An account and Region.
  ///
  /// @param alarms the load balancers that get alarms
  record Place(
      String account,
      String region,
      List<Network> networks,
      List<LoadBalancer> loadBalancers,
      List<ProberSite> probers,
      List<LoadBalancer> alarms) {

    boolean isIn(Hub hub) {
      return account.equals(hub.account()) && region.equals(hub.region());
    }
  }

  /// @param cidrs what a prober in it may dial
  record Network(String id, List<String> cidrs, List<String> subnets) {}

  /// @param targetGroups ARNs; empty on Classic
  record LoadBalancer(
      String arn,
      String network,
      List<String> subnets,
      List<String> securityGroups,
      List<String> targetGroups) {

    String name() {
      String[] parts = arn.substring(arn.indexOf(":loadbalancer/") + 14).split("/", -1);
      return parts.length == 1 ? parts[0] : parts[1];
    }
  }

  /// Where a prober runs.
  ///
  /// @param key what the hub selects it by: a load balancer's ARN, or a VPC's id
  record ProberSite(
      String key, List<String> cidrs, List<String> subnets, List<String> securityGroups) {}

  /// The member accounts, each once.
  List<String> members() {
    return places.stream()
        .map(Place::account)
        .filter(account -> !account.equals(hub.account()))
        .distinct()
        .toList();
  }

  /// Every Region, the hub's among them.
  List<String> regions() {
    return Stream.concat(Stream.of(hub.region()), places.stream().map(Place::region))
        .distinct()
        .sorted()
        .toList();
  }
}
