package lbresponder.journey;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the environment says.
///
/// @param topicArn `LB_RESPONDER_TOPIC_ARN`: the SNS topic that answers go to; empty: SNS is not
///   used
public record Settings(Optional<String> topicArn) {
  private static final String TOPIC = "LB_RESPONDER_TOPIC_ARN";
  private static final Pattern TOPIC_ARN =
      Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}");

  /// @throws IllegalArgumentException naming the variable, what was found and what was expected
  public static Settings of(Map<String, String> environment) {
    Optional<String> topic =
        Optional.ofNullable(environment.get(TOPIC)).filter(one -> !one.isBlank());
    topic.ifPresent(
        arn -> {
          if (!TOPIC_ARN.matcher(arn).matches()) {
            throw new IllegalArgumentException(
                "%s: found `%s`, expected arn:PARTITION:sns:REGION:ACCOUNT:NAME"
                    .formatted(TOPIC, arn));
          }
        });
    return new Settings(topic);
  }
}
