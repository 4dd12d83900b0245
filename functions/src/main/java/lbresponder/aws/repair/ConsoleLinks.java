package lbresponder.aws.repair;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Wording.Link;

/// Where in the AWS console to look.
public final class ConsoleLinks {
  private static final Map<String, String> HOSTS =
      Map.of(
          "aws", "console.aws.amazon.com",
          "aws-cn", "console.amazonaws.cn",
          "aws-us-gov", "console.amazonaws-us-gov.com");

  /// Alarms first, then the load balancer, target groups the alarms name, and the metrics that
  /// fail.
  ///
  /// @return empty in a partition whose console is not known: no link rather than a wrong one
  public static List<Link> links(Incident incident) {
    LoadBalancerId loadBalancer = incident.loadBalancer();
    String host = HOSTS.get(loadBalancer.arn().split(":", 3)[1]);
    if (host == null) {
      return List.of();
    }
    String region = loadBalancer.region();
    String cloudWatch = "https://%s/cloudwatch/home?region=%s#".formatted(host, region);
    // Only this page of the console takes a graph as plain JSON.
    String graph = "https://%s/cloudwatch/deeplink.js?region=%s#".formatted(host, region);
    String ec2 = "https://%s/ec2/home?region=%s#".formatted(host, region);
    return Stream.of(
            incident.alarms().stream().map(alarm -> alarm(cloudWatch, alarm)),
            Stream.of(loadBalancer(ec2, loadBalancer)),
            targetGroups(incident).map(arn -> targetGroup(ec2, arn)),
            incident.alarms().stream().map(alarm -> metric(graph, alarm)))
        .flatMap(links -> links)
        .distinct()
        .toList();
  }

  private static Link alarm(String console, Alarm alarm) {
    return new Link("Alarm " + alarm.name(), console + "alarmsV2:alarm/" + encoded(alarm.name()));
  }

  /// A Classic Load Balancer has no page under its ARN; the list is narrowed to its name.
  private static Link loadBalancer(String console, LoadBalancerId loadBalancer) {
    String page =
        Kind.of(loadBalancer) == Kind.CLASSIC
            ? "LoadBalancers:search=" + encoded(loadBalancer.name())
            : "LoadBalancer:loadBalancerArn=" + encoded(loadBalancer.arn());
    return new Link("Load balancer " + loadBalancer.name(), console + page);
  }

  private static Stream<String> targetGroups(Incident incident) {
    return incident.alarms().stream()
        .flatMap(alarm -> alarm.watches().stream())
        .map(Alarm.Watch::targetGroup)
        .filter(Objects::nonNull);
  }

  private static Link targetGroup(String console, String arn) {
    return new Link(
        "Target group " + arn.split("/", 3)[1],
        console + "TargetGroup:targetGroupArn=" + encoded(arn));
  }

  private static Link metric(String console, Alarm alarm) {
    Alarm.Watch watch = alarm.watched();
    ObjectNode graph = new JsonMapper().createObjectNode();
    ArrayNode metric = graph.putArray("metrics").addArray();
    metric.add(watch.namespace()).add(watch.metric());
    LoadBalancerId loadBalancer = alarm.loadBalancer();
    if (Kind.of(loadBalancer) == Kind.CLASSIC) {
      metric.add("LoadBalancerName").add(loadBalancer.name());
    } else {
      metric.add("LoadBalancer").add(loadBalancer.arn().split(":loadbalancer/", 2)[1]);
    }
    if (watch.targetGroup() != null) {
      metric.add("TargetGroup").add(watch.targetGroup().split(":", 6)[5]);
    }
    if (watch.zone() != null) {
      metric.add("AvailabilityZone").add(watch.zone());
    }
    graph.put("stat", watch.statistic()).put("period", watch.periodSeconds());
    graph.put("region", loadBalancer.region()).put("view", "timeSeries");
    return new Link(
        "Metric " + watch.metric(), console + "metricsV2:graph=" + encoded(graph.toString()));
  }

  /// For the part after `#`, where the console takes `+` for a plus.
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private ConsoleLinks() {}
}
