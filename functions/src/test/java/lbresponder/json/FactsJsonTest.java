package lbresponder.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.TargetGroup;
import org.junit.jupiter.api.Test;

class FactsJsonTest {
  private static final Incident INCIDENT = Samples.incident();

  /// Something of everything.
  private static final String FACTS =
      """
      {
        "provider": "aws", "readAt": "2026-01-02T17:05:00Z",
        "wiring": {
          "loadBalancer": {
            "dnsName": "web.example", "internal": false, "state": "active", "network": "vpc-1",
            "zones": [{"name":"eu-west-1a","subnet":"subnet-1"}],
            "securityGroups": ["sg-1"], "idleTimeoutSeconds": 60, "tags": {"unknown":"AccessDenied"}
          },
          "listeners": [{
            "id": "l", "port": 443, "protocol": "HTTPS",
            "defaultAction": {"was":"FixedResponse","status":404},
            "rules": [
              {
                "id": "r", "priority": 1,
                "conditions": [{"field":"path-pattern","values":["/*"]}],
                "action": {"was":"Forward","targetGroups":[{"targetGroup":"tg","weight":100}],"stickySeconds":3600},
                "before": [
                  {"was":"Authenticate","type":"login","settings":"{}"},
                  {"was":"Authenticate","type":"new","settings":{"unknown":"not understood"}}
                ]
              },
              {
                "id": "r2", "priority": 2, "conditions": [],
                "action": {"was":"Redirect","status":301,"to":{"protocol":"HTTPS","port":"443"}},
                "before": []
              },
              {"id":"r3","priority":3,"conditions":[],"action":{"was":"OtherAction","type":"new"},"before":[]}
            ],
            "before": {"none":"no steps"}
          }],
          "targetGroups": [{
            "id": "tg", "name": "web-blue", "targetType": "MACHINE", "protocol": "HTTP", "protocolVersion": "HTTP1",
            "port": 8080, "network": "vpc-1", "loadBalancers": ["arn:web"],
            "healthCheck": {
              "enabled": true, "protocol": "HTTP", "path": "/", "matcher": "200", "intervalSeconds": 30, "timeoutSeconds": 5,
              "healthyThreshold": 5, "unhealthyThreshold": 2
            },
            "crossZone": true,
            "keepsClientAddress": {"none":"it makes connections of its own"},
            "proxyProtocol": {"sent":true,"version":"v2","inHealthChecks":false},
            "sticky": {"unknown":"not told"}, "deregistrationDelaySeconds": 300,
            "targets": [
              {
                "id": "i-1", "port": 8080, "zone": "eu-west-1a",
                "health": {
                  "state": "UNHEALTHY", "reason": "UNEXPECTED_STATUS", "port": "OPEN", "code": "Target.ResponseCodeMismatch",
                  "description": "Health checks failed with these codes: [404]",
                  "statusCodes": [404], "checkedPort": 8080, "override": "zonal_shift_active"
                }
              },
              {"id":"i-2","port":8080,"address":"192.0.2.8","health":{"none":"terminated"}}
            ]
          }]
        },
        "load": {
          "incident": {"from":"2026-01-02T17:00:00Z","to":"2026-01-02T17:05:00Z"},
          "baseline": {"from":"2026-01-02T15:55:00Z","to":"2026-01-02T16:55:00Z"},
          "periodSeconds": 60, "settled": "2026-01-02T17:02:00Z",
          "series": [
            {
              "measure": "CONNECTION_ERRORS", "metric": "TargetConnectionErrorCount", "targetGroup": "tg",
              "zone": "eu-west-1a", "statistic": "Sum", "zeroWhenAbsent": true,
              "points": [["2026-01-02T17:00:00Z",12.0],["2026-01-02T17:01:00Z","2026-01-02T17:04:00Z",9.0]]
            },
            {
              "measure": "REQUESTS", "metric": "RequestCount", "statistic": "Sum", "zeroWhenAbsent": false,
              "points": {"unknown":"it was not published at all"}
            }
          ]
        },
        "fleet": {
          "instances": {"unknown":"ec2:DescribeInstances: AccessDenied"},
          "hosts": [],
          "statusChecks": [{"instance":"i-1","of":"HOST","state":"IMPAIRED","impairedSince":"2026-01-02T17:00:00Z"}],
          "scalingGroups": [{
            "name": "web", "minimum": 1, "desired": 2, "maximum": 4, "usesLoadBalancerHealth": true, "graceSeconds": 300,
            "mayLaunch": true, "instances": ["i-1"],
            "activities": [{
              "started": "2026-01-02T17:00:00Z", "kind": "LAUNCH", "outcome": "FAILED",
              "what": "Launching a new EC2 instance", "why": "too few", "message": "no capacity"
            }]
          }],
          "services": [{
            "id": "arn:service", "name": "web", "cluster": "main", "desired": 2, "running": 1, "pending": 1,
            "graceSeconds": 0, "targetGroups": ["tg"],
            "deployments": [{
              "id": "d-1", "definition": "web:42", "rollingOut": true, "started": "2026-01-02T17:00:00Z", "desired": 2,
              "running": 1, "failed": 3
            }],
            "stopped": [{
              "id": "arn:task", "address": "10.0.0.9", "definition": "web:42", "ending": "BY_ITSELF",
              "reason": "Essential container in task exited", "exits": ["app: 137"], "started": "2026-01-02T17:00:00Z",
              "stopping": "2026-01-02T17:00:20Z", "stopped": "2026-01-02T17:00:30Z"
            }]
          }],
          "functions": [{"id":"arn:fn","admits":true}],
          "usage": [{
            "id": "web", "holder": "SCALING_GROUP", "resource": "CPU",
            "points": [["2026-01-02T17:00:00Z","2026-01-02T17:03:00Z",97.0]]
          }],
          "loadBalancers": [{
            "id": "arn:inner", "name": "inner",
            "wiring": {"loadBalancer":{"none":"it was deleted"},"listeners":[],"targetGroups":[]}
          }]
        },
        "network": {
          "securityGroups": [{
            "id": "sg-1", "name": "web",
            "rules": [
              {
                "id": "sgr-1", "ingress": true, "priority": 0, "allow": true, "protocol": "tcp", "fromPort": 8080,
                "toPort": 8080, "peer": {"was":"Range","cidr":"10.0.0.0/8"}
              },
              {"id":"sgr-2","ingress":true,"priority":0,"allow":true,"protocol":"-1","peer":{"was":"PrefixList","id":"pl-1"}},
              {"id":"sgr-3","ingress":true,"priority":0,"allow":true,"protocol":"-1","peer":{"was":"Group","id":"sg-2"}}
            ]
          }],
          "networkAcls": [{
            "id": "acl-1", "subnets": ["subnet-1"],
            "entries": [
              {"number":100,"egress":true,"allow":false,"protocol":"6","cidr":"0.0.0.0/0","fromPort":8080,"toPort":8080},
              {"egress":true,"allow":false,"protocol":"-1","cidr":"0.0.0.0/0"}
            ]
          }],
          "routeTables": [{
            "id": "rtb-1", "network": "vpc-1", "main": true, "subnets": [],
            "routes": [{"destination":"10.0.0.0/16","via":"local","leads":"LOCAL","blackhole":false,"propagated":false}]
          }],
          "subnets": [{
            "id": "subnet-1", "zone": "eu-west-1a", "network": "vpc-1", "owner": "1", "ranges": ["10.0.0.0/24"],
            "freeAddresses": 7
          }],
          "interfaces": [{
            "id": "eni-1", "description": "", "node": true, "instance": "i-1", "primary": true, "subnet": "subnet-1",
            "addresses": ["10.0.0.7"], "prefixes": ["10.0.0.16/28"], "securityGroups": ["sg-1"]
          }],
          "prefixLists": [{"id":"pl-1","name":"offices","ranges":{"unknown":"AccessDenied"}}],
          "peerings": [{"id":"pcx-1","networks":["vpc-1","vpc-2"]}]
        },
        "evidence": {
          "probes": [{
            "target": "i-1:8080", "address": "192.0.2.7", "port": 8080, "purpose": "TRAFFIC", "from": "NETWORK",
            "interfaces": ["eni-1"], "attempts": [{"was":"Refused","millis":1}]
          }],
          "changes": [{"at":"2026-01-02T17:00:00Z","what":"StopInstances","who":"jane","role":"role/ops","resources":["i-1"]}]
        }
      }
      """;

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
  void factsAreWrittenAsTheyWereRead() {
    Facts facts = FactsJson.read(FACTS, INCIDENT);
    assertThat(FactsJson.write(facts)).isEqualTo(FACTS);
    assertThat(FactsJson.read(FactsJson.write(facts), INCIDENT)).isEqualTo(facts);
  }

