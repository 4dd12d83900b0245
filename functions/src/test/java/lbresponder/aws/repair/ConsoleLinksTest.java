package lbresponder.aws.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.alarm.SampleEvents;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.facts.Recognised;
import lbresponder.facts.Wording.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleLinksTest {
  private static final String EC2 = "https://console.aws.amazon.com/ec2/home?region=eu-west-1#";

  @Test
  void linksAlarmLoadBalancerTargetGroupAndMetric() {
    List<Link> links = ConsoleLinks.links(incident(SampleEvents.read("alb-connection-errors")));
    assertThat(links)
        .startsWith(
            new Link(
                "Alarm web-blue-connection-errors",
                "https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/web-blue-connection-errors"),
            new Link(
                "Load balancer web",
                EC2
                    + "LoadBalancer:loadBalancerArn=arn%3Aaws%3Aelasticloadbalancing%3Aeu-west-1%3A123456789012%3Aloadbalancer%2Fapp%2Fweb%2F50dc6c495c0c9188"),
            new Link(
                "Target group web-blue",
                EC2
                    + "TargetGroup:targetGroupArn=arn%3Aaws%3Aelasticloadbalancing%3Aeu-west-1%3A123456789012%3Atargetgroup%2Fweb-blue%2F73e2d6bc24d8a067"))
        .hasSize(4);
    assertThat(links.getLast().title()).isEqualTo("Metric TargetConnectionErrorCount");
    assertThat(graph(links.getLast()))
        .isEqualTo(
            "metricsV2:graph={\"metrics\":[[\"AWS/ApplicationELB\",\"TargetConnectionErrorCount\","
                + "\"LoadBalancer\",\"app/web/50dc6c495c0c9188\","
                + "\"TargetGroup\",\"targetgroup/web-blue/73e2d6bc24d8a067\"]],"
                + "\"stat\":\"Sum\",\"period\":60,\"region\":\"eu-west-1\",\"view\":\"timeSeries\"}");
  }

  @Test
  void linksClassicByName() {
    List<Link> links =
        ConsoleLinks.links(incident(SampleEvents.read("clb-backend-connection-errors")));
    assertThat(links)
        .contains(new Link("Load balancer legacy", EC2 + "LoadBalancers:search=legacy"))
        .hasSize(3);
    assertThat(graph(links.getLast()))
        .startsWith(
            "metricsV2:graph={\"metrics\":[[\"AWS/ELB\",\"BackendConnectionErrors\","
                + "\"LoadBalancerName\",\"legacy\"]],");
  }

  @Test
  void limitsTheMetricToItsZone() {
    List<Link> links =
        ConsoleLinks.links(incident(SampleEvents.read("alb-unhealthy-hosts-in-one-zone")));
    assertThat(graph(links.getLast())).contains("\"AvailabilityZone\",\"eu-west-1a\"]]");
  }

  @ParameterizedTest
  @CsvSource({
    "alb-connection-errors, console.aws.amazon.com, eu-west-1",
    "alb-elb-5xx-china, console.amazonaws.cn, cn-north-1",
    "clb-spillover-govcloud, console.amazonaws-us-gov.com, us-gov-west-1"
  })
  void everyPartitionHasItsConsole(String event, String host, String region) {
    assertThat(ConsoleLinks.links(incident(SampleEvents.read(event))))
        .isNotEmpty()
        .allSatisfy(
            link -> {
              URI url = URI.create(link.url());
              assertThat(url.getHost()).isEqualTo(host);
              assertThat(url.getQuery()).isEqualTo("region=" + region);
            });
  }

  @Test
  void noLinkRatherThanAWrongOne() {
    String event =
        SampleEvents.read("alb-elb-5xx-china")
            .replace("arn:aws-cn:", "arn:aws-iso:")
            .replace("cn-north-1", "us-iso-east-1");
    assertThat(ConsoleLinks.links(incident(event))).isEmpty();
  }

  @Test
  void encodesWhatPeopleCallTheirAlarms() {
    String event =
        SampleEvents.read("alb-connection-errors")
            .replace("\"web-blue-connection-errors\"", "\"web/<Ä> 5 % + 'x'|y\"");
    Link link = ConsoleLinks.links(incident(event)).getFirst();
    assertThat(link.title()).isEqualTo("Alarm web/<Ä> 5 % + 'x'|y");
    assertThat(link.url())
        .endsWith("#alarmsV2:alarm/web%2F%3C%C3%84%3E%205%20%25%20%2B%20%27x%27%7Cy");
  }

  @Test
  void linksTheLoadBalancerWhereNobodyAlarmed() {
    Incident incident = incident(SampleEvents.read("nlb-unhealthy-hosts"));
    Incident asked =
        new Incident(incident.id(), incident.loadBalancer(), incident.since(), List.of());
    assertThat(ConsoleLinks.links(asked))
        .singleElement()
        .satisfies(link -> assertThat(link.title()).isEqualTo("Load balancer edge"));
  }

  private static Incident incident(String event) {
    Recognised recognised = new AwsProvider().recognise(event);
    assertThat(recognised).isInstanceOf(Recognised.Alarms.class);
    List<Alarm> alarms = ((Recognised.Alarms) recognised).alarms();
    return Incident.of(alarms);
  }

  private static String graph(Link link) {
    return URLDecoder.decode(
        link.url().substring(link.url().indexOf('#') + 1), StandardCharsets.UTF_8);
  }
}
