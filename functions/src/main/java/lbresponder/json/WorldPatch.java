package lbresponder.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How facts differ from those of a base world, as a JSON merge patch (RFC 7386): what it names is
/// replaced, `null` removes, all else stays.
///
/// Where the world has a list of objects and the patch an object, its keys name elements as {@link
/// ElementKeys} calls them, and a key of its own appends one. Any other list is replaced as a
/// whole; so is whatever the patch says is unknown or none, or gives a `was`.
final class WorldPatch {
  private final ElementKeys keys;

  private WorldPatch(JsonNode world, JsonNode patch) {
    keys = new ElementKeys(world, patch);
  }

  /// @return the world with the patch applied; what was given stays as it is
  /// @throws IllegalArgumentException naming the field, what was found and what was expected
  static ObjectNode apply(ObjectNode world, ObjectNode patch) {
    return (ObjectNode)
        new WorldPatch(world, patch).merged(world.deepCopy(), patch.deepCopy(), "facts");
  }

  /// @param world is changed
  private JsonNode merged(@Nullable JsonNode world, JsonNode patch, String path) {
    if (!patch.isObject() || patch.has("was") || KnownJson.isReason(patch)) {
      return patch;
    }
    if (world instanceof ArrayNode list) {
      return elements(list, patch, path);
    }
    ObjectNode result =
        world instanceof ObjectNode object && !KnownJson.isReason(object)
            ? object
            : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey();
      if (!field.getValue().isNull()) {
        result.set(name, merged(result.get(name), field.getValue(), path + "." + name));
      } else if (result.remove(name) == null) {
        throw wrong(path, "`%s` to be removed".formatted(name), oneOf(names(result)));
      }
    }
    return result;
  }

  private ArrayNode elements(ArrayNode world, JsonNode patch, String path) {
    List<String> known = keys.of(world);
    if (known.isEmpty() && !world.isEmpty()) {
      throw wrong(path, "an object", "the whole list, as nothing tells its elements apart");
    }
    Map<String, JsonNode> elements = new LinkedHashMap<>();
    for (int i = 0; i < known.size(); i++) {
      elements.put(known.get(i), world.get(i));
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String key = field.getKey();
      JsonNode element = elements.get(key);
      if (element == null) {
        elements.put(key, appended(key, field.getValue(), known, path));
      } else if (field.getValue().isNull()) {
        elements.remove(key);
      } else {
        elements.put(key, merged(element, field.getValue(), path + "[" + key + "]"));
      }
    }
    return world.arrayNode().addAll(elements.values());
  }

  private JsonNode appended(String key, JsonNode element, Collection<String> known, String path) {
    List<String> names = keys.names(element);
    if (!names.contains(key)) {
      throw wrong(
          path,
          names.isEmpty() ? "`" + key + "`" : "`%s` for %s".formatted(key, names),
          oneOf(known) + ", or a new element in full under its own name");
    }
    return element;
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static String oneOf(Collection<String> names) {
    return names.isEmpty() ? "nothing" : "one of " + String.join(", ", names);
  }

  private static IllegalArgumentException wrong(String path, String found, String expected) {
    return new IllegalArgumentException(
        "%s: found %s, expected %s".formatted(path, found, expected));
  }
}
