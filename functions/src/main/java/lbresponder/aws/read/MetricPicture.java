package lbresponder.aws.read;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lbresponder.aws.kind.Metric;
import lbresponder.facts.Alarm;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.facts.Incident;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/// The graph of an incident's metric as CloudWatch draws it: the format is "Metric Widget Structure
/// and Syntax" of its API reference.
final class MetricPicture {
  static final String ACTION = "cloudwatch:GetMetricWidgetImage";

  private static final Duration SHOWN = Duration.ofHours(3);
  private static final int WIDTH = 900;
  private static final int HEIGHT = 300;
  private static final JsonMapper MAPPER = new JsonMapper();

  private MetricPicture() {}

  /// @param incident has an alarm
  /// @param began when the incident begins
  /// @return null where the answer holds none
  static @Nullable Picture draw(
      CloudWatchClient cloudwatch, Incident incident, Instant began, Instant now) {
    String widget = widget(incident, began, now).toString();
    SdkBytes image =
        cloudwatch.getMetricWidgetImage(call -> call.metricWidget(widget)).metricWidgetImage();
    return image == null || image.asByteArrayUnsafe().length == 0
        ? null
        : new Picture(image.asByteArray(), shows(incident, began, now));
  }

  /// What the alarm watches; of an expression over several metrics those that count the same, with
  /// their sum.
  static ObjectNode widget(Incident incident, Instant began, Instant now) {
    List<Alarm.Watch> watches = incident.alarms().getFirst().watchesOfTheSame();
    ObjectNode widget = MAPPER.createObjectNode();
    widget.put("title", title(incident)).put("width", WIDTH).put("height", HEIGHT);
    widget.put("start", from(now).toString()).put("end", seconds(now).toString());
    widget.putObject("yAxis").putObject("left").put("min", 0);
    ArrayNode metrics = widget.putArray("metrics");
    watches.forEach(watch -> metrics.add(metric(watch, incident)));
    if (watches.size() > 1 && watches.stream().allMatch(watch -> watch.statistic().equals("Sum"))) {
      metrics.addArray().addObject().put("expression", "SUM(METRICS())").put("label", "sum");
    }
    ObjectNode annotations = widget.putObject("annotations");
    Double threshold = incident.alarms().getFirst().threshold();
    if (threshold != null) {
      annotations
          .putArray("horizontal")
          .addObject()
          .put("value", threshold)
          .put("label", "threshold");
    }
    if (isShown(began, now)) {
      annotations
          .putArray("vertical")
          .addObject()
          .put("value", seconds(began).toString())
          .put("label", "incident begins");
    }
    return widget;
  }

  private static ArrayNode metric(Alarm.Watch watch, Incident incident) {
    ArrayNode metric = MAPPER.createArrayNode().add(watch.namespace()).add(watch.metric());
    Metric.find(watch.namespace(), watch.metric())
        .map(known -> new Queries.Query(known, watch.targetGroup(), watch.zone()))
        .ifPresent(
            query ->
                Queries.asked(query, incident)
                    .dimensions()
                    .forEach(by -> metric.add(by.name()).add(by.value())));
    metric.addObject().put("stat", watch.statistic()).put("period", watch.periodSeconds());
    return metric;
  }

  private static String shows(Incident incident, Instant began, Instant now) {
    Double threshold = incident.alarms().getFirst().threshold();
    return "%s from %s to %s%s%s"
        .formatted(
            title(incident),
            from(now),
            seconds(now),
            threshold == null ? "" : "; the threshold is " + threshold,
            isShown(began, now) ? "; the incident begins at " + seconds(began) : "");
  }

  private static String title(Incident incident) {
    return "%s of %s"
        .formatted(incident.alarms().getFirst().watched().metric(), incident.loadBalancer().name());
  }

  /// What is older than the graph is not on it.
  private static boolean isShown(Instant began, Instant now) {
    return began.isAfter(from(now));
  }

  private static Instant from(Instant now) {
    return seconds(now.minus(SHOWN));
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
