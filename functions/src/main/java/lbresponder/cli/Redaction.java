package lbresponder.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.TargetGroup;
import lbresponder.json.RecordedIncident;

/// Takes out of an incident what would tell whose it is. The same original always becomes the same
/// stand-in, so that the incident replays as it was.
final class Redaction {
  /// Ids, account numbers, addresses, DNS names, and the hexadecimal ends of ARNs.
  private static final Pattern IDENTITY =
      Pattern.compile(
          "(?<id>\\b(?:i|sg|sgr|subnet|vpc|eni|acl|rtb|pl)-[0-9a-f]{8,17}\\b)"
              + "|(?<account>\\b\\d{12}\\b)"
              + "|(?<dns>\\b[A-Za-z0-9.-]+\\.amazonaws\\.com(?:\\.cn)?\\b)"
              + "|(?<ip>\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b)"
              + "|(?<ip6>\\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}\\b)"
              + "|(?<uuid>\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b)"
              + "|(?<hex>(?<=/)[0-9a-f]{16}\\b)");

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, String> standIns = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  private Redaction(Facts facts) {
    // The longest first: a name may be part of another.
    names(facts).stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .forEach(name -> names.put(name, "name-" + (names.size() + 1)));
  }

  static RecordedIncident of(RecordedIncident incident, Facts facts) {
    Redaction redaction = new Redaction(facts);
    return new RecordedIncident(
        incident.situation(),
        redaction.json(incident.event()),
        redaction.json(incident.facts()) + "\n",
        incident.report());
  }

  private static List<String> names(Facts facts) {
    TreeSet<String> names = new TreeSet<>();
    names.add(facts.incident().loadBalancer().name());
    facts.incident().alarms().forEach(alarm -> names.add(alarm.name()));
    facts.targetGroups().orElse(List.of()).stream().map(TargetGroup::name).forEach(names::add);
    facts.instances().orElse(List.of()).stream()
        .map(Instance::scalingGroup)
        .filter(Objects::nonNull)
        .forEach(names::add);
    facts.loadBalancer().flatMap(LoadBalancer::tags).orElse(Map.of()).values().forEach(names::add);
    names.remove("");
    return List.copyOf(names);
  }

  private String json(String text) {
    try {
      return MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(redacted("", MAPPER.readTree(text)));
    } catch (JsonProcessingException failure) {
      throw new Unusable("cannot redact: " + failure.getOriginalMessage());
    }
  }

  private JsonNode redacted(String key, JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      object
          .properties()
          .forEach(one -> copy.set(one.getKey(), redacted(one.getKey(), one.getValue())));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(one -> copy.add(redacted(key, one)));
      return copy;
    }
    if (!node.isTextual()) {
      return node;
    }
    boolean free =
        Stream.of("description", "AlarmDescription").anyMatch(key::equals) && isFree(node);
    return TextNode.valueOf(free ? "redacted" : text(node.textValue()));
  }

  /// An alarm's description is its owner's; a health description is the provider's, and the
  /// diagnosis needs it.
  private static boolean isFree(JsonNode node) {
    return Optional.of(node.textValue())
        .filter(text -> !text.startsWith("Health checks failed"))
        .filter(text -> !text.startsWith("Target "))
        .filter(text -> !text.startsWith("Instance "))
        .isPresent();
  }

  private String text(String text) {
    Matcher found = IDENTITY.matcher(text);
    String plain = found.replaceAll(match -> Matcher.quoteReplacement(standIn(found)));
    for (Map.Entry<String, String> name : names.entrySet()) {
      plain =
          plain.replaceAll(
              "(?<![A-Za-z0-9-])" + Pattern.quote(name.getKey()) + "(?![A-Za-z0-9-])",
              name.getValue());
    }
    return plain;
  }

  private String standIn(Matcher found) {
    return standIns.computeIfAbsent(
        found.group(),
        original -> {
          int number = standIns.size() + 1;
          if (found.group("id") != null) {
            String prefix = original.substring(0, original.indexOf('-') + 1);
            return prefix + "%017x".formatted(number);
          }
          if (found.group("account") != null) {
            return "%012d".formatted(number);
          }
          if (found.group("dns") != null) {
            return "host-%d.example.com".formatted(number);
          }
          if (found.group("ip") != null) {
            return "192.0.2." + number % 256;
          }
          if (found.group("ip6") != null) {
            return "2001:db8::%x".formatted(number);
          }
          return found.group("uuid") != null
              ? "00000000-0000-0000-0000-%012x".formatted(number)
              : "%016x".formatted(number);
        });
  }
}
