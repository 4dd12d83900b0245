package lbresponder.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldPatchTest {
  private static final String WORLD =
      """
      {
        "wiring": {
          "loadBalancer": {"state":"active","internal":false,"tags":{"team":"shop"}},
          "listeners": [
            {
              "id": "arn:l-1", "protocol": "HTTPS", "port": 443,
              "defaultAction": {"was":"Forward","targetGroups":[{"targetGroup":"arn:blue","weight":1}]}
            }
          ],
          "targetGroups": [
            {
              "id": "arn:blue", "name": "blue",
              "targets": [
                {"id":"i-1","port":80,"health":{"state":"HEALTHY","checkedPort":80}},
                {"id":"i-2","port":80}, {"id":"i-2","port":81}
              ]
            }
          ]
        },
        "load": {
          "series": [{"measure":"REQUESTS","points":[1]}, {"measure":"REQUESTS","targetGroup":"arn:blue","points":[2]}]
        },
        "fleet": {"services":{"unknown":"AccessDenied"}, "instances":[{"id":"i-1"}, {"id":"i-1"}]},
        "network": {
          "networkAcls": [{"id":"acl-1","entries":[{"number":100,"egress":true}, {"egress":true}]}],
          "routeTables": [{"id":"rtb-1","subnets":["s-1"],"routes":[{"destination":"0.0.0.0/0","via":"igw-1"}]}]
        },
        "evidence": {"probes":[{"purpose":"TRAFFIC","target":"i-1:80"}]}
      }
      """;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          a field                 | {"wiring":{"loadBalancer":{"state":"failed"}}}                               | /wiring/loadBalancer        | {"state":"failed","internal":false,"tags":{"team":"shop"}}
          a field is removed      | {"wiring":{"loadBalancer":{"internal":null}}}                                | /wiring/loadBalancer        | {"state":"active","tags":{"team":"shop"}}
          a field is added        | {"wiring":{"loadBalancer":{"tags":{"on-call":"jane"}}}}                      | /wiring/loadBalancer/tags   | {"team":"shop","on-call":"jane"}
          a value becomes unknown | {"wiring":{"loadBalancer":{"tags":{"unknown":"AccessDenied"}}}}              | /wiring/loadBalancer/tags   | {"unknown":"AccessDenied"}
          a value becomes none    | {"wiring":{"loadBalancer":{"none":"there is none"}}}                         | /wiring/loadBalancer        | {"none":"there is none"}
          an unknown is known     | {"fleet":{"services":[]}}                                                    | /fleet/services             | []
          another variant         | {"wiring":{"listeners":{"HTTPS:443":{"defaultAction":{"was":"Redirect"}}}}}  | /wiring/listeners/0/defaultAction | {"was":"Redirect"}
          within a variant        | {"wiring":{"listeners":{"HTTPS:443":{"defaultAction":{"targetGroups":{"blue":{"weight":0}}}}}}} | /wiring/listeners/0/defaultAction/targetGroups | [{"targetGroup":"arn:blue","weight":0}]
          by id                   | {"wiring":{"targetGroups":{"blue":{"targets":{"i-1":{"health":{"state":"UNHEALTHY"}}}}}}} | /wiring/targetGroups/0/targets/0/health | {"state":"UNHEALTHY","checkedPort":80}
          by id and port          | {"wiring":{"targetGroups":{"blue":{"targets":{"i-2:80":null}}}}}             | /wiring/targetGroups/0/targets/1 | {"id":"i-2","port":81}
          appended                | {"wiring":{"targetGroups":{"blue":{"targets":{"i-1:81":{"id":"i-1","port":81}}}}}} | /wiring/targetGroups/0/targets/3 | {"id":"i-1","port":81}
          a series                | {"load":{"series":{"REQUESTS":{"points":[]}}}}                               | /load/series/0              | {"measure":"REQUESTS","points":[]}
          a group's series        | {"load":{"series":{"REQUESTS blue":null}}}                                   | /load/series                | [{"measure":"REQUESTS","points":[1]}]
          a numbered entry        | {"network":{"networkAcls":{"acl-1":{"entries":{"out 100":{"allow":false}}}}}} | /network/networkAcls/0/entries/0 | {"number":100,"egress":true,"allow":false}
          the last entry          | {"network":{"networkAcls":{"acl-1":{"entries":{"out *":null}}}}}             | /network/networkAcls/0/entries | [{"number":100,"egress":true}]
          a route                 | {"network":{"routeTables":{"rtb-1":{"routes":{"0.0.0.0/0":{"via":"nat-1"}}}}}} | /network/routeTables/0/routes | [{"destination":"0.0.0.0/0","via":"nat-1"}]
          a list of texts         | {"network":{"routeTables":{"rtb-1":{"subnets":["s-2"]}}}}                    | /network/routeTables/0/subnets | ["s-2"]
          a probe                 | {"evidence":{"probes":{"TRAFFIC i-1:80":{"port":80}}}}                       | /evidence/probes/0          | {"purpose":"TRAFFIC","target":"i-1:80","port":80}
          a new group's weight    | {"wiring":{"targetGroups":{"green":{"id":"arn:g","name":"green"}},"listeners":{"HTTPS:443":{"defaultAction":{"targetGroups":{"green":{"targetGroup":"arn:g","weight":1}}}}}}} | /wiring/listeners/0/defaultAction/targetGroups/1 | {"targetGroup":"arn:g","weight":1}
          a list as a whole       | {"wiring":{"targetGroups":[]}}                                               | /wiring/targetGroups        | []
          """)
  void whatAPatchNamesIsChanged(String what, String patch, String at, String expected) {
    ObjectNode changed = WorldPatch.apply(json(WORLD), json(patch));
    assertThat(changed.at(at)).as(what).isEqualTo(json("{\"is\":" + expected + "}").get("is"));
  }

  @Test
  void theRestAndTheWorldStayAsTheyAre() {
    ObjectNode world = json(WORLD);
    ObjectNode changed = WorldPatch.apply(world, json("{\"fleet\":{\"services\":[]}}"));
    assertThat(world).isEqualTo(json(WORLD));
    assertThat(changed.without("fleet").toString())
        .isEqualTo(json(WORLD).without("fleet").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"wiring":{"targetGroups":{"bleu":{"port":1}}}}                      | facts.wiring.targetGroups: found `bleu`, expected one of blue, or a new element in full under its own name
          {"wiring":{"targetGroups":{"bleu":null}}}                            | facts.wiring.targetGroups: found `bleu`, expected one of blue, or a new element in full under its own name
          {"wiring":{"targetGroups":{"blue":{"targets":{"i-2":{"port":1}}}}}}  | facts.wiring.targetGroups[blue].targets: found `i-2`, expected one of i-1, i-2:80, i-2:81, or a new element in full under its own name
          {"wiring":{"targetGroups":{"green":{"id":"arn:g","name":"grün"}}}}   | facts.wiring.targetGroups: found `green` for [grün, arn:g], expected one of blue, or a new element in full under its own name
          {"load":{"settled":null}}                                            | facts.load: found `settled` to be removed, expected one of series
          {"fleet":{"instances":{"i-1":{"state":"STOPPED"}}}}                  | facts.fleet.instances: found an object, expected the whole list, as nothing tells its elements apart
          {"network":{"routeTables":{"rtb-1":{"subnets":{"s-1":null}}}}}       | facts.network.routeTables[rtb-1].subnets: found an object, expected the whole list, as nothing tells its elements apart
          """)
  void aWrongKeyIsNamedWithThoseThereAre(String patch, String message) {
    assertThatThrownBy(() -> WorldPatch.apply(json(WORLD), json(patch)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static ObjectNode json(String text) {
    return FactsJson.object(text, "test");
  }
}
