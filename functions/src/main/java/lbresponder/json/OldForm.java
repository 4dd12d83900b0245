package lbresponder.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Facts as they were recorded before: with AWS's attributes and words instead of typed fields.
final class OldForm {
  private static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";
  private static final String PRESERVE = "preserve_client_ip.enabled";
  private static final Set<String> PROTOCOLS =
      Set.of("HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC");

  /// Words that are other words now.
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("", "NONE"),
          Map.entry("SSL", "TLS"),
          Map.entry("INSTANCE", "MACHINE"),
          Map.entry("IP", "ADDRESS"),
          Map.entry("LAMBDA", "FUNCTION"),
          Map.entry("ALB", "LOAD_BALANCER"),
          Map.entry("SPILLOVER", "QUEUE_OVERFLOW"),
          Map.entry("SURGE_QUEUE", "QUEUE_LENGTH"),
          Map.entry("OTHERWISE", "ALTERNATE_PROTOCOL"),
          Map.entry("FRONT_DOOR", "LISTENER"));

  private final String kind;

  /// The load balancer's own attributes, or why they are not known.
  private final JsonNode attributes;

  private OldForm(JsonNode loadBalancer, String kind) {
    this.kind = kind;
    attributes = KnownJson.isReason(loadBalancer) ? loadBalancer : loadBalancer.path("attributes");
  }

  /// @param kind what the event says of the load balancer, where the facts do not
  /// @return the facts as they are written now; themselves where they are written so
  static ObjectNode updated(ObjectNode facts, String kind) {
    if (facts.has("wiring") || !(facts.has("loadBalancer") || facts.has("targetGroups"))) {
      return facts;
    }
    JsonNode loadBalancer = facts.path("loadBalancer");
    String recorded = loadBalancer.path("id").path("kind").asText(kind);
    return new OldForm(loadBalancer, recorded.toLowerCase(Locale.ROOT)).facts(facts);
  }

  private ObjectNode facts(ObjectNode old) {
    ObjectNode facts = old.objectNode();
    set(facts, "readAt", old.path("readAt"));
    ObjectNode wiring = facts.putObject("wiring");
    set(wiring, "loadBalancer", changed(old.path("loadBalancer"), this::loadBalancer));
    set(wiring, "listeners", changed(old.path("listeners"), OldForm::listener));
    set(wiring, "targetGroups", changed(old.path("targetGroups"), this::targetGroup));
    changed(old.path("load").path("series"), series -> word(series, "measure"));
    set(facts, "load", old.path("load"));
    set(facts, "fleet", fleet(old));
    JsonNode network = old.path("network");
    changed(network.path("networkAcls"), OldForm::networkAcl);
    changed(network.path("routeTables"), table -> changed(table.path("routes"), OldForm::route));
    set(facts, "network", network);
    ObjectNode evidence = facts.putObject("evidence");
    set(evidence, "probes", changed(old.path("dials"), OldForm::probe));
    set(evidence, "changes", old.path("changes"));
    return gone(facts);
  }

  /// What hangs on a load balancer that does not exist is not unknown: there is no such thing.
  private static <T extends JsonNode> T gone(T node) {
    String why = node.path("unknown").asText();
    if (node instanceof ObjectNode reason && why.contains(" does not exist in account ")) {
      reason.removeAll();
      reason.put("none", why);
    }
    node.forEach(OldForm::gone);
    return node;
  }

  private void loadBalancer(ObjectNode loadBalancer) {
    loadBalancer.remove(List.of("id", "attributes"));
    if (loadBalancer.path("securityGroups").isEmpty() && !kind.equals("network")) {
      loadBalancer.set(
          "securityGroups", unknown("the load balancer's security groups were not read"));
    }
    loadBalancer.set(
        "idleTimeoutSeconds",
        kind.equals("network")
            ? none("Network Load Balancers keep no connections of their own to targets")
            : known(attributes, all -> number(all, "idle_timeout.timeout_seconds", 60)));
  }

  private static void listener(ObjectNode listener) {
    protocol(listener);
    listener.set("defaultAction", listener.remove("otherwise"));
  }

  private void targetGroup(ObjectNode group) {
    String old = group.path("protocol").asText();
    protocol(group);
    changed(group.path("healthCheck"), OldForm::protocol);
    word(group, "targetType");
    JsonNode own = group.path("attributes");
    group.remove("attributes");
    group.set("crossZone", known(own, this::crossZone));
    group.set("keepsClientAddress", keepsClientAddress(own, group, old));
    group.set("proxyProtocol", proxyProtocol(own, old));
    group.set("sticky", known(own, all -> flag(all, "stickiness.enabled")));
    group.set("deregistrationDelaySeconds", delay(own, group));
    changed(group.path("targets"), this::target);
  }

  private JsonNode crossZone(JsonNode own) {
    return switch (own.path(CROSS_ZONE).asText()) {
      case "true" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      default ->
          kind.equals("application")
              ? BooleanNode.TRUE
              : known(attributes, all -> flag(all, CROSS_ZONE));
    };
  }

  private JsonNode keepsClientAddress(JsonNode own, JsonNode group, String protocol) {
    if (!kind.equals("network")) {
      return none("only Network Load Balancers keep client addresses");
    }
    boolean usual =
        group.path("targetType").asText().equals("MACHINE") || protocol.matches(".*(UDP|QUIC)");
    return known(own, all -> all.has(PRESERVE) ? flag(all, PRESERVE) : BooleanNode.valueOf(usual));
  }

  private JsonNode proxyProtocol(JsonNode own, String protocol) {
    if (kind.equals("application")) {
      return none("Application Load Balancers do not send the header");
    }
    if (protocol.startsWith("HTTP")) {
      return none("the header is sent to TCP and TLS ports only");
    }
    return known(
        own,
        all ->
            JsonNodeFactory.instance
                .objectNode()
                .put(
                    "sent", all.toString().matches(".*\"proxy_protocol_v[12].enabled\":\"true\".*"))
                .put("version", kind.equals("classic") ? "v1" : "v2")
                .put("inHealthChecks", !kind.equals("classic")));
  }

  private JsonNode delay(JsonNode own, JsonNode group) {
    if (group.path("targetType").asText().equals("FUNCTION")) {
      return none("functions are invoked, and keep no connections");
    }
    // How long a Classic Load Balancer drains, if it does, was not read.
    return kind.equals("classic")
        ? known(
            attributes,
            all ->
                flag(all, "connection_draining.enabled").asBoolean()
                    ? unknown("not recorded")
                    : IntNode.valueOf(0))
        : known(own, all -> number(all, "deregistration_delay.timeout_seconds", 300));
  }

  private void target(ObjectNode target) {
    if (target.path("zone").asText().equals("all")) {
      target.remove("zone");
    }
    JsonNode health = target.path("health");
    String why = health.path("unknown").asText();
    if (kind.equals("classic") && why.contains("as for terminated instances")) {
      target.set("health", none(why));
    } else if (health instanceof ObjectNode known && !KnownJson.isReason(known)) {
      known.put("port", port(known.path("state").asText(), known.path("reason").asText()));
    }
  }

  private String port(String state, String reason) {
    if (state.equals("HEALTHY") || reason.equals("UNEXPECTED_STATUS")) {
      return "OPEN";
    }
    return reason.equals("CHECK_FAILED") && kind.equals("application") ? "REACHED" : "UNTOLD";
  }

  private static ObjectNode fleet(ObjectNode old) {
    ObjectNode fleet = old.withObjectProperty("fleet");
    set(fleet, "instances", old.path("instances"));
    changed(
        fleet.path("statusChecks"),
        check ->
            check.put("of", check.remove("name").asText().equals("system") ? "HOST" : "MACHINE"));
    changed(fleet.path("scalingGroups"), OldForm::scalingGroup);
    changed(fleet.path("services"), OldForm::service);
    return fleet;
  }

  private static void scalingGroup(ObjectNode group) {
    group.put("mayLaunch", !group.remove("suspended").toString().contains("\"Launch\""));
  }

  private static void service(ObjectNode service) {
    changed(
        service.path("deployments"),
        one -> one.put("rollingOut", one.remove("rollout").asText().equals("IN_PROGRESS")));
    changed(
        service.path("stopped"),
        task ->
            task.put("ending", ending(task.remove("code").asText(), task.path("reason").asText())));
  }

  private static String ending(String code, String reason) {
    if (reason.toLowerCase(Locale.ROOT).contains("failed elb health checks")) {
      return "FAILED_CHECKS";
    }
    return switch (code) {
      case "EssentialContainerExited", "TaskFailedToStart" -> "BY_ITSELF";
      case "UserInitiated", "ServiceSchedulerInitiated", "SpotInterruption", "TerminationNotice" ->
          "STOPPED";
      default -> "OTHER";
    };
  }

  private static void networkAcl(ObjectNode acl) {
    changed(
        acl.path("entries"),
        entry ->
            entry.remove(entry.path("number").asInt() == 32767 ? List.of("number") : List.of()));
  }

  private static void route(ObjectNode route) {
    String via = route.path("via").asText();
    route.put("blackhole", route.remove("state").asText().equals("blackhole"));
    route.put(
        "leads",
        switch (via.replaceFirst("-.*", "")) {
          case "local" -> "LOCAL";
          case "igw" -> "INTERNET";
          case "nat", "eigw" -> "NAT";
          case "vpce" -> "APPLIANCE";
          case "pcx", "tgw", "vgw", "lgw" -> "PEER";
          default -> "OTHER";
        });
  }

  private static void probe(ObjectNode probe) {
    probe.withArrayProperty("interfaces");
    word(probe, "purpose");
  }

  private static void protocol(ObjectNode of) {
    String old = of.path("protocol").asText();
    of.put("protocol", WORDS.getOrDefault(old, PROTOCOLS.contains(old) ? old : "OTHER"));
  }

  private static void word(ObjectNode of, String field) {
    String old = of.path(field).asText();
    of.put(field, WORDS.getOrDefault(old, old));
  }

  /// The value that attributes lead to, or why they are not known.
  private static JsonNode known(JsonNode attributes, Function<JsonNode, JsonNode> value) {
    if (attributes.isMissingNode()) {
      return unknown("not recorded");
    }
    return KnownJson.isReason(attributes) ? attributes : value.apply(attributes);
  }

  private static BooleanNode flag(JsonNode attributes, String key) {
    return BooleanNode.valueOf(attributes.path(key).asText().equals("true"));
  }

  private static JsonNode number(JsonNode attributes, String key, int usual) {
    String text = attributes.path(key).asText(String.valueOf(usual));
    return text.matches("[0-9]{1,5}")
        ? IntNode.valueOf(Integer.parseInt(text))
        : unknown("%s: found `%s`, expected a number of seconds".formatted(key, text));
  }

  private static ObjectNode unknown(String why) {
    return JsonNodeFactory.instance.objectNode().put("unknown", why);
  }

  private static ObjectNode none(String why) {
    return JsonNodeFactory.instance.objectNode().put("none", why);
  }

  /// Changes an object, or each object of a list, in place; not where it is not known.
  private static JsonNode changed(JsonNode node, Consumer<ObjectNode> change) {
    if (node.isArray()) {
      node.forEach(element -> changed(element, change));
    } else if (node instanceof ObjectNode object && !KnownJson.isReason(object)) {
      change.accept(object);
    }
    return node;
  }

  private static void set(ObjectNode object, String field, JsonNode value) {
    if (!value.isMissingNode()) {
      object.set(field, value);
    }
  }
}