  @Test
  void unknownAndNoneKeepTheirReasons() {
    Facts facts = FactsJson.read(FACTS, INCIDENT);
    LoadBalancer loadBalancer = ((Known.Value<LoadBalancer>) facts.wiring().loadBalancer()).value();
    TargetGroup group = facts.targetGroups().getFirst();
    assertThat(loadBalancer.tags()).isEqualTo(Known.unknown("AccessDenied"));
    assertThat(group.keepsClientAddress()).isEqualTo(Known.none("it makes connections of its own"));
    assertThat(group.targets().orElse(List.of()).getLast().health())
        .isEqualTo(Known.none("terminated"));
  }

  @Test
  void olderRecordingsSayNeitherPeeringsNorTheNetworkOfAnInterface() {
    String older = FACTS.replaceFirst(",\\s+\"peerings\": .*", "");
    assertThat(older).doesNotContain("peerings");
    Facts facts = FactsJson.read(older, INCIDENT);
    assertThat(facts.network().peerings()).isEqualTo(Known.unknown("not recorded"));
    assertThat(facts.network().interfaces().orElse(List.of()).getFirst().network()).isNull();
  }

  @Test
  void whatIsLeftOutReadsAsUnknown() {
    Facts facts = FactsJson.read("{\"readAt\":\"2026-01-02T17:05:00Z\"}", INCIDENT);
    assertThat(facts).isEqualTo(Facts.unknown(INCIDENT, facts.readAt(), "not recorded"));
  }

