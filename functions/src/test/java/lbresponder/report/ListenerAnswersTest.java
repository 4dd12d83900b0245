package lbresponder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.evidence.Case;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.PortRange;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Traits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenerAnswersTest {
  /// @param own how the load balancer signs its answers; null: it does not
  record Row(@Nullable String own, Connection result, String line) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "own/",
            new Connection.Answered(3, 503, "own/2.0"),
            "web:443 answers 503, the load balancer itself (own/2.0)"),
        new Row(
            "own/",
            new Connection.Answered(3, 200, "nginx"),
            "web:443 answers 200, passed on from a target (nginx)"),
        new Row(
            "own/",
            new Connection.Answered(3, 404, null),
            "web:443 answers 404, passed on from a target or by a rule"),
        new Row(
            null,
            new Connection.Answered(3, 200, "nginx"),
            "web:443 answers 200, passed on from a target (nginx)"),
        new Row(null, new Connection.Answered(3, 503, null), "web:443 answers 503"),
        new Row(
            "own/",
            new Connection.TimedOut(3),
            "web:443 lets nothing in from this machine, or nobody answers"),
        new Row("own/", new Connection.Refused(3), "web:443: Refused"),
        new Row("own/", new Connection.NotDialled("UDP"), "web:443 was not probed: UDP"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhoAnsweredAsFarAsTheAnswerShowsIt(Row row) {
    assertThat(ListenerAnswers.of(Case.of(facts(row)))).containsExactly(row.line());
  }

  private static Facts facts(Row row) {
    Traits traits =
        new Traits(
            true, false, false, true, false, new PortRange(1024, 65535), 0, 1, row.own(), Set.of());
    LoadBalancerId id = new LoadBalancerId("test", "test", "", "", "web", "lb-1", traits);
    return Facts.unknown(
            new Incident("1", id, Instant.EPOCH, List.of()), Instant.EPOCH, "not asked")
        .withProbes(
            Known.of(
                List.of(
                    new ProbeResult(
                        "web:443",
                        "192.0.2.1",
                        443,
                        Purpose.LISTENER,
                        Vantage.HERE,
                        List.of(),
                        List.of(row.result())))));
  }
}
