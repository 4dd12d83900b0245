package lbresponder.aws.prober;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import lbresponder.message.Json;
import lbresponder.message.MalformedMessage;
import lbresponder.message.Untrusted;

/// Which prober stands where: `LB_RESPONDER_PROBERS`, either a JSON object from load balancer ARN
/// or VPC id to the ARN of a function, or the name of the SSM parameter that holds it.
final class ProberList {
  static final String SETTING = "LB_RESPONDER_PROBERS";

  private static final Pattern PLACE =
      Pattern.compile("vpc-[0-9a-f]+|arn:aws[a-z-]*:elasticloadbalancing:.+:loadbalancer/.+");
  private static final Pattern FUNCTION =
      Pattern.compile(
          "arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?");
  private static final Pattern PARAMETER = Pattern.compile("/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");

  private ProberList() {}

  /// @throws IllegalArgumentException where it is neither, naming the entry
  static void check(String setting) {
    if (isInline(setting)) {
      parse(setting);
    } else if (!PARAMETER.matcher(setting).matches()) {
      throw wrong(setting, "a JSON object, or the name of an SSM parameter");
    }
  }

  /// Whether the setting is the list itself, and not the name of a parameter.
  static boolean isInline(String setting) {
    return setting.stripLeading().startsWith("{");
  }

  static boolean isFunction(String arn) {
    return FUNCTION.matcher(arn).matches();
  }

  /// @throws IllegalArgumentException naming the entry, what was found and what was expected
  static Map<String, String> parse(String json) {
    Map<String, String> probers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(json).properties()) {
      String place = entry.getKey();
      String function = entry.getValue().asText();
      if (!PLACE.matcher(place).matches()) {
        throw wrong(place, "a load balancer's ARN, or a VPC's id");
      }
      if (!isFunction(function)) {
        throw wrong(function, "the ARN of a function for " + place);
      }
      probers.put(place, function);
    }
    return Map.copyOf(probers);
  }

  private static JsonNode object(String json) {
    try {
      return Json.object(json, SETTING).value();
    } catch (MalformedMessage malformed) {
      throw wrong(json, "a JSON object");
    }
  }

  private static IllegalArgumentException wrong(String found, String expected) {
    return new IllegalArgumentException(
        "%s: found `%s`, expected %s".formatted(SETTING, Untrusted.clean(found, 200), expected));
  }
}
