package lbresponder.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Something else for what would tell whose account it was: the same for the same original, and
/// never the same for two.
final class StandIns {
  /// Words of an ARN that are not names, so that a load balancer called `app` does not break them.
  private static final String OWN_WORDS =
      "(?<own>\\b(?:loadbalancer|listener|listener-rule|targetgroup|alarm)(?=[/:])"
          + "(?:/(?:app|net|gwy)(?=/))?|^(?:app|net|gwy)(?=/[^/]+/[0-9a-f]{16}))";

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

  private static final String IDENTITIES =
      "(?<id>\\b(?:i|sg|sgr|subnet|vpc|eni|acl|rtb|pl|igw|nat|vgw|tgw|pcx|vpce|eipalloc|ami|lt)"
          + "-[0-9a-f]{8,17}\\b)"
          + "|(?<account>\\b\\d{12}\\b)"
          + "|(?<dns>\\b[A-Za-z0-9.-]+\\.(?:amazonaws\\.com(?:\\.cn)?|compute\\.internal)\\b)"
          + "|(?<ip>\\b"
          + OCTET
          + "(?:\\."
          + OCTET
          + "){3}(?:/\\d{1,2})?\\b)"
          + "|(?<ip6>\\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}(?:/\\d{1,3})?\\b)"
          + "|(?<uuid>\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b)"
          + "|(?<hex>(?<=/)[0-9a-f]{16}\\b)"
          + "|(?<principal>(?<=\\b(?:user|role|assumed-role)/)[\\w+=,.@/-]+)"
          + "|(?<topic>(?<=:sns:[a-z0-9-]{1,30}:\\d{12}:)[\\w-]+)";

  private final Addresses addresses = new Addresses();
  private final Pattern pattern;
  private final Map<String, String> made = new HashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /// @param names what people called things
  StandIns(Collection<String> names) {
    // The longest first: a name may be part of another.
    String quoted =
        names.stream()
            .filter(name -> !name.isBlank())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    String named =
        quoted.isEmpty() ? "" : "|(?<name>(?<![A-Za-z0-9-])(?:" + quoted + ")(?![A-Za-z0-9-]))";
    pattern = Pattern.compile(OWN_WORDS + named + "|" + IDENTITIES);
  }

  /// A text with everything in it replaced that tells something.
  String in(String text) {
    Matcher found = pattern.matcher(text);
    return found.replaceAll(_ -> Matcher.quoteReplacement(standIn(found)));
  }

  private String standIn(Matcher found) {
    String original = found.group();
    if (found.group("own") != null) {
      return original;
    }
    String kind =
        found.namedGroups().entrySet().stream()
            .filter(group -> found.group(group.getValue()) != null)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return of(kind, original);
  }

  /// Something for the whole of a text.
  ///
  /// @param kind what it is: stand-ins of a kind are counted
  String of(String kind, String original) {
    return made.computeIfAbsent(
        kind + " " + original, _ -> standIn(kind, original, counts.merge(kind, 1, Integer::sum)));
  }

  /// What only looks like an address is replaced as a name is.
  private String address(String original, int number) {
    try {
      return addresses.standIn(original);
    } catch (IllegalArgumentException notAnAddress) {
      return "name-" + number;
    }
  }

  private String standIn(String kind, String original, int number) {
    return switch (kind) {
      case "id" -> original.substring(0, original.indexOf('-') + 1) + "%017x".formatted(number);
      case "account" -> "%012d".formatted(number);
      case "dns" -> "host-%d.example.com".formatted(number);
      case "ip", "ip6" -> address(original, number);
      case "uuid" -> "00000000-0000-0000-0000-%012x".formatted(number);
      case "hex" -> "%016x".formatted(number);
      default -> kind + "-" + number;
    };
  }
}
