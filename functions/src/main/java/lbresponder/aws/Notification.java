package lbresponder.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lbresponder.facts.Recognised;

/// What an alarm publishes to SNS. Its `Region` is a name for people; the region's code is only in
/// ARNs.
final class Notification {
  private static final Pattern TOPIC =
      Pattern.compile("arn:(aws[a-z-]*):sns:([a-z0-9-]+):\\d{12}:.+");

  private Notification() {}

  /// @param topicArn the topic it came through, which tells the region where an old alarm does not
  ///   carry its ARN
  static Recognised read(Tree message, String topicArn) {
    AlarmArn arn = arn(message, topicArn);
    Tree trigger = message.at("Trigger");
    if (!trigger.isPresent()) {
      if (message.at("AlarmRule").isPresent()) {
        return new Recognised.NotOurs("a composite alarm: its children carry the metrics");
      }
      throw trigger.wrong("what the alarm watches");
    }
    List<Watched> watched = new ArrayList<>();
    if (trigger.object().at("Metrics").isPresent()) {
      for (Tree entry : trigger.at("Metrics").list()) {
        Tree statistic = entry.at("MetricStat");
        if (statistic.isPresent()) {
          watched.add(
              watched(
                  statistic.at("Metric").object(),
                  statistic.at("Stat"),
                  statistic.at("Period"),
                  entry.at("AccountId")));
        }
      }
    } else {
      Tree name =
          trigger.at(trigger.at("Statistic").isPresent() ? "Statistic" : "ExtendedStatistic");
      watched.add(watched(trigger, name, trigger.at("Period"), trigger.at("AccountId")));
    }
    return Watched.alarms(watched, arn, head(message, arn));
  }

  private static AlarmArn arn(Tree message, String topicArn) {
    Tree arn = message.at("AlarmArn");
    if (arn.isPresent()) {
      return AlarmArn.read(arn);
    }
    Matcher topic = TOPIC.matcher(topicArn);
    if (!topic.matches()) {
      throw arn.wrong("the alarm's ARN, or a notification whose TopicArn tells the region");
    }
    String account = message.at("AWSAccountId").text();
    return new AlarmArn(
        "arn:%s:cloudwatch:%s:%s:alarm:%s"
            .formatted(topic.group(1), topic.group(2), account, message.at("AlarmName").text()),
        topic.group(1),
        topic.group(2),
        account);
  }

  private static Watched watched(Tree metric, Tree statistic, Tree period, Tree account) {
    Map<String, Tree> dimensions = new TreeMap<>();
    for (Tree dimension : metric.at("Dimensions").list()) {
      dimensions.put(dimension.object().at("name").text(), dimension.at("value"));
    }
    return new Watched(
        metric.at("Namespace").text(),
        metric.at("MetricName").text(),
        dimensions,
        metric.at("Dimensions"),
        statisticName(statistic.textOr("Sum")),
        period.node().asInt(60),
        account.textOrNull());
  }

  /// SNS shouts: `SUM`, `AVERAGE`.
  private static String statisticName(String text) {
    return switch (text) {
      case "SUM" -> "Sum";
      case "AVERAGE" -> "Average";
      case "MINIMUM" -> "Minimum";
      case "MAXIMUM" -> "Maximum";
      case "SAMPLE_COUNT" -> "SampleCount";
      default -> text;
    };
  }

  private static Watched.Head head(Tree message, AlarmArn arn) {
    Tree before = message.at("OldStateValue");
    return new Watched.Head(
        message.at("AlarmName").text(),
        arn.text(),
        message.at("AlarmDescription").textOr(""),
        Watched.state(message.at("NewStateValue")),
        Times.read(message.at("StateChangeTime")),
        null,
        message.at("NewStateReason").textOr(""),
        before.isPresent() ? Watched.state(before) : null,
        null);
  }
}
