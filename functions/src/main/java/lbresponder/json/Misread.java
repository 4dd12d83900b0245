package lbresponder.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Says of JSON that could not be read: the field, what was found and what was expected.
final class Misread {
  private Misread() {}

  /// @param what what was to be read, the beginning of each path
  static IllegalArgumentException of(String what, JsonProcessingException failure) {
    String text =
        switch (failure) {
          case UnrecognizedPropertyException surplus -> surplus(what, surplus);
          case InvalidTypeIdException variant ->
              "%s: found `%s`, which is none of %s"
                  .formatted(
                      path(what, variant.getPath()),
                      variant.getTypeId(),
                      variant.getBaseType().getRawClass().getSimpleName());
          case InvalidFormatException wrong ->
              "%s: found `%s`, expected %s"
                  .formatted(
                      path(what, wrong.getPath()),
                      wrong.getValue(),
                      expected(wrong.getTargetType()));
          case JsonMappingException wrong -> path(what, wrong.getPath()) + ": " + first(wrong);
          default -> "%s: %s%s".formatted(what, first(failure), place(failure.getLocation()));
        };
    return new IllegalArgumentException(text, failure);
  }

  private static String surplus(String what, UnrecognizedPropertyException surplus) {
    List<JsonMappingException.Reference> path = surplus.getPath();
    return "%s: found `%s`, expected one of %s"
        .formatted(
            path(what, path.subList(0, path.size() - 1)),
            surplus.getPropertyName(),
            new TreeSet<>(surplus.getKnownPropertyIds()));
  }

  private static String path(String what, List<JsonMappingException.Reference> path) {
    StringBuilder text = new StringBuilder(what);
    for (JsonMappingException.Reference step : path) {
      text.append(
          step.getFieldName() == null
              ? "[%d]".formatted(step.getIndex())
              : "." + step.getFieldName());
    }
    return text.toString();
  }

  private static String expected(Class<?> type) {
    return type.isEnum()
        ? "one of " + Arrays.toString(type.getEnumConstants())
        : type.getSimpleName();
  }

  private static String first(JsonProcessingException failure) {
    return failure.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " in line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
