package lbresponder.aws;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an alarm lives, by its ARN.
record AlarmArn(String text, String partition, String region, String account) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:(aws[a-z-]*):cloudwatch:([a-z0-9-]+):(\\d{12}):alarm:.+", Pattern.DOTALL);

  /// @throws Tree.Wrong where it is missing or malformed
  static AlarmArn read(Tree arn) {
    Matcher matcher = FORM.matcher(arn.text());
    if (!matcher.matches()) {
      throw arn.wrong("an alarm's ARN, arn:PARTITION:cloudwatch:REGION:ACCOUNT:alarm:NAME");
    }
    return new AlarmArn(arn.text(), matcher.group(1), matcher.group(2), matcher.group(3));
  }
}
