package lbresponder.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lbresponder.facts.Recognised;
import org.jspecify.annotations.Nullable;

/// An alarm's state change as EventBridge tells it in `detail`, and an alarm's own call of a
/// function in `alarmData`: the same shape in both.
final class StateChange {
  private static final JsonMapper MAPPER = new JsonMapper();

  private StateChange() {}

  /// @param message the whole, for the account beside the alarm
  /// @param time when the message was sent, for a state without a time of its own
  static Recognised read(Tree message, Tree arn, Tree detail, Tree time) {
    AlarmArn alarmArn = AlarmArn.read(arn);
    Tree account = message.at(message.at("account").isPresent() ? "account" : "accountId");
    if (account.isPresent() && !account.text().equals(alarmArn.account())) {
      throw account.wrong("the alarm's own account " + alarmArn.account());
    }
    Tree configuration = detail.at("configuration").object();
    Tree metrics = configuration.at("metrics");
    if (!metrics.isPresent()) {
      return configuration.at("alarmRule").isPresent()
          ? new Recognised.NotOurs("a composite alarm: its children carry the metrics")
          : missing(metrics);
    }
    List<Watched> watched = new ArrayList<>();
    for (Tree entry : metrics.list()) {
      Tree statistic = entry.at("metricStat");
      if (statistic.isPresent()) {
        watched.add(watched(entry, statistic.object()));
      }
    }
    return Watched.alarms(watched, alarmArn, head(detail, alarmArn, time));
  }

  private static Recognised missing(Tree metrics) {
    throw metrics.wrong("a list of the alarm's metrics");
  }

  private static Watched watched(Tree entry, Tree statistic) {
    Tree metric = statistic.at("metric").object();
    Map<String, Tree> dimensions = new TreeMap<>();
    Tree given = metric.at("dimensions");
    if (given.isPresent()) {
      given.fields().forEach(field -> dimensions.put(field.getKey(), field.getValue()));
    }
    return new Watched(
        metric.at("namespace").text(),
        metric.at("name").text(),
        dimensions,
        given,
        statistic.at("stat").textOr("Sum"),
        statistic.at("period").node().asInt(60),
        entry.at("accountId").textOrNull());
  }

  private static Watched.Head head(Tree detail, AlarmArn arn, Tree time) {
    Tree state = detail.at("state").object();
    Tree previous = detail.at("previousState");
    Tree changed = state.at("timestamp").isPresent() ? state.at("timestamp") : time;
    return new Watched.Head(
        detail.at("alarmName").text(),
        arn.text(),
        detail.at("configuration").at("description").textOr(""),
        Watched.state(state.at("value")),
        Times.read(changed),
        startDate(state.at("reasonData")),
        state.at("reason").textOr(""),
        previous.at("value").isPresent() ? Watched.state(previous.at("value")) : null,
        previous.at("timestamp").isPresent()
            ? Times.parse(previous.at("timestamp").textOr(""))
            : null);
  }

  /// The reason's data is JSON in a text, and optional: what cannot be read of it is not missed.
  private static @Nullable Instant startDate(Tree reasonData) {
    if (!reasonData.node().isTextual()) {
      return null;
    }
    try {
      String start = MAPPER.readTree(reasonData.node().textValue()).path("startDate").asText("");
      return Times.parse(start);
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }
}
