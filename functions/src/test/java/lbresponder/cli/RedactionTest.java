package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.aws.AwsProvider;
import lbresponder.check.Runbook;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.TargetGroup;
import lbresponder.json.FactsJson;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RedactionTest {
  private static final Path INCIDENTS = Path.of("../events/incidents");
  private static final AwsProvider AWS = new AwsProvider();
  private static final Pattern IDS =
      Pattern.compile(
          "\\b(?:i|sg|subnet|vpc)-[0-9a-f]{8,17}\\b|\\b\\d{12}\\b|/[0-9a-f]{16}\\b"
              + "|[\\w.-]+\\.amazonaws\\.com|\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b");

  private static RecordedIncident redacted(String event, String facts) {
    Incident incident = Events.incidents(event, "event", AWS).getFirst();
    Facts read = FactsJson.read(facts, incident);
    return RecordCommand.redacted(
        new RecordedIncident("", event, facts, ""),
        read,
        Report.of(read, Runbook.diagnose(read), AWS),
        AWS);
  }

  /// What must not be there any more.
  private static Set<String> originals(String event, String facts) {
    Set<String> all = new TreeSet<>();
    for (String text : List.of(event, facts)) {
      IDS.matcher(text).results().map(MatchResult::group).forEach(all::add);
    }
    Incident incident = Events.incidents(event, "event", AWS).getFirst();
    all.add(incident.loadBalancer().name());
    all.add(incident.alarms().getFirst().name());
    FactsJson.read(facts, incident).targetGroups().orElse(List.of()).stream()
        .map(TargetGroup::name)
        .forEach(all::add);
    return all;
  }

  /// Its diagnosis must stay the same: that is asked of {@link RecordCommand#redacted}, which
  /// refuses otherwise.
  @TestFactory
  Stream<DynamicTest> everyIncidentReplaysTheSameWithoutItsNames() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(INCIDENTS)) {
      files = all.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(INCIDENTS.relativize(file).toString(), () -> hold(file)));
  }

  private static void hold(Path file) throws IOException {
    RecordedIncident incident = RecordedIncident.read(file);
    String event = incident.message(file);
    RecordedIncident without = redacted(event, incident.facts());
    Set<String> originals = originals(event, incident.facts());
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

  private static String stopped() throws IOException {
    return RecordedIncident.read(INCIDENTS.resolve("TargetStopped/only-one-of-three.txt")).facts();
  }

  @Test
  void tagsBucketsAndWhatSignsTheEnvelopeGoOursStay() throws IOException {
    String event = Files.readString(Path.of("../events/sns-envelope-alb-connection-errors.json"));
    String facts =
        stopped()
            .replace(
                "{\"team\":\"shop\"}",
                "{\"team\":\"shop\",\"lb-responder:channel\":\"#on-call\",\"enabled\":\"true\"}")
            .replace(
                "\"idle_timeout.timeout_seconds\"",
                "\"access_logs.s3.bucket\":\"acme-logs\",\"idle_timeout.timeout_seconds\"");
    String text = redacted(event, facts).write();
    assertThat(text)
        .contains("\"lb-responder:channel\":\"#on-call\"")
        .contains("\"load_balancing.cross_zone.enabled\": \"true\"")
        .doesNotContain("team", "\"shop\"", "acme-logs", ":on-call", "sns.eu-west-1");
  }

  /// A name that is also one of AWS's own words must not take those with it.
  @Test
  void aLoadBalancerMayBeCalledApp() throws IOException {
    String event =
        Files.readString(Path.of("../events/alb-connection-errors.json")).replace("/web/", "/app/");
    String facts =
        stopped().replace("/web/", "/app/").replace("\"name\": \"web\"", "\"name\": \"app\"");
    RecordedIncident without = redacted(event, facts);
    assertThat(without.report()).contains("PROVEN").contains("TargetStopped");
    assertThat(without.event()).contains("app/name-").doesNotContain("app/app");
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
