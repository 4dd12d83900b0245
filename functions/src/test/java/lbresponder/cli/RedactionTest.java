package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Provider;
import lbresponder.facts.TargetGroup;
import lbresponder.journey.Diagnosing;
import lbresponder.journey.Diagnosing.Diagnosed;
import lbresponder.json.FactsJson;
import lbresponder.json.RecordedIncident;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final Provider AWS = Setup.provider();
  private static final Pattern IDS =
      Pattern.compile(
          "\\b(?:i|sg|subnet|vpc)-[0-9a-f]{8,17}\\b|\\b\\d{12}\\b|/[0-9a-f]{16}\\b"
              + "|[\\w.-]+\\.amazonaws\\.com|\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b");

  private static RecordedIncident redacted(String event, Facts facts) {
    return RecordCommand.redacted(
        event, new Diagnosed(facts, Diagnosing.report(facts, AWS), Instant.EPOCH), AWS);
  }

  private static Incident about(String event) {
    return Events.incidents(event, "event", AWS).getFirst();
  }

  /// What must not be there any more.
  private static Set<String> originals(String event, Facts facts) {
    Set<String> all = new TreeSet<>();
    for (String text : List.of(event, FactsJson.write(facts))) {
      IDS.matcher(text).results().map(MatchResult::group).forEach(all::add);
    }
    all.add(facts.incident().loadBalancer().name());
    all.add(facts.incident().alarms().getFirst().name());
    facts.targetGroups().stream().map(TargetGroup::name).forEach(all::add);
    return all;
  }

  /// Its diagnosis must stay the same: that is asked of {@link RecordCommand#redacted}, which
  /// refuses otherwise.
  @TestFactory
  Stream<DynamicTest> everyIncidentReplaysTheSameWithoutItsNames() {
    return RecordedFacts.files().stream()
        .map(file -> DynamicTest.dynamicTest(RecordedFacts.name(file), () -> hold(file)));
  }

  private static void hold(Path file) throws IOException {
    RecordedIncident incident = RecordedIncident.read(file);
    String event = incident.message();
    Facts facts = incident.facts(about(event));
    RecordedIncident without = redacted(event, facts);
    Set<String> originals = originals(event, facts);
    assertThat(originals).hasSizeGreaterThan(3);
    originals.remove("0.0.0.0"); // Stands for everybody.
    String text = without.write();
    for (String original : originals) {
      assertThat(
              Pattern.compile("(?<![\\w-])" + Pattern.quote(original) + "(?![\\w-])")
                  .matcher(text)
                  .find())
          .as("%s is still in %s", original, text)
          .isFalse();
    }
    assertThat(text).doesNotContain("Runbook: see the wiki");
  }

  private static Facts stopped(String event) throws IOException {
    Path file = RecordedFacts.INCIDENTS.resolve("TargetStopped/only-one-of-three.txt");
    return RecordedIncident.read(file).facts(about(event));
  }

  @Test
  void tagsAndWhatSignsTheEnvelopeGoOursStay() throws IOException {
    String event = Files.readString(Path.of("../events/sns-envelope-alb-connection-errors.json"));
    Facts facts = stopped(event);
    Known<Map<String, String>> tags =
        Known.of(Map.of("team", "shop", "lb-responder:channel", "#on-call", "enabled", "true"));
    Facts tagged =
        facts.withWiring(
            facts
                .wiring()
                .withLoadBalancer(
                    facts
                        .wiring()
                        .loadBalancer()
                        .map(loadBalancer -> loadBalancer.withTags(tags))));
    RecordedIncident without = redacted(event, tagged);
    assertThat(without.facts().replace(" ", ""))
        .contains("\"lb-responder:channel\":\"#on-call\"")
        .doesNotContain("\"enabled\":\"true\"", "\"shop\"", "team");
    assertThat(without.write()).doesNotContain(":on-call", "sns.eu-west-1");
  }

  /// Where people log in tells whose it is.
  @Test
  void loginsGo() throws IOException {
    Path file =
        RecordedFacts.INCIDENTS.resolve(
            "TargetGroupWithoutListener/a-login-before-weight-zero.txt");
    RecordedIncident incident = RecordedIncident.read(file);
    Facts facts = incident.facts(about(incident.message()));
    assertThat(redacted(incident.message(), facts).facts())
        .contains("UserPoolDomain")
        .doesNotContain("staff", "2vsdj5pk");
  }

  /// A name that is also a word of AWS or of the vocabulary must not take those with it.
  @ParameterizedTest
  @ValueSource(strings = {"app", "v2", "HTTP", "OPEN", "MACHINE"})
  void aLoadBalancerMayBeCalledAnything(String name) throws IOException {
    String event =
        Files.readString(Path.of("../events/alb-connection-errors.json"))
            .replace("/web/", "/" + name + "/");
    String web = Files.readString(Path.of("../events/alb-connection-errors.json"));
    Facts facts =
        FactsJson.read(
            FactsJson.write(stopped(web)).replace("/web/", "/" + name + "/"), about(event));
    RecordedIncident without = redacted(event, facts);
    assertThat(without.report()).contains("PROVEN").contains("TargetStopped");
    assertThat(without.event()).contains("app/name-").doesNotContain("app/" + name + "/");
  }

  @Test
  void differentThingsStayDifferent() {
    StandIns standIns = new StandIns(List.of("web", "web-blue"));
    Set<String> made = new TreeSet<>();
    for (int i = 0; i < 5000; i++) {
      made.add(standIns.in("198.18.%d.%d".formatted(i / 250, i % 250)));
    }
    assertThat(made).hasSize(5000);
    assertThat(standIns.in("web-blue, web, web-green, i-0abcdef12, i-0abcdef12 and i-0abcdef13"))
        .isEqualTo(
            "name-1, name-2, web-green, i-00000000000000001, i-00000000000000001 and"
                + " i-00000000000000002");
    assertThat(standIns.in("arn:aws:sts::123456789012:assumed-role/Admin/jane.doe@example.com"))
        .isEqualTo("arn:aws:sts::000000000001:assumed-role/principal-1");
  }
}
