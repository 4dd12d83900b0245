package lbresponder.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import lbresponder.facts.Alarm;
import lbresponder.facts.Durations;
import lbresponder.facts.Incident;
import lbresponder.message.Untrusted;
import lbresponder.report.Report;
import lbresponder.report.ReportJson;
import lbresponder.report.text.Ages;
import lbresponder.report.text.ReportText;
import lbresponder.report.text.Screen;
import lbresponder.report.text.Sentences;
import org.jspecify.annotations.Nullable;

/// What is published, in its three forms. SNS takes 256 KiB for all of them together, and the JSON
/// goes out once for each of five protocols.
///
/// @param subject printable ASCII, under 100 characters, as SNS demands
/// @param attributes for subscription filters
record SnsBody(
    String subject, String text, String sms, String json, Map<String, String> attributes) {
  /// Five of these escaped into one JSON, beside the text, stay below 256 KiB.
  private static final int MOST_JSON = 32 * 1024;

  private static final int MOST_TEXT = 8 * 1024;
  private static final int MOST_SMS = 300;

  /// What programs for mail do not break.
  private static final int WIDTH = 76;

  private static final JsonMapper MAPPER = new JsonMapper();

  static SnsBody of(Message message) {
    return switch (message) {
      case Message.FirstWords _ -> throw new IllegalArgumentException("SNS cannot edit them later");
      case Message.Finding(Report report) -> finding(report);
      case Message.Recovery(Incident incident, Alarm alarm, Duration lasted) ->
          recovery(incident, alarm, lasted);
      case Message.Unreadable(String why, String excerpt) -> {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", "lb-responder/unreadable/1");
        json.put("why", Untrusted.clean(why, 500));
        json.put("excerpt", Untrusted.clean(excerpt, 1000));
        yield plain(
            "lb-responder could not answer a message",
            "A message came that could not be answered.\n%s\n\nThe message begins:\n%s"
                .formatted(Untrusted.clean(why, 500), Untrusted.clean(excerpt, 1000)),
            json);
      }
    };
  }

  private static SnsBody recovery(Incident incident, Alarm alarm, @Nullable Duration lasted) {
    String text =
        "%s: alarm %s is OK again%s"
            .formatted(
                incident.loadBalancer().name(),
                alarm.name(),
                lasted == null ? "." : " after " + Durations.words(lasted) + ".");
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "lb-responder/recovery/1");
    json.put("loadBalancer", clean(incident.loadBalancer().arn()));
    json.put("alarm", clean(alarm.arn()));
    json.put("recoveredAt", alarm.changedAt().toString());
    if (lasted != null) {
      json.put("lastedSeconds", lasted.toSeconds());
    }
    return plain("OK: " + incident.loadBalancer().name() + ": " + alarm.name(), text, json);
  }

  private static SnsBody finding(Report report) {
    int most = report.targets().size();
    Report fitting = report.withTargets(most);
    String json = ReportJson.write(fitting);
    while (size(json) > MOST_JSON && most > 0) {
      most /= 2;
      fitting = report.withTargets(most);
      json = ReportJson.write(fitting);
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("loadBalancer", report.incident().loadBalancer().name());
    if (!report.causes().isEmpty()) {
      attributes.put("cause", report.causes().getFirst().id());
      attributes.put("confidence", report.causes().getFirst().confidence());
    }
    return new SnsBody(
        ascii(
            (report.causes().isEmpty()
                    ? Sentences.conclusion(report)
                    : report.causes().getFirst().confidence())
                + ": "
                + report.summary()),
        cut(letter(report, fitting)),
        Untrusted.clean(new Ages(report.at()).in(report.summary()), MOST_SMS),
        json,
        attributes);
  }

  /// The first screen, where to look, and below it everything.
  ///
  /// @param fitting the report with as many targets as there is room for
  private static String letter(Report report, Report fitting) {
    return Screen.letter(report, WIDTH)
        + report.links().stream()
            .map(link -> "\n%s\n%s\n".formatted(link.title(), link.url()))
            .collect(Collectors.joining())
        + "\nEverything\n\n"
        + ReportText.write(fitting);
  }

  private static SnsBody plain(String subject, String text, Map<String, Object> json) {
    try {
      String line = Untrusted.clean(text, MOST_SMS);
      return new SnsBody(ascii(subject), text, line, MAPPER.writeValueAsString(json), Map.of());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings are JSON", impossible);
    }
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String cut(String text) {
    return text.length() <= MOST_TEXT
        ? text
        : text.substring(0, text.lastIndexOf('\n', MOST_TEXT)) + "\n(cut: the JSON has the rest)\n";
  }

  private static String ascii(String subject) {
    String printable = subject.replaceAll("[^ -~]+", " ").strip();
    return printable.length() < 100 ? printable : printable.substring(0, 96) + "...";
  }

  private static String clean(String text) {
    return Untrusted.clean(text, 500);
  }
}
