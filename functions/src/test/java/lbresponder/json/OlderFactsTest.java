package lbresponder.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Protocol;
import org.junit.jupiter.api.Test;

/// Incidents that were recorded before there were such facts.
class OlderFactsTest {
  private static final Incident INCIDENT = Samples.incident();

  @Test
  void anOlderFleetLacksOnlyWhatWasNotRecorded() {
    Fleet fleet =
        FactsJson.read(
                """
                {"readAt": "2026-01-02T17:05:00Z", "fleet": {"instances": [], "statusChecks": [],
                 "scalingGroups": [], "services": [], "functions": []}}
                """,
                INCIDENT)
            .fleet();
    assertThat(fleet.instances()).isEqualTo(Known.of(List.of()));
    assertThat(fleet.hosts()).isEqualTo(Known.unknown("not recorded"));
    assertThat(fleet.usage()).isEqualTo(Known.unknown("not recorded"));
    assertThat(fleet.loadBalancers()).isEqualTo(Known.unknown("not recorded"));
  }

  /// Whose the credentials were was not asked, and nobody doubted it.
  @Test
  void olderFactsAreOfTheirOwnAccount() {
    Facts older = FactsJson.read("{\"readAt\": \"2026-01-02T17:05:00Z\"}", INCIDENT);
    assertThat(older.doubt()).isNull();
    Facts doubted = older.withDoubt("sts:GetCallerIdentity: no answer in time");
    assertThat(FactsJson.read(FactsJson.write(doubted), INCIDENT)).isEqualTo(doubted);
  }

  /// As they were recorded when only the last of several actions was.
  @Test
  void olderListenersAreReadWithoutWhatTheyDoNotSay() {
    String older =
        """
        {"id":"l","port":443,"protocol":"HTTPS","defaultAction":{"was":"Redirect","status":301},"rules":[
          {"id":"r","priority":1,"conditions":[],"action":{"was":"Forward","targetGroups":[]}}]}
        """;
    Listener read = FactsJson.read(older, Listener.class);
    Known<Integer> sticky = Known.unknown("not recorded");
    assertThat(read)
        .isEqualTo(
            new Listener(
                "l",
                443,
                Protocol.HTTPS,
                new Listener.Redirect(301, Known.unknown("not recorded")),
                Known.of(
                    List.of(
                        new Listener.Rule(
                            "r",
                            1,
                            List.of(),
                            new Listener.Forward(List.of(), sticky),
                            Known.unknown("not recorded")))),
                Known.unknown("not recorded")));
  }
}
