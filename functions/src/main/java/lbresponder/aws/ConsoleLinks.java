package lbresponder.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Provider.Link;

/// Where in the console of the partition to look.
final class ConsoleLinks {
  private ConsoleLinks() {}

  static List<Link> links(Incident incident) {
    LoadBalancerId id = incident.loadBalancer();
    List<Link> links = new ArrayList<>();
    for (Alarm alarm : incident.alarms()) {
      links.add(
          link(
              id, "alarm " + alarm.name(), "cloudwatch", "alarmsV2:alarm/" + encode(alarm.name())));
    }
    links.add(
        link(
            id,
            "load balancer " + id.name(),
            "ec2",
            id.kind() == Kind.CLASSIC
                ? "LoadBalancers:search=" + encode(id.name())
                : "LoadBalancer:loadBalancerArn=" + encode(id.arn())));
    incident.alarms().stream()
        .map(alarm -> alarm.watched().targetGroup())
        .filter(Objects::nonNull)
        .distinct()
        .forEach(
            group ->
                links.add(
                    link(
                        id, "target group", "ec2", "TargetGroup:targetGroupArn=" + encode(group))));
    return List.copyOf(links);
  }

  private static Link link(LoadBalancerId id, String title, String service, String place) {
    return new Link(
        title,
        "https://%s.%s/%s/home?region=%s#%s"
            .formatted(id.region(), host(id), service, id.region(), place));
  }

  private static String host(LoadBalancerId id) {
    if (id.arn().startsWith("arn:aws-cn:")) {
      return "console.amazonaws.cn";
    }
    return id.arn().startsWith("arn:aws-us-gov:")
        ? "console.amazonaws-us-gov.com"
        : "console.aws.amazon.com";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
