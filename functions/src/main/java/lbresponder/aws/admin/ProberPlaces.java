package lbresponder.aws.admin;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.aws.read.ProberInterfaces;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Known;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.ProberLocation.Place;

/// Whether probers still stand where they were deployed to: security groups and subnets of a load
/// balancer change.
public final class ProberPlaces {
  private static final String ELB = "elasticloadbalancing:DescribeLoadBalancers";

  private ProberPlaces() {}

  /// @param loadBalancer its ARN
  /// @param prober ARN of the function that is deployed in its place
  /// @return as {@link ProberLocation#differences}
  public static Known<String> differences(String loadBalancer, String prober) {
    AwsClients clients = AwsClients.in(loadBalancer.split(":", -1)[3]);
    try (Calls calls = new Calls(Instant.now().plusSeconds(10))) {
      String name = loadBalancer.substring(loadBalancer.indexOf(":loadbalancer/") + 14);
      var there =
          name.contains("/")
              ? calls.start(ELB, () -> newer(clients, loadBalancer))
              : calls.start(ELB, () -> classic(clients, name));
      Known<Place> here = ProberInterfaces.place(calls, clients, prober);
      return ProberLocation.differences(here, there.get());
    }
  }

  private static Place newer(AwsClients clients, String arn) {
    var found =
        clients.elbv2().describeLoadBalancers(call -> call.loadBalancerArns(arn)).loadBalancers();
    return new Place(
        found.stream().flatMap(one -> one.securityGroups().stream()).collect(Collectors.toSet()),
        found.stream()
            .flatMap(one -> one.availabilityZones().stream())
            .map(zone -> zone.subnetId())
            .collect(Collectors.toSet()));
  }

  private static Place classic(AwsClients clients, String name) {
    Set<String> groups = new HashSet<>();
    Set<String> subnets = new HashSet<>();
    clients
        .elb()
        .describeLoadBalancers(call -> call.loadBalancerNames(List.of(name)))
        .loadBalancerDescriptions()
        .forEach(
            one -> {
              groups.addAll(one.securityGroups());
              subnets.addAll(one.subnets());
            });
    return new Place(groups, subnets);
  }
}
