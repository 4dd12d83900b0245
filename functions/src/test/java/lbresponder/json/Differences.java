package lbresponder.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lbresponder.facts.Facts;
import org.jspecify.annotations.Nullable;

/// The reverse of {@link WorldPatch}: what to write so that a world becomes given facts.
public final class Differences {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ElementKeys keys;

  private Differences(JsonNode world, JsonNode facts) {
    keys = new ElementKeys(world, facts);
  }

  /// A recorded incident with other facts and another report, told as it was before: in full, or as
  /// a difference from the same world.
  public static RecordedIncident rewritten(RecordedIncident incident, Facts facts, String report) {
    String full = FactsJson.write(facts);
    String text =
        incident
            .world()
            .map(world -> from(world, incident.worldFacts(world), FactsJson.object(full, "facts")))
            .orElse(full);
    return new RecordedIncident(
        incident.situation(), incident.event(), text, report, incident.references());
  }

  private static String from(String world, ObjectNode base, ObjectNode full) {
    return "@%s\n%s".formatted(world, Layout.write(between(base, full)));
  }

  static ObjectNode between(ObjectNode world, ObjectNode facts) {
    JsonNode patch = new Differences(world, facts).patch(world, facts);
    return patch == null ? JSON.objectNode() : (ObjectNode) patch;
  }

  /// Null where there is no difference.
  private @Nullable JsonNode patch(JsonNode world, JsonNode facts) {
    if (world.equals(facts)) {
      return null;
    }
    if (world instanceof ObjectNode before
        && facts instanceof ObjectNode after
        && !KnownJson.isReason(before)
        && !KnownJson.isReason(after)
        && before.path("was").equals(after.path("was"))) {
      return fields(before, after);
    }
    if (world instanceof ArrayNode before && facts instanceof ArrayNode after) {
      JsonNode elements = elements(before, after);
      return elements == null ? after : elements;
    }
    return facts;
  }

  private ObjectNode fields(ObjectNode world, ObjectNode facts) {
    ObjectNode patch = JSON.objectNode();
    for (Map.Entry<String, JsonNode> field : facts.properties()) {
      JsonNode before = world.get(field.getKey());
      JsonNode after = before == null ? field.getValue() : patch(before, field.getValue());
      if (after != null) {
        patch.set(field.getKey(), after);
      }
    }
    world.fieldNames().forEachRemaining(name -> removed(name, facts.has(name), patch));
    return patch;
  }

  private static void removed(String name, boolean kept, ObjectNode patch) {
    if (!kept) {
      patch.putNull(name);
    }
  }

  /// Element by element; null where that is not possible, or no shorter than the whole list.
  private @Nullable ObjectNode elements(ArrayNode world, ArrayNode facts) {
    List<String> known = keys.of(world);
    Map<String, JsonNode> after = keyed(world, facts);
    if (known.isEmpty() || after.size() < facts.size() || !inOrder(known, after)) {
      return null;
    }
    ObjectNode patch = JSON.objectNode();
    for (int i = 0; i < known.size(); i++) {
      JsonNode element = after.remove(known.get(i));
      JsonNode change = element == null ? JSON.nullNode() : patch(world.get(i), element);
      if (change != null) {
        patch.set(known.get(i), change);
      }
    }
    patch.setAll(after);
    return patch.toString().length() < facts.toString().length() ? patch : null;
  }

  /// By the keys that the world's elements have, and for others by a name of their own.
  private Map<String, JsonNode> keyed(ArrayNode world, ArrayNode facts) {
    List<String> known = keys.of(world);
    List<String> all = new ArrayList<>();
    world.forEach(element -> all.addAll(keys.names(element)));
    Map<String, JsonNode> keyed = new LinkedHashMap<>();
    for (JsonNode element : facts) {
      List<String> names = keys.names(element);
      names.stream()
          .filter(known::contains)
          .findFirst()
          .or(() -> names.stream().filter(name -> !all.contains(name)).findFirst())
          .ifPresent(key -> keyed.put(key, element));
    }
    return keyed;
  }

  /// What a patch appends comes last.
  private static boolean inOrder(List<String> known, Map<String, JsonNode> after) {
    List<String> order = new ArrayList<>(known);
    order.retainAll(after.keySet());
    after.keySet().stream().filter(key -> !known.contains(key)).forEach(order::add);
    return order.equals(List.copyOf(after.keySet()));
  }
}
