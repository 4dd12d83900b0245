package lbresponder.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Optional;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Load;
import lbresponder.facts.SecurityGroup;

/// The one JSON form of the vocabulary: a known value plainly, an unknown one as `{"unknown":
/// "why"}`, one that does not exist as `{"none": "why"}`, a sealed value with its variant's name in
/// `"was"`, a datapoint as `[time, value]`, several in a row as {@link Runs} tells, times in UTC.
/// What is null or empty is left out or empty; a fact that is left out reads as unknown.
public final class FactsJson {
  private FactsJson() {}

  private static final String PROVIDER = "provider";
  private static final String INCIDENT = "incident";

  /// The parts of facts that are not read or unknown as a whole.
  private static final List<String> PARTS = List.of("wiring", "fleet", "network", "evidence");

  /// The sealed types; their variants are found from the types themselves.
  private static final List<Class<?>> SEALED =
      List.of(Connection.class, Listener.Action.class, SecurityGroup.Peer.class);

  private static final JsonMapper MAPPER = mapper();

  private static JsonMapper mapper() {
    SimpleModule known = new SimpleModule();
    known.addSerializer(new KnownJson.Writer());
    known.addDeserializer(Known.class, new KnownJson.Reader());
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModules(new JavaTimeModule(), known)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.AUTO_DETECT_IS_GETTERS)
            .addMixIn(Load.Point.class, AsArray.class);
    for (Class<?> type : SEALED) {
      builder.addMixIn(type, Was.class);
      for (Class<?> variant : type.getPermittedSubclasses()) {
        builder.registerSubtypes(new NamedType(variant, variant.getSimpleName()));
      }
    }
    return builder.build();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "was")
  private interface Was {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface AsArray {}

  /// Facts as text for people: short values on one line. Without the incident, which the event
  /// tells, but with its provider's name.
  public static String write(Facts facts) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put(PROVIDER, facts.incident().loadBalancer().provider());
    tree.setAll(MAPPER.<ObjectNode>valueToTree(facts));
    tree.remove(INCIDENT);
    Runs.join(tree);
    return Layout.write(tree);
  }

  /// Facts of an incident.
  ///
  /// @throws IllegalArgumentException naming the field, what was found and what was expected
  public static Facts read(String json, Incident incident) {
    return read(object(json, "facts"), incident);
  }

  /// @param tree JSON of its own, which is changed
  static Facts read(ObjectNode tree, Incident incident) {
    tree.remove(PROVIDER);
    tree.set(INCIDENT, MAPPER.valueToTree(incident));
    PARTS.stream().filter(part -> !tree.hasNonNull(part)).forEach(tree::putObject);
    Runs.split(tree);
    try {
      return Complete.checked(MAPPER.treeToValue(tree, Facts.class), "facts");
    } catch (JsonProcessingException failure) {
      throw Misread.of("facts", failure);
    }
  }

  /// Whose load balancer recorded facts are about, as in {@link
  /// lbresponder.facts.LoadBalancerId#provider}; empty where they do not say.
  static Optional<String> provider(ObjectNode recorded) {
    return Optional.ofNullable(recorded.path(PROVIDER).textValue());
  }

  /// @param what it is, for errors
  /// @throws IllegalArgumentException naming the place, what was found and what was expected
  static ObjectNode object(String json, String what) {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode tree) {
        return tree;
      }
    } catch (JsonProcessingException failure) {
      throw Misread.of(what, failure);
    }
    throw new IllegalArgumentException(what + ": expected a JSON object");
  }

  /// Any type of the vocabulary, in one line: what functions send each other.
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("not of the vocabulary: " + value.getClass(), failure);
    }
  }

  /// The reverse of {@link #line}.
  ///
  /// @throws IllegalArgumentException naming the field, what was found and what was expected
  public static <T> T read(String json, Class<T> type) {
    try {
      return Complete.checked(MAPPER.readValue(json, type), type.getSimpleName());
    } catch (JsonProcessingException failure) {
      throw Misread.of(type.getSimpleName(), failure);
    }
  }
}
