package lbresponder.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lbresponder.facts.Alarm;
import lbresponder.facts.Change;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Function;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Measure;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Service;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import org.junit.jupiter.api.Test;

class FactsJsonTest {
  private static final Instant AT = Instant.parse("2026-01-02T17:00:00Z");

  /// Every variant there is, so that one added later without a place here fails the count below.
  private static final List<Connection> CONNECTIONS =
      List.of(
          new Connection.Connected(3),
          new Connection.Secured(12, "TLSv1.3", "TLS_AES_128_GCM_SHA256"),
          new Connection.AnsweredHttp2(3),
          new Connection.HeldOpen(61_003, 61_000),
          new Connection.ClosedIdle(5_003, 5_000),
          new Connection.Answered(7, 200, "nginx"),
          new Connection.Refused(1),
          new Connection.TimedOut(1500),
          new Connection.HostUnreachable(2),
          new Connection.NetworkUnreachable(1),
          new Connection.Reset(4, Connection.Stage.HTTP),
          new Connection.Closed(4, Connection.Stage.CONNECTED),
          new Connection.Silent(1500, Connection.Stage.TLS),
          new Connection.TlsFailed(5, Connection.TlsFailure.PLAINTEXT, "not TLS"),
          new Connection.Malformed(6, "status line is not HTTP"),
          new Connection.NotDialled("no prober"));

  @Test
  void everyConnectionSurvivesAsJson() {
    for (Connection connection : CONNECTIONS) {
      String json = FactsJson.line(connection);
      assertThat(json).contains("\"was\":\"" + connection.getClass().getSimpleName() + "\"");
      assertThat(FactsJson.read(json, Connection.class)).isEqualTo(connection);
    }
    assertThat(CONNECTIONS.stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.asList(Connection.class.getPermittedSubclasses()));
  }

  @Test
  void aDialWithoutInterfacesHasNone() {
    String json =
        """
        {"target": "i-1:80", "address": "192.0.2.7", "port": 80, "purpose": "TRAFFIC",
         "from": "LOAD_BALANCER", "attempts": [{"was": "Refused", "millis": 1}]}
        """;
    assertThat(FactsJson.read(json, Dial.class).interfaces()).isEmpty();
  }

  @Test
  void factsSurviveAsJson() {
    Facts facts = facts();
    assertThat(FactsJson.read(FactsJson.write(facts), facts.incident())).isEqualTo(facts);
  }

  @Test
  void unknownIsWrittenWithItsReason() {
    String json = FactsJson.write(facts());
    assertThat(json)
        .contains("\"instances\": {\"unknown\":\"ec2:DescribeInstances: AccessDenied\"}");
    assertThat(json).contains("[\"2026-01-02T17:00:00Z\",12.0]");
    assertThat(json.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(150));
  }

  @Test
  void whatIsLeftOutReadsAsUnknown() {
    Facts facts = FactsJson.read("{\"readAt\":\"2026-01-02T17:05:00Z\"}", facts().incident());
    assertThat(facts.targetGroups()).isEqualTo(Known.unknown("not recorded"));
  }

  @Test
  void aMissingOrWrongFieldIsNamed() {
    Incident incident = facts().incident();
    assertThatThrownBy(() -> FactsJson.read("{}", incident)).hasMessage("facts.readAt: missing");
    assertThatThrownBy(
            () ->
                FactsJson.read(
                    "{\"readAt\":\"2026-01-02T17:05:00Z\",\"instances\":[{\"id\":\"i-1\"}]}",
                    incident))
        .hasMessage("facts.instances[0].state: missing");
    assertThatThrownBy(() -> FactsJson.read("{\"instances\":7}", incident))
        .hasMessageContaining("instances");
    assertThatThrownBy(() -> FactsJson.read("{\"readAt\":true}", incident))
        .hasMessageContaining("readAt");
    assertThatThrownBy(
            () ->
                FactsJson.read(
                    FactsJson.write(facts()).replace("\"internal\": false", "\"internal\": 7"),
                    incident))
        .hasMessageContaining("internal");
    assertThatThrownBy(() -> FactsJson.read("{\"surprise\":1}", incident))
        .hasMessageContaining("surprise");
    assertThatThrownBy(() -> FactsJson.read("[]", incident))
        .hasMessageContaining("expected a JSON object");
  }

