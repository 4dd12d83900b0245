package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import lbresponder.testing.Answering;
import lbresponder.testing.Namespaces;
import org.junit.jupiter.api.Test;

/// From the alarm's message to the report, with everything real but AWS itself: both jars under
/// Lambda's runtime client, and targets in another network, one of which drops what comes for its
/// port.
class EndToEndIT {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void theHostThatDropsIsNamed() throws Exception {
    try (Namespaces network = Namespaces.create("10.0.255.1/16", "10.0.255.2/16")) {
      Process all = network.beside(EndToEnd.class);
      BufferedReader out = all.inputReader();
      List<String[]> targets = new ArrayList<>();
      for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
        assertThat(line).as("what the other process says").isNotNull();
        targets.add(line.split(" ", 2));
      }
      for (String[] target : targets) {
        network.address(target[1] + "/16");
      }
      network.serve(Answering.class, "8080");
      String dropping = targets.getFirst()[1];
      network.firewall(List.of("ip daddr %s tcp dport 8080 drop".formatted(dropping)));
      all.outputWriter().append("go\n").flush();

      String label = targets.getFirst()[0] + ":8080";
      JsonNode own = MAPPER.readTree(out.readLine());
      isTheSilentHostOf(label, own);
      assertThat(own.path("dialled").path(0).asText())
          .isEqualTo("from where the load balancer stands");
      // The emulator calls every target healthy: against that a prober elsewhere has no say.
      JsonNode near = MAPPER.readTree(out.readLine());
      assertThat(texts(near.path("dialled")))
          .anySatisfy(line -> assertThat(line).startsWith("from elsewhere in its network"))
          .anySatisfy(line -> assertThat(line).endsWith(" TT"));
      assertThat(near.path("causes")).isEmpty();
      JsonNode without = MAPPER.readTree(out.readLine());
      assertThat(without.path("causes")).isEmpty();
      assertThat(texts(without.path("gaps")))
          .anySatisfy(
              gap ->
                  assertThat(gap)
                      .contains("the targets' ports: the prober beside failed: ")
                      .contains("out of memory"));
      isTheSilentHostOf(label, MAPPER.readTree(out.readLine()));
      // Promised to stand in the load balancer's place, and it does not.
      JsonNode drifted = MAPPER.readTree(out.readLine());
      assertThat(drifted.path("causes")).isEmpty();
      assertThat(texts(drifted.path("dialled")))
          .anySatisfy(line -> assertThat(line).startsWith("from elsewhere in its network"));
      assertThat(texts(drifted.path("gaps")))
          .anySatisfy(
              gap ->
                  assertThat(gap)
                      .startsWith(
                          "could not probe from where the load balancer stands: the prober prober:"
                              + " it is in the security groups sg-"));
      JsonNode here = MAPPER.readTree(out.readLine());
      assertThat(here.path("causes")).isEmpty();
      assertThat(texts(here.path("dialled")))
          .anySatisfy(line -> assertThat(line).startsWith("from this machine"))
          .anySatisfy(line -> assertThat(line).endsWith(" TT"));
      assertThat(texts(here.path("frontDoor")))
          .singleElement()
          .asString()
          .endsWith("was not probed: its name leads to no address from this machine");
    }
  }

  private static void isTheSilentHostOf(String label, JsonNode report) {
    JsonNode first = report.path("causes").path(0);
    assertThat(first.path("id").asText()).as(report.toString()).isEqualTo("HostSilent");
    assertThat(first.path("confidence").asText()).isEqualTo("LIKELY");
    assertThat(texts(first.path("targets"))).containsExactly(label);
    assertThat(report.path("ruledOut").findValuesAsText("id"))
        .contains("SecurityGroupBlocks", "NetworkAclBlocks", "NoRoute", "LoadBalancerEgressBlocks");
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
