package lbresponder.aws.alarm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.LoadBalancerId;
import lbresponder.message.Field;
import lbresponder.message.MalformedMessage;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;

/// What a metric is limited to. On Application and Network Load Balancers a dimension's value is
/// the end of the resource's ARN.
///
/// @param source where they stand in the message
/// @param values by name
record Dimensions(Field source, Map<String, Field> values) {
  private static final Pattern CLASSIC = Pattern.compile("[A-Za-z0-9-]{1,32}");
  private static final Pattern APPLICATION =
      Pattern.compile("app/([A-Za-z0-9-]{1,32})/[A-Za-z0-9]{1,32}");

  /// The value ends the ARN as it is; some emulators of AWS name these, too, `app/`.
  private static final Pattern NETWORK =
      Pattern.compile("(?:net|app)/([A-Za-z0-9-]{1,32})/[A-Za-z0-9]{1,32}");

  private static final Pattern TARGET_GROUP =
      Pattern.compile("targetgroup/[A-Za-z0-9-]{1,32}/[A-Za-z0-9]{1,32}");
  private static final Pattern ZONE = Pattern.compile("[a-z0-9-]{1,40}");

  /// From an object (EventBridge) or an array of `name` and `value` (SNS).
  static Dimensions of(Field source) {
    Map<String, Field> values = new LinkedHashMap<>();
    if (source.value().isArray()) {
      for (Field element : source.elements()) {
        String name = element.at("name").text("a dimension's name");
        if (values.put(name, element.at("value")) != null) {
          throw element.malformed("each dimension once");
        }
      }
    } else if (source.value().isObject()) {
      source.value().fieldNames().forEachRemaining(name -> values.put(name, source.at(name)));
    } else if (source.isPresent()) {
      throw source.malformed("the metric's dimensions");
    }
    return new Dimensions(source, values);
  }

  /// A Gateway Load Balancer's metric, whatever the namespace.
  boolean isGateway() {
    Field loadBalancer = values.get("LoadBalancer");
    return loadBalancer != null
        && loadBalancer.value().isTextual()
        && loadBalancer.value().textValue().startsWith("gwy/");
  }

  /// @throws MalformedMessage where none is named, or the value is not one of that kind
  LoadBalancerId loadBalancer(Kind kind, AlarmOrigin origin, String account) {
    Matcher matcher =
        switch (kind) {
          case CLASSIC ->
              required("LoadBalancerName", "without it the metric sums up many load balancers")
                  .matching(CLASSIC, "the name of a Classic Load Balancer");
          case APPLICATION ->
              required("LoadBalancer", "e.g. app/web/50dc6c495c0c9188")
                  .matching(APPLICATION, "app/NAME/ID");
          case NETWORK ->
              required("LoadBalancer", "e.g. net/edge/50dc6c495c0c9188")
                  .matching(NETWORK, "net/NAME/ID");
        };
    String name = kind == Kind.CLASSIC ? matcher.group() : matcher.group(1);
    return origin.loadBalancer(kind, account, name, matcher.group());
  }

  /// The ARN of the target group it is limited to; null: it is not.
  @Nullable String targetGroup(AlarmOrigin origin, String account) {
    Field value = values.get("TargetGroup");
    return value == null
        ? null
        : origin.loadBalancingArn(
            account, value.matching(TARGET_GROUP, "targetgroup/NAME/ID").group());
  }

  /// The zone it is limited to; null: it is not.
  @Nullable String zone() {
    Field value = values.get("AvailabilityZone");
    return value == null ? null : value.matching(ZONE, "a zone such as eu-west-1a").group();
  }

  private Field required(String name, String why) {
    Field value = values.get(name);
    if (value != null) {
      return value;
    }
    String found = values.isEmpty() ? "no dimension" : String.join(", ", values.keySet());
    throw new MalformedMessage(
        "%s: found %s, expected %s: %s"
            .formatted(source.path(), Untrusted.clean(found, 80), name, why));
  }
}
