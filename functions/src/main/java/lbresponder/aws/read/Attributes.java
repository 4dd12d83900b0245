package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import lbresponder.facts.Known;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;

/// Attributes of an Application or Network Load Balancer, or of one of its target groups, by their
/// keys. A key that a read answer leaves out has the default that AWS documents.
record Attributes(Known<Map<String, String>> read) {

  /// @param key and `value`: of one pair of the SDK's, whatever its type
  static <T> Map<String, String> map(
      List<T> pairs, Function<T, String> key, Function<T, @Nullable String> value) {
    return pairs.stream()
        .collect(
            Collectors.toMap(
                key, pair -> orEmpty(value.apply(pair)), (first, _) -> first, TreeMap::new));
  }

  /// The value as it was read; empty where the answer leaves it out.
  Known<String> text(String key) {
    return read.map((Map<String, String> all) -> all.getOrDefault(key, ""));
  }

  /// False where the answer leaves it out.
  Known<Boolean> isOn(String key) {
    return text(key).map("true"::equals);
  }

  /// @param absent what holds where the answer leaves it out
  Known<Integer> seconds(String key, int absent) {
    return read.flatMap((Map<String, String> all) -> seconds(key, all.get(key), absent));
  }

  private static Known<Integer> seconds(String key, @Nullable String text, int absent) {
    if (text == null) {
      return Known.of(absent);
    }
    return text.matches("[0-9]{1,6}")
        ? Known.of(Integer.valueOf(text))
        : Known.unknown(
            "%s: found `%s`, expected a number of seconds"
                .formatted(key, Untrusted.clean(text, 60)));
  }
}
