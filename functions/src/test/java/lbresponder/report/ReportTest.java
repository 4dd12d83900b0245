package lbresponder.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth;
import lbresponder.message.Untrusted;
import lbresponder.report.text.ReportText;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /// Other tools rely on these names: fields may be added, never renamed.
  @Test
  void theJsonKeepsItsContract() throws Exception {
    Report report = RecordedFacts.report(RecordedFacts.of("several/stopped-and-answering-404"));
    JsonNode json = MAPPER.readTree(ReportJson.write(report));
    assertThat(json.path("schema").asText()).isEqualTo("lb-responder/report/1");
    assertThat(json.path("incident").fieldNames())
        .toIterable()
        .contains("id", "provider", "account", "region", "since", "loadBalancer", "alarms");
    assertThat(json.path("incident").path("since").asText()).matches("2026-01-02T17:\\d\\d:.*Z");
    assertThat(json.path("incident").path("loadBalancer").path("kind").asText())
        .isEqualTo("application");
    assertThat(json.path("incident").path("alarms").path(0).fieldNames())
        .toIterable()
        .contains("name", "arn", "namespace", "metric", "state");
    JsonNode cause = json.path("causes").path(1);
    assertThat(cause.path("id").asText()).isEqualTo("TargetStopped");
    assertThat(cause.path("confidence").asText()).isEqualTo("PROVEN");
    assertThat(cause.path("targets").path(0).asText()).isEqualTo("i-0a1b2c3d4e5f60718:8080");
    assertThat(cause.path("because").path(0).asText()).contains("is stopped");
    assertThat(cause.path("fix").isArray()).isTrue();
    assertThat(cause.path("advice").asText()).startsWith("Ask who stopped i-0a1b2c3d4e5f60718");
    assertThat(json.at("/causes/0/changes").asText())
        .isEqualTo("Changes the health check of web-blue, for all its targets.");
    assertThat(json.at("/causes/0/undo/0").asText()).startsWith("aws elbv2 modify-target-group");
    assertThat(json.at("/causes/0/verify").asText())
        .isEqualTo("2 targets healthy after 5 checks every 30 s: 150 s");
    assertThat(cause.has("changes")).isFalse();
    assertThat(cause.path("undo")).isEmpty();
    assertThat(json.at("/causes/0/fix/0").asText()).startsWith("aws elbv2 modify-target-group");
    assertThat(cause.path("component").asText()).isEqualTo("i-0a1b2c3d4e5f60718");
    assertThat(json.path("summary").isTextual()).isTrue();
    assertThat(json.path("sideFindings").isArray()).isTrue();
    assertThat(json.path("ruledOut").path(0).fieldNames())
        .toIterable()
        .contains("id", "because", "applies");
    assertThat(json.path("gaps").isArray()).isTrue();
    JsonNode target = json.path("targets").path(0);
    assertThat(target.path("health").path("state").isTextual()).isTrue();
    assertThat(target.path("connection").path("was").asText()).isEqualTo("NotDialled");
    JsonNode unknown =
        MAPPER
            .readTree(
                ReportJson.write(
                    RecordedFacts.report(RecordedFacts.of("TargetStopped/nobody-may-look"))))
            .path("unknown")
            .path(0);
    assertThat(unknown.fieldNames()).toIterable().contains("id", "missing");
  }

  @Test
  void theJsonSaysWhichVersionWroteItAndHowLongEachAttemptTook() throws Exception {
    JsonNode json =
        MAPPER.readTree(
            ReportJson.write(
                RecordedFacts.report(RecordedFacts.of("NothingListening/the-process-died"))));
    // Classes that were compiled by hand have none.
    assertThat(json.path("version").asText("0.0.0")).matches("\\d+\\.\\d+\\.\\d+.*");
    List<JsonNode> attempts = json.path("dials").findValues("attempts");
    assertThat(attempts).isNotEmpty();
    attempts.forEach(
        of ->
            of.forEach(
                attempt ->
                    assertThat(attempt.path("millis").isIntegralNumber())
                        .as("%s", attempt)
                        .isEqualTo(!attempt.path("was").asText().equals("NotDialled"))));
    assertThat(json.at("/dials/0/attempts/0").fieldNames()).toIterable().contains("was", "millis");
  }

  @Test
  void whatCouldNotBeReadIsNamedWithItsPermission() {
    Report report = RecordedFacts.report(RecordedFacts.of("TargetStopped/nobody-may-look"));
    assertThat(report.gaps())
        .contains(
            "could not read instances: ec2:DescribeInstances: AccessDenied (the role needs this"
                + " action)");
  }

  @Test
  void aReportWithoutCausesSaysWhich() {
    assertThat(RecordedFacts.report(RecordedFacts.of("nothing/healthy")).summary())
        .contains("all targets pass their health checks")
        .contains("shows nothing wrong");
    assertThat(RecordedFacts.report(RecordedFacts.of("AlreadyRecovered/errors-go-on")).summary())
        .contains("all targets pass their health checks, and yet");
    assertThat(RecordedFacts.report(RecordedFacts.of("nothing/nothing-may-be-read")).summary())
        .contains("nothing could be shown");
  }

  /// Whatever somebody writes into a name or a target, it stays one line of visible characters.
  @Test
  void textFromOutsideIsOneVisibleLine() {
    for (String payload : payloads().toList()) {
      String clean = Untrusted.clean(payload, 100);
      assertThat(clean.codePointCount(0, clean.length())).isLessThanOrEqualTo(100);
      assertThat(clean.codePoints().allMatch(ReportTest::isVisible)).as(clean).isTrue();
    }
    Facts hostile =
        RecordedFacts.of("TargetStopped/all-running")
            .mapTargetGroups(group -> group.withTargets(Known.of(hostileTargets())));
    String text = ReportText.write(RecordedFacts.report(hostile));
    assertThat(text.codePoints().allMatch(character -> character == '\n' || isVisible(character)))
        .isTrue();
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static List<Target> hostileTargets() {
    return payloads()
        .map(
            payload ->
                new Target(
                    payload,
                    80,
                    null,
                    null,
                    Known.of(
                        new TargetHealth(
                            TargetHealth.State.UNHEALTHY,
                            TargetHealth.Reason.OTHER,
                            TargetHealth.Port.UNTOLD,
                            payload,
                            payload,
                            List.of(),
                            null,
                            null))))
        .toList();
  }

  private static Stream<String> payloads() {
    Stream<String> hidden =
        IntStream.of(
                0, 7, 8, 0x1b, 0x7f, 0x85, 0xad, 0x200b, 0x200e, 0x202e, 0x2028, 0x2066, 0x2069,
                0xfeff, 0xe0001)
            .mapToObj(character -> "a" + Character.toString(character) + "b");
    return Stream.concat(
        hidden,
        Stream.of(
            "<!channel> <@U1> <http://x|y>",
            "line\r\nline\n\n# heading",
            "```code``` `x`",
            "\ud800 lone",
            "lone \udc00",
            "\u001b[31mred\u001b[0m",
            "x".repeat(100_000),
            "\ud83d\ude00".repeat(5_000),
            "\u0000".repeat(50_000),
            ""));
  }

  @Test
  void theSparklineTellsZeroFromNothing() {
    Sparkline line =
        Objects.requireNonNull(
            RecordedFacts.report(RecordedFacts.of("TargetStopped/only-one-of-three")).metric());
    assertThat(line.line()).matches("▁+█+");
    assertThat(line.peak()).isEqualTo(42);
    assertThat(line.line().length()).isLessThanOrEqualTo(60);
    assertThat(line.line().charAt(line.incidentColumn() - 2)).isEqualTo('▁');
    assertThat(
            RecordedFacts.report(RecordedFacts.of("TargetOverloaded/metrics-may-not-be-read"))
                .metric())
        .isNull();
  }
}