  @Test
  void whatIsWrongIsNamedWithWhatWasExpected() {
    Map<String, String> wrong =
        Map.of(
            "{}",
            "facts.readAt: missing",
            "[]",
            "facts: expected a JSON object",
            "{\"surprise\":1}",
            "facts: found `surprise`, expected one of [doubt, evidence, fleet, incident, load,"
                + " network, readAt, wiring]",
            "{\"readAt\":\"yesterday\"}",
            "facts.readAt: found `yesterday`, expected Instant",
            FACTS.replace("\"IMPAIRED\"", "\"BROKEN\""),
            "facts.fleet.statusChecks[0].state: found `BROKEN`, expected one of [OK, IMPAIRED,"
                + " NOT_TOLD]",
            FACTS.replace("\"was\":\"Redirect\"", "\"was\":\"Reflect\""),
            "facts.wiring.listeners[0].rules[1].action: found `Reflect`, which is none of Action",
            FACTS.replace("\"zone\": \"eu-west-1a\",", "\"zone\": \"a\", \"zone\": \"b\","),
            "facts: Duplicate field 'zone' for `ObjectNode`",
            FACTS.replace("\"instance\":\"i-1\",", ""),
            "facts.fleet.statusChecks[0].instance: missing",
            FACTS.replace("\"internal\": false", "\"internal\": 7"),
            "facts.wiring.loadBalancer.internal: found `7`, expected boolean",
            "{\"readAt\" 1}",
            "facts: Unexpected character ('1' (code 49)): was expecting a colon to separate field"
                + " name and value in line 1, column 11");
    wrong.forEach(
        (json, message) ->
            assertThatThrownBy(() -> FactsJson.read(json, INCIDENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message));
  }
}
