package lbresponder.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import lbresponder.facts.Known;
import org.jspecify.annotations.Nullable;

/// Jackson leaves null what the JSON leaves out: this finds it before anything else trips over it.
final class Complete {
  /// Those that may be null: Java finds them anew each time it is asked, which takes longer than to
  /// read the JSON.
  private static final ClassValue<List<RecordComponent>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents())
              .filter(component -> !component.getType().isPrimitive())
              .toList();
        }
      };

  private Complete() {}

  /// @throws IllegalArgumentException naming the first component that is missing although it is not
  ///   nullable
  static <T> T checked(T value, String path) {
    String missing = missing(value);
    if (missing != null) {
      throw new IllegalArgumentException(path + missing + ": missing");
    }
    return value;
  }

  /// The way to the first that is missing; null: none is.
  private static @Nullable String missing(Object value) {
    return switch (value) {
      case Known.Value<?>(Object known) -> missing(known);
      case List<?> list -> missingIn(list);
      case Record part -> missingIn(part);
      default -> null;
    };
  }

  private static @Nullable String missingIn(List<?> list) {
    for (int i = 0; i < list.size(); i++) {
      Object element = list.get(i);
      String missing = element == null ? "" : missing(element);
      if (missing != null) {
        return "[" + i + "]" + missing;
      }
    }
    return null;
  }

  private static @Nullable String missingIn(Record part) {
    for (RecordComponent component : COMPONENTS.get(part.getClass())) {
      Object inner = component(part, component);
      String missing = inner == null ? absent(component) : missing(inner);
      if (missing != null) {
        return "." + component.getName() + missing;
      }
    }
    return null;
  }

  /// Empty where it may not be; null where it may.
  private static @Nullable String absent(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class) ? null : "";
  }

  private static @Nullable Object component(Record part, RecordComponent component) {
    try {
      return component.getAccessor().invoke(part);
    } catch (IllegalAccessException | InvocationTargetException failure) {
      throw new IllegalStateException(component + " cannot be read", failure);
    }
  }
}
