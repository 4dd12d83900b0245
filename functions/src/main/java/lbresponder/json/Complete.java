package lbresponder.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import lbresponder.facts.Known;
import org.jspecify.annotations.Nullable;

/// Jackson leaves null what the JSON leaves out: this finds it before anything else trips over it.
final class Complete {
  /// Java finds these anew each time it is asked, which takes longer than to read the JSON.
  private static final ClassValue<List<RecordComponent>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return List.of(type.getRecordComponents());
        }
      };

  private Complete() {}

  /// @throws IllegalArgumentException naming the first component that is missing although it is not
  ///   nullable
  static <T> T checked(T value, String path) {
    switch (value) {
      case Known.Value<?>(Object known) -> checked(known, path);
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          checked(present(list.get(i), path + "[" + i + "]"), path + "[" + i + "]");
        }
      }
      case Record part -> {
        for (RecordComponent component : COMPONENTS.get(part.getClass())) {
          String name = path + "." + component.getName();
          Object inner = component(part, component);
          if (inner != null) {
            checked(inner, name);
          } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            present(null, name);
          }
        }
      }
      default -> {}
    }
    return value;
  }

  private static Object present(@Nullable Object value, String path) {
    if (value == null) {
      throw new IllegalArgumentException(path + ": missing");
    }
    return value;
  }

  private static @Nullable Object component(Record part, RecordComponent component) {
    try {
      return component.getAccessor().invoke(part);
    } catch (IllegalAccessException | InvocationTargetException failure) {
      throw new IllegalStateException(component + " cannot be read", failure);
    }
  }
}
