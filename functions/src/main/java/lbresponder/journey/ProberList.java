package lbresponder.journey;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import lbresponder.json.FactsJson;

/// Which prober stands where: `LB_RESPONDER_PROBERS`, either a JSON object from load balancer ARN
/// or VPC id to the ARN of a function, or the name of the SSM parameter that holds it.
final class ProberList {
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

  /// @throws IllegalArgumentException naming the entry, what was found and what was expected
  static Map<String, String> parse(String json) {
    Map<String, String> probers = new LinkedHashMap<>();
    Map<?, ?> read;
    try {
      read = FactsJson.read(json, Map.class);
    } catch (IllegalArgumentException notJson) {
      throw wrong(json, "a JSON object");
    }
    read.forEach(
        (place, function) -> {
          if (!PLACE.matcher(String.valueOf(place)).matches()) {
            throw wrong(String.valueOf(place), "a load balancer's ARN, or a VPC's id");
          }
          if (!FUNCTION.matcher(String.valueOf(function)).matches()) {
            throw wrong(String.valueOf(function), "the ARN of a function for " + place);
          }
          probers.put(String.valueOf(place), String.valueOf(function));
        });
    return Map.copyOf(probers);
  }

  private static IllegalArgumentException wrong(String found, String expected) {
    return Settings.wrong(
        Settings.PROBERS, found.length() > 200 ? found.substring(0, 200) + "…" : found, expected);
  }
}
