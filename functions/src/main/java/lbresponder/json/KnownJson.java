package lbresponder.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import java.util.List;
import lbresponder.facts.Known;
import org.jspecify.annotations.Nullable;

/// The JSON form of {@link Known}.
final class KnownJson {
  private static final String UNKNOWN = "unknown";
  private static final String NONE = "none";

  private KnownJson() {}

  /// Whether this says why there is no value.
  static boolean isReason(JsonNode tree) {
    return tree.size() == 1 && (tree.path(UNKNOWN).isTextual() || tree.path(NONE).isTextual());
  }

  @SuppressWarnings("serial") // Never serialised the Java way.
  static final class Writer extends StdSerializer<Known<?>> {
    Writer() {
      super(TypeFactory.defaultInstance().constructType(Known.class));
    }

    @Override
    public void serialize(Known<?> known, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      switch (known) {
        case Known.Value<?>(List<?> list) -> elements(list, out, provider);
        case Known.Value<?>(Object value) -> provider.defaultSerializeValue(value, out);
        case Known.Unknown<?>(String why) -> reason(UNKNOWN, why, out);
        case Known.None<?>(String why) -> reason(NONE, why, out);
      }
    }

    /// Each by its own class: what the list is of is not known here, and whether its elements are
    /// variants of a sealed type.
    private static void elements(List<?> list, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartArray();
      for (Object element : list) {
        provider
            .findTypedValueSerializer(element.getClass(), true, null)
            .serialize(element, out, provider);
      }
      out.writeEndArray();
    }

    private static void reason(String name, String why, JsonGenerator out) throws IOException {
      out.writeStartObject();
      out.writeStringField(name, why);
      out.writeEndObject();
    }
  }

  @SuppressWarnings({
    "rawtypes",
    "serial"
  }) // Jackson asks for the raw class; the content type comes by context.
  static final class Reader extends StdDeserializer<Known> implements ContextualDeserializer {
    private final @Nullable JavaType content;

    Reader() {
      this(null);
    }

    private Reader(@Nullable JavaType content) {
      super(Known.class);
      this.content = content;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, @Nullable BeanProperty property) {
      return new Reader(context.getContextualType().containedType(0));
    }

    @Override
    public Known deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.START_OBJECT)) {
        return Known.of(context.readValue(in, content));
      }
      JsonNode tree = context.readTree(in);
      if (!isReason(tree)) {
        return Known.of(context.readTreeAsValue(tree, content));
      }
      return tree.has(NONE)
          ? Known.none(tree.path(NONE).textValue())
          : Known.unknown(tree.path(UNKNOWN).textValue());
    }

    @Override
    public Known getNullValue(DeserializationContext context) {
      return Known.unknown("not recorded");
    }

    @Override
    public Known getAbsentValue(DeserializationContext context) {
      return getNullValue(context);
    }
  }
}
