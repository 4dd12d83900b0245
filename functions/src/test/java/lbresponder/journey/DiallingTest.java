package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Guard;
import lbresponder.probe.Sweep;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

/// Nothing here reaches a network: the guard refuses every address.
class DiallingTest {
  private final Facts facts =
      RecordedFacts.of("SecurityGroupBlocks/only-the-health-checks-port-is-open");

  @Test
  void bothPortsOfEachTargetAreDialledWhereTheyDiffer() {
    assertThat(Dialling.endpoints(facts))
        .extracting(Endpoint::address, Endpoint::port, Endpoint::purpose, Endpoint::stages)
        .startsWith(
            tuple("10.0.1.10", 8080, Dial.Purpose.TRAFFIC, List.of(Endpoint.Stage.HTTP)),
            tuple("10.0.1.10", 8090, Dial.Purpose.HEALTH_CHECK, List.of(Endpoint.Stage.HTTP)))
        .hasSize(6);
  }

  @Test
  void whatIsMetBecomesAFact() {
    Facts dialled =
        Dialling.dialled(facts, new Sweep(Guard.within("", false)), Dial.Vantage.NETWORK);
    List<Dial> dials = dialled.dials().orElse(List.of());
    assertThat(dials).hasSize(6);
    assertThat(dials.getFirst().target()).isEqualTo("i-0a1b2c3d4e5f60718:8080");
    assertThat(dials.getFirst().from()).isEqualTo(Dial.Vantage.NETWORK);
  }

  @Test
  void targetsWithoutAnAddressAreNotDialled() {
    assertThat(Dialling.endpoints(facts.withInstances(Known.unknown("AccessDenied")))).isEmpty();
    assertThat(Dialling.endpoints(RecordedFacts.of("LambdaTargetFails/it-throws"))).isEmpty();
  }
}
