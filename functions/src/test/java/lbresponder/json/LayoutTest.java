package lbresponder.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void shortNeighboursShareLinesAndWhatIsAloneOpensWithItsObject() {
    String text =
        """
        {
          "wiring": {"targetGroups": {"web-blue": {"targets": {"i-0a1b2c3d4e5f60718": {"health": {
            "state": "UNHEALTHY", "reason": "TIMED_OUT", "port": "UNTOLD", "code": "Target.Timeout",
            "description": "Request timed out"
          }}}}}},
          "fleet": {"statusChecks": [
            {"instance":"i-0a1b2c3d4e5f60718","of":"MACHINE","state":"OK"},
            {"instance":"i-0a1b2c3d4e5f60718","of":"HOST","state":"OK"}
          ]},
          "evidence": {"probes":[]}
        }
        """;
    assertThat(Layout.write(FactsJson.object(text, "test"))).isEqualTo(text);
  }
}
