package lbresponder.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet.InnerLoadBalancer;
import lbresponder.facts.Instance;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.Usage;

/// Takes out of an incident what would tell whose it is. The same original always becomes the same
/// stand-in, so that the incident replays as it was.
final class Redaction {
  /// Words of the vocabulary or of the provider, which a name may happen to equal.
  private static final Set<String> VOCABULARY =
      Set.of(
          "provider",
          "kind",
          "region",
          "zone",
          "state",
          "protocol",
          "protocolVersion",
          "matcher",
          "targetType",
          "code",
          "was",
          "measure",
          "metric",
          "purpose",
          "leads",
          "ending",
          "of",
          "holder",
          "resource",
          "version",
          "port",
          "statistic",
          "stat",
          "namespace",
          "Namespace",
          "MetricName",
          "source",
          "detail-type",
          "field",
          "type",
          "Type",
          "NewStateValue",
          "OldStateValue");

  /// Written by the alarm's owner, or signed over what is no longer there.
  private static final Set<String> FREE =
      Set.of(
          "AlarmDescription",
          "label",
          "Label",
          "Signature",
          "SigningCertURL",
          "SigningCertUrl",
          "UnsubscribeURL",
          "UnsubscribeUrl",
          "SubscribeURL",
          "Token");

  /// What requests ask for, and where people log in.
  private static final Set<String> PRIVATE =
      Set.of(
          "values",
          "host",
          "Issuer",
          "AuthorizationEndpoint",
          "TokenEndpoint",
          "UserInfoEndpoint",
          "JwksEndpoint",
          "ClientId",
          "UserPoolClientId",
          "UserPoolDomain");

  private static final JsonMapper MAPPER = new JsonMapper();

  private final StandIns standIns;

  private Redaction(Facts facts) {
    standIns = new StandIns(names(facts));
  }

  /// @param facts of the incident: what their names stand for is what is replaced
  static Redaction of(Facts facts) {
    return new Redaction(facts);
  }

  private static Set<String> names(Facts facts) {
    Set<String> names = new TreeSet<>();
    names.add(facts.incident().loadBalancer().name());
    facts.incident().alarms().forEach(alarm -> names.add(alarm.name()));
    facts.targetGroups().stream().map(TargetGroup::name).forEach(names::add);
    for (InnerLoadBalancer inner : facts.fleet().loadBalancers().orElse(List.of())) {
      names.add(inner.name());
      inner.wiring().targetGroups().orElse(List.of()).forEach(group -> names.add(group.name()));
    }
    facts.fleet().instances().orElse(List.of()).stream()
        .map(Instance::scalingGroup)
        .flatMap(Stream::ofNullable)
        .forEach(names::add);
    facts.fleet().hosts().orElse(List.of()).stream()
        .map(host -> host.machine().scalingGroup())
        .flatMap(Stream::ofNullable)
        .forEach(names::add);
    facts.fleet().usage().orElse(List.of()).stream()
        .filter(usage -> usage.holder() == Usage.Holder.SCALING_GROUP)
        .map(Usage::id)
        .forEach(names::add);
    return names;
  }

  /// @param text the message as it came
  String event(String text) {
    return redacted("", tree(text), true).toPrettyString();
  }

  /// @param text facts as {@link lbresponder.json.FactsJson} writes them
  String facts(String text) {
    return redacted("", tree(text), false).toPrettyString();
  }

  private static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException failure) {
      throw new Unusable("cannot redact: " + failure.getOriginalMessage());
    }
  }

  /// @param ofEvent in an event a description is its owner's; in facts it is the provider's, and
  ///   the diagnosis needs it
  private JsonNode redacted(String key, JsonNode node, boolean ofEvent) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      object
          .properties()
          .forEach(
              field ->
                  copy.set(
                      key(key, field.getKey()),
                      key.equals("tags")
                          ? tag(field.getKey(), field.getValue())
                          : redacted(field.getKey(), field.getValue(), ofEvent)));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(element -> copy.add(redacted(key, element, ofEvent)));
      return copy;
    }
    return node.isTextual() ? TextNode.valueOf(text(key, node.textValue(), ofEvent)) : node;
  }

  private String key(String within, String key) {
    if (!within.equals("tags") || isOurs(key)) {
      return key;
    }
    return (isKubernetes(key) ? "kubernetes.io/" : "") + standIns.of("tag", key);
  }

  /// Tags by which the diagnosis knows that a cluster made the load balancer; the rest of them may
  /// name that cluster.
  private static boolean isKubernetes(String tag) {
    return tag.contains("kubernetes.io/") || tag.contains("k8s");
  }

  private JsonNode tag(String key, JsonNode value) {
    return isOurs(key) || !value.isTextual()
        ? value
        : TextNode.valueOf(standIns.of("tag-value", value.textValue()));
  }

  /// Tags that change what lb-responder does.
  private static boolean isOurs(String tag) {
    return tag.startsWith("lb-responder:");
  }

  private String text(String key, String text, boolean ofEvent) {
    if (text.isEmpty() || VOCABULARY.contains(key)) {
      return text;
    }
    if (FREE.contains(key) || (ofEvent && key.equals("description"))) {
      return "redacted";
    }
    if (PRIVATE.contains(key)) {
      return standIns.of("value", text);
    }
    return isDocument(text) ? redacted("", tree(text), true).toString() : standIns.in(text);
  }

  /// SNS carries the alarm as a text of JSON within JSON.
  private static boolean isDocument(String text) {
    try {
      return text.stripLeading().startsWith("{") && MAPPER.readTree(text).isObject();
    } catch (JsonProcessingException no) {
      return false;
    }
  }
}
