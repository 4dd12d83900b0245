package lbresponder.aws.alarm;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.LoadBalancerId;
import lbresponder.message.Field;
import lbresponder.message.MalformedMessage;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// Where an alarm lives. ARNs of what it watches are constructed from this, since looking them up
/// would cost a call.
///
/// @param carried the alarm's ARN as the message carries it; empty where it does not
/// @param partition `aws`, `aws-cn` or `aws-us-gov`
record AlarmOrigin(String carried, String partition, String account, String region) {
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}-[a-z-]{1,30}-[0-9]{1,2}");
  private static final Pattern ALARM =
      Pattern.compile(
          "arn:(aws[a-z-]{0,20}):cloudwatch:(" + REGION + "):([0-9]{12}):alarm:.+", Pattern.DOTALL);
  private static final Pattern ANY_ARN =
      Pattern.compile("arn:(aws[a-z-]{0,20}):[a-z0-9-]{1,40}:(" + REGION + "):.*", Pattern.DOTALL);
  private static final String TWELVE_DIGITS = "an account of 12 digits";

  /// From an alarm's id, as {@link #alarmArn} gives it.
  ///
  /// @throws MalformedMessage where it is no alarm's ARN
  static AlarmOrigin of(String arn) {
    return of(
        new Field("AlarmArn", TextNode.valueOf(arn)),
        new Field("AWSAccountId", MissingNode.getInstance()));
  }

  /// From an alarm's ARN, which all else must agree with.
  ///
  /// @throws MalformedMessage where it is no alarm's ARN, or the account is another
  static AlarmOrigin of(Field arn, Field account) {
    Matcher parts =
        arn.matching(ALARM, "an alarm's ARN, arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME");
    AlarmOrigin origin =
        new AlarmOrigin(parts.group(), parts.group(1), parts.group(3), parts.group(2));
    agree(account, origin.account);
    return origin;
  }

  /// As {@link #of(Field, Field)}; without an ARN the account and the region are enough, because a
  /// region belongs to one partition.
  static AlarmOrigin of(Field arn, Field account, Field region) {
    if (!arn.isPresent()) {
      String code = region.matching(REGION, "a region such as eu-west-1").group();
      String partition = PartitionMetadata.of(Region.of(code)).id();
      return new AlarmOrigin("", partition, accountOf(account), code);
    }
    AlarmOrigin origin = of(arn, account);
    agree(region, origin.region);
    return origin;
  }

  /// For a notification without the alarm's ARN: an alarm notifies only within its own region, so
  /// the ARN of anything it notifies tells that region.
  ///
  /// @param notified ARNs of what it notifies, whatever they are
  /// @throws MalformedMessage where none of them is an ARN with a region
  static AlarmOrigin beside(List<Field> notified, Field arn, Field account) {
    for (Field arnOfSomething : notified) {
      Matcher parts = ANY_ARN.matcher(arnOfSomething.textOrEmpty());
      if (parts.matches()) {
        return new AlarmOrigin("", parts.group(1), accountOf(account), parts.group(2));
      }
    }
    throw arn.malformed("the alarm's ARN, since nothing else here tells the region");
  }

  static String accountOf(Field account) {
    return account.matching(ACCOUNT, TWELVE_DIGITS).group();
  }

  private static void agree(Field stated, String inArn) {
    String expected = inArn + ", as in the alarm's ARN";
    if (stated.isPresent() && !stated.text(expected).equals(inArn)) {
      throw stated.malformed(expected);
    }
  }

  /// The alarm's ARN: as the message carries it, or as it would, so that the same alarm is known
  /// again whichever way it comes.
  String alarmArn(String name) {
    return carried.isEmpty()
        ? "arn:%s:cloudwatch:%s:%s:alarm:%s".formatted(partition, region, account, name)
        : carried;
  }

  /// The name of an alarm, which may hold anything.
  ///
  /// @param id an alarm's ARN, or its name already
  static String name(String id) {
    return id.startsWith("arn:") ? id.substring(id.indexOf(":alarm:") + 7) : id;
  }

  /// @param account the account it lives in, which is not always the alarm's
  /// @param resource what follows the account, e.g. `loadbalancer/app/web/50dc6c495c0c9188`
  String loadBalancingArn(String account, String resource) {
    return "arn:%s:elasticloadbalancing:%s:%s:%s".formatted(partition, region, account, resource);
  }

  /// @param path what follows `loadbalancer/` in its ARN
  LoadBalancerId loadBalancer(Kind kind, String account, String name, String path) {
    String arn = loadBalancingArn(account, "loadbalancer/" + path);
    return kind.id(account, region, name, arn);
  }
}
