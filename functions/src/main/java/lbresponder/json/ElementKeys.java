package lbresponder.json;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the elements of a list are called in a {@link WorldPatch}: `web-blue`, `HTTPS:443`,
/// `i-0abc`, `REQUESTS web-blue`, `out 100`, `TRAFFIC i-0abc:8080`.
final class ElementKeys {
  private final Map<String, String> groups = new HashMap<>();

  /// Target groups are called as they are in either; the world goes before.
  ///
  /// @param other the patch, or the facts that it leads to
  ElementKeys(JsonNode world, JsonNode other) {
    for (JsonNode facts : List.of(world, other)) {
      JsonNode all = facts.path("wiring").path("targetGroups");
      if (all.isObject()) {
        all.properties().forEach(field -> learn(field.getValue(), field.getKey()));
      } else {
        all.forEach(group -> learn(group, ""));
      }
    }
  }

  private void learn(JsonNode group, String key) {
    String name = group.path("name").asText(key);
    if (group.has("id") && !name.isEmpty()) {
      groups.putIfAbsent(text(group, "id"), name);
    }
  }

  /// One for each element, in their order: the first of its names that no other element has. Empty
  /// where some cannot be told apart.
  List<String> of(JsonNode list) {
    List<List<String>> names = new ArrayList<>();
    list.forEach(element -> names.add(names(element)));
    Map<String, Long> holders =
        names.stream().flatMap(List::stream).collect(groupingBy(name -> name, counting()));
    List<String> keys =
        names.stream()
            .flatMap(
                own -> own.stream().filter(name -> holders.getOrDefault(name, 0L) == 1).limit(1))
            .toList();
    return keys.size() == names.size() ? keys : List.of();
  }

  /// All that an element may be called, the shortest first. Empty where nothing tells it from
  /// others.
  List<String> names(JsonNode element) {
    if (element.has("measure")) {
      return joined(text(element, "measure"), group(element), text(element, "zone"));
    }
    if (element.has("purpose")) {
      return joined(text(element, "purpose"), text(element, "target"));
    }
    if (element.has("defaultAction")) {
      return List.of(text(element, "protocol") + ":" + text(element, "port"));
    }
    if (element.has("egress")) {
      return List.of(
          (element.path("egress").asBoolean() ? "out " : "in ")
              + element.path("number").asText("*"));
    }
    if (element.has("of")) {
      return joined(text(element, "instance"), text(element, "of"));
    }
    if (element.has("weight")) {
      return List.of(group(element));
    }
    String id = text(element, "id");
    String label = id.isEmpty() || !element.has("port") ? "" : id + ":" + text(element, "port");
    return Stream.of(text(element, "name"), text(element, "destination"), id, label)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  private static List<String> joined(String... parts) {
    return List.of(String.join(" ", Stream.of(parts).filter(part -> !part.isEmpty()).toList()));
  }

  private String group(JsonNode element) {
    String id = text(element, "targetGroup");
    return groups.getOrDefault(id, id);
  }

  private static String text(JsonNode element, String field) {
    return element.path(field).asText("");
  }
}