  private static Facts facts() {
    LoadBalancerId id =
        new LoadBalancerId(
            "aws",
            LoadBalancerId.Kind.APPLICATION,
            "123456789012",
            "eu-west-1",
            "web",
            "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c49");
    Alarm.Watch watch =
        new Alarm.Watch(
            Measure.CONNECTION_ERRORS,
            "AWS/ApplicationELB",
            "TargetConnectionErrorCount",
            "tg",
            null,
            "Sum",
            60);
    Alarm alarm =
        new Alarm(
            "web",
            "arn:alarm",
            "",
            Alarm.State.ALARM,
            AT,
            null,
            "",
            null,
            null,
            id,
            List.of(watch));
    TargetHealth health =
        new TargetHealth(
            TargetHealth.State.UNHEALTHY,
            TargetHealth.Reason.UNEXPECTED_STATUS,
            "Target.ResponseCodeMismatch",
            "Health checks failed with these codes: [404]",
            List.of(404),
            8080,
            "zonal_shift_active");
    TargetGroup group =
        new TargetGroup(
            "tg",
            "web-blue",
            TargetGroup.TargetType.INSTANCE,
            "HTTP",
            "HTTP1",
            8080,
            "vpc-1",
            List.of(id.arn()),
            new HealthCheck(true, "HTTP", null, "/", "200", 30, 5, 5, 2),
            Known.of(Map.of("deregistration_delay.timeout_seconds", "300")),
            Known.of(
                List.of(
                    new Target("i-1", 8080, null, Known.of(health)),
                    new Target("i-2", 8080, null, Known.unknown("not told")))));
    Listener listener =
        new Listener(
            "l",
            443,
            "HTTPS",
            new Listener.FixedResponse(404),
            Known.of(
                List.of(
                    new Listener.Rule(
                        "r",
                        1,
                        List.of(new Listener.Condition("path-pattern", List.of("/*"))),
                        new Listener.Forward(List.of(new Listener.WeightedTargetGroup("tg", 100)))),
                    new Listener.Rule("r2", 2, List.of(), new Listener.Redirect(301)),
                    new Listener.Rule("r3", 3, List.of(), new Listener.OtherAction("new")))));
    Load load =
        new Load(
            new Load.Window(AT, AT.plusSeconds(300)),
            new Load.Window(AT.minusSeconds(3900), AT.minusSeconds(300)),
            60,
            AT.plusSeconds(120),
            List.of(
                new Load.Series(
                    Measure.CONNECTION_ERRORS,
                    "TargetConnectionErrorCount",
                    "tg",
                    null,
                    "Sum",
                    true,
                    Known.of(
                        List.of(new Load.Point(AT, 12), new Load.Point(AT.plusSeconds(60), 9))))));
    return new Facts(
        Incident.of(List.of(alarm)),
        AT.plusSeconds(300),
        Known.of(
            new LoadBalancer(
                id,
                "web.example",
                false,
                "active",
                "vpc-1",
                List.of(new LoadBalancer.Zone("eu-west-1a", "subnet-1")),
                List.of("sg-1"),
                Known.of(Map.of()),
                Known.unknown("no tags"))),
        Known.of(List.of(listener)),
        Known.of(List.of(group)),
        Known.unknown("ec2:DescribeInstances: AccessDenied"),
        Known.of(load),
        fleet(),
        new Network(
            Known.of(
                List.of(
                    new SecurityGroup(
                        "sg-1",
                        "web",
                        List.of(
                            rule("sgr-1", new SecurityGroup.Range("10.0.0.0/8")),
                            rule("sgr-2", new SecurityGroup.PrefixList("pl-1")),
                            rule("sgr-3", new SecurityGroup.Group("sg-2", null)))))),
            Known.of(
                List.of(
                    new NetworkAcl(
                        "acl-1",
                        List.of("subnet-1"),
                        List.of(
                            new NetworkAcl.Entry(100, true, false, "6", "0.0.0.0/0", 8080, 8080),
                            new NetworkAcl.Entry(
                                32767, true, false, "-1", "0.0.0.0/0", null, null))))),
            Known.of(
                List.of(
                    new RouteTable(
                        "rtb-1",
                        "vpc-1",
                        true,
                        List.of(),
                        List.of(new RouteTable.Route("10.0.0.0/16", "local", "active", false))))),
            Known.of(
                List.of(
                    new Subnet("subnet-1", "eu-west-1a", "vpc-1", "1", List.of("10.0.0.0/24"), 7))),
            Known.of(
                List.of(
                    new NetworkInterface(
                        "eni-1",
                        "",
                        true,
                        "i-1",
                        true,
                        "subnet-1",
                        List.of("10.0.0.7"),
                        List.of("10.0.0.16/28"),
                        List.of("sg-1")))),
            Known.of(List.of(new PrefixList("pl-1", "offices", Known.unknown("AccessDenied"))))),
        Known.of(
            List.of(
                new Dial(
                    "i-1:8080",
                    "192.0.2.7",
                    8080,
                    Dial.Purpose.TRAFFIC,
                    Dial.Vantage.NETWORK,
                    List.of("eni-1"),
                    CONNECTIONS))),
        Known.of(List.of(new Change(AT, "StopInstances", "jane", "role/ops", List.of("i-1")))));
  }

  private static Fleet fleet() {
    return new Fleet(
        Known.of(List.of(new StatusCheck("i-1", "system", StatusCheck.State.IMPAIRED, AT))),
        Known.of(
            List.of(
                new ScalingGroup(
                    "web",
                    1,
                    2,
                    4,
                    true,
                    300,
                    List.of("Launch"),
                    List.of("i-1"),
                    Known.of(
                        List.of(
                            new ScalingGroup.Activity(
                                AT,
                                null,
                                ScalingGroup.Kind.LAUNCH,
                                ScalingGroup.Outcome.FAILED,
                                null,
                                "Launching a new EC2 instance",
                                "a difference between desired and actual capacity",
                                "no capacity")))))),
        Known.of(
            List.of(
                new Service(
                    "arn:service",
                    "web",
                    "main",
                    2,
                    1,
                    1,
                    0,
                    List.of("tg"),
                    List.of(new Service.Deployment("d-1", "web:42", "IN_PROGRESS", AT, 2, 1, 3)),
                    Known.of(
                        List.of(
                            new Service.StoppedTask(
                                "arn:task",
                                "10.0.0.9",
                                "web:42",
                                "EssentialContainerExited",
                                "Essential container in task exited",
                                List.of("app: 137"),
                                AT,
                                AT.plusSeconds(20),
                                AT.plusSeconds(30))))))),
        Known.of(List.of(new Function("arn:fn", Known.of(true)))));
  }

  private static SecurityGroup.Rule rule(String id, SecurityGroup.Peer peer) {
    return new SecurityGroup.Rule(id, true, 0, true, "tcp", 8080, 8080, peer);
  }
}
