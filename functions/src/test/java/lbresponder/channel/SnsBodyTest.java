package lbresponder.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import lbresponder.facts.Facts;
import lbresponder.report.Report;
import lbresponder.report.text.Screen;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

class SnsBodyTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void peopleGetTextAndMachinesGetJson() throws Exception {
    Report report = RecordedFacts.report(RecordedFacts.of("TargetStopped/only-one-of-three"));
    SnsBody body = SnsBody.of(new Message.Finding(report));
    assertThat(body.text())
        .startsWith(Screen.letter(report, 76))
        .contains(
            "\nAlarm web-blue-connection-errors\nhttps://", "\nEverything\n\nweb: The target's")
        .doesNotContain("--full");
    assertThat(body.sms()).doesNotContain("\n").hasSizeLessThanOrEqualTo(300);
    assertThat(MAPPER.readTree(body.json()).path("schema").asText())
        .isEqualTo("lb-responder/report/1");
    assertThat(body.subject()).startsWith("PROVEN: web: The target's instance");
    assertThat(body.attributes())
        .containsEntry("cause", "TargetStopped")
        .containsEntry("confidence", "PROVEN")
        .containsEntry("loadBalancer", "web");
  }

  /// SNS takes 256 KiB for all forms together: ten thousand targets are cut, and how many is said.
  @Test
  void tenThousandTargetsFit() throws Exception {
    Facts facts = RecordedFacts.of("TargetStopped/only-one-of-three");
    Facts many =
        facts.mapTargetGroups(
            group ->
                group.withTargets(
                    group
                        .targets()
                        .map(
                            targets ->
                                IntStream.range(0, 10_000)
                                    .mapToObj(
                                        i -> targets.getFirst().withId("i-%017x".formatted(i)))
                                    .toList())));
    Report report = RecordedFacts.report(many);
    SnsBody body = SnsBody.of(new Message.Finding(report));
    assertThat(body.text()).as("counts all of them").startsWith(Screen.letter(report, 76));
    String all =
        MAPPER.writeValueAsString(
            List.of(
                body.json(),
                body.json(),
                body.json(),
                body.json(),
                body.json(),
                body.text(),
                body.text(),
                body.text(),
                body.sms()));
    assertThat(all.getBytes(StandardCharsets.UTF_8).length).isLessThan(256 * 1024);
    JsonNode json = MAPPER.readTree(body.json());
    assertThat(json.path("targetsOmitted").asInt() + json.path("targets").size()).isEqualTo(10_000);
  }

  @Test
  void recoveryAndUnreadableAreToldToBoth() throws Exception {
    Facts facts = RecordedFacts.of("AlreadyRecovered/back-to-ok");
    SnsBody recovery =
        SnsBody.of(
            new Message.Recovery(
                facts.incident(), facts.incident().alarms().getFirst(), Duration.ofMinutes(27)));
    assertThat(recovery.text()).contains("is OK again after 27 min.");
    assertThat(MAPPER.readTree(recovery.json()).path("lastedSeconds").asInt()).isEqualTo(27 * 60);

    SnsBody unreadable =
        SnsBody.of(new Message.Unreadable("detail: found 7", "\u202e{" + "x".repeat(1_000_000)));
    assertThat(unreadable.text()).contains("detail: found 7").hasSizeLessThan(2_000);
    assertThat(MAPPER.readTree(unreadable.json()).path("excerpt").asText()).startsWith("{xxx");
    assertThat(unreadable.subject()).matches("[ -~]{1,99}");
  }
}
