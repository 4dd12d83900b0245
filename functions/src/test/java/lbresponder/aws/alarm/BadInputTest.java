package lbresponder.aws.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import lbresponder.facts.Recognised;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/// Every field of every sample event, one at a time, removed or replaced by something of another
/// type, inside the JSON that SNS carries as text too; and thousands of samples damaged at random.
class BadInputTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_REASON = 500;

  /// An entry of a metric-math alarm is gone, or all that SNS handed over.
  private static final String NOTHING_LEFT =
      "(?s).*([mM]etrics/\\d+ removed|/Records(/0)? removed|/Records = null):.*";

  private static final Map<String, JsonNode> REPLACEMENTS =
      Map.of(
          "null", NullNode.instance,
          "a number", DecimalNode.valueOf(new BigDecimal("1E+999999999")),
          "a boolean", BooleanNode.TRUE,
          "a text", TextNode.valueOf("\u0000\u202E\uD800 rubbish"),
          "no text", TextNode.valueOf(""),
          "an array", JsonNodeFactory.instance.arrayNode().add(1),
          "an object", JsonNodeFactory.instance.objectNode().put("a", 1));

  private static final List<String> SHARDS =
      List.of(
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "null",
          "1e999999999",
          "-",
          "\u0000",
          "\uD800",
          "\u202E",
          "\uFEFF",
          "\\u0000",
          "\\ud800",
          "arn:",
          "/",
          "\"\"",
          "{\"a\":1}");

  @TestFactory
  List<DynamicTest> anyFieldMayBeWrong() {
    List<DynamicTest> tests = new ArrayList<>();
    SampleEvents.all()
        .forEach(
            (name, event) ->
                tests.add(
                    DynamicTest.dynamicTest(
                        name,
                        () -> spoiled(event).forEach((how, text) -> assertAnswered(how, text)))));
    return tests;
  }

  /// What an alarm of ours loses must not let it pass for somebody else's. A text in place of a
  /// text may: another namespace is another's alarm. So may an entry of a metric-math alarm that is
  /// gone.
  @Test
  void anAlarmWithAWrongFieldIsNeverLetGo() {
    List<String> letGo = new ArrayList<>();
    int alarms = 0;
    for (Map.Entry<String, String> sample : SampleEvents.all().entrySet()) {
      if (!(CloudWatchAlarmReader.read(sample.getValue()) instanceof Recognised.Alarms)) {
        continue;
      }
      for (Map.Entry<String, String> one : spoiled(sample.getValue()).entrySet()) {
        alarms++;
        if (CloudWatchAlarmReader.read(one.getValue()) instanceof Recognised.NotOurs(String why)) {
          letGo.add(sample.getKey() + " " + one.getKey() + ": " + why);
        }
      }
    }
    assertThat(alarms).isGreaterThan(4000);
    assertThat(letGo)
        .allMatch(one -> one.contains(" = a text:") || one.matches(NOTHING_LEFT), NOTHING_LEFT);
  }

  /// Ten thousand damaged messages; `-Dseed=N` repeats a run.
  @Test
  void survivesAnyDamage(TestReporter reporter) {
    long seed = Long.getLong("seed", 20260102L);
    reporter.publishEntry("seed", String.valueOf(seed));
    Random random = new Random(seed);
    List<String> samples = List.copyOf(SampleEvents.all().values());
    for (int i = 0; i < 10_000; i++) {
      String message = damaged(samples.get(random.nextInt(samples.size())), random);
      assertAnswered("seed %d, message %d".formatted(seed, i), message);
    }
  }

  private static String damaged(String message, Random random) {
    StringBuilder damaged = new StringBuilder(message);
    for (int blows = 1 + random.nextInt(3); blows > 0 && !damaged.isEmpty(); blows--) {
      int at = random.nextInt(damaged.length());
      int to = Math.min(damaged.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> damaged.delete(at, to);
        case 1 -> damaged.insert(at, SHARDS.get(random.nextInt(SHARDS.size())));
        case 2 -> damaged.replace(at, to, SHARDS.get(random.nextInt(SHARDS.size())));
        case 3 -> damaged.setCharAt(at, (char) random.nextInt(0x10000));
        case 4 -> damaged.insert(at, damaged.substring(at, to).repeat(1 + random.nextInt(50)));
        default -> throw new AssertionError();
      }
    }
    return damaged.toString();
  }

  private static void assertAnswered(String how, String text) {
    switch (CloudWatchAlarmReader.read(text)) {
      case Recognised.Alarms(var alarms) -> assertThat(alarms).as(how).isNotEmpty();
      case Recognised.Composite composite -> assertThat(composite.children()).as(how).isNotEmpty();
      case Recognised.Silenced(String why, _) -> assertReason(how, why);
      case Recognised.NotOurs(String why) -> assertReason(how, why);
      case Recognised.Unreadable(String why) -> assertReason(how, why);
    }
  }

  private static void assertReason(String how, String why) {
    assertThat(why).as(how).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_REASON);
    assertThat(why.codePoints().noneMatch(one -> Character.isISOControl(one) || one == 0x202E))
        .as("%s prints: %s", how, why)
        .isTrue();
  }

  /// All ways to spoil a message, by what was done to which field.
  private static Map<String, String> spoiled(String event) {
    Map<String, String> spoiled = new LinkedHashMap<>();
    JsonNode root = parsed(event);
    spoil(root, "", one -> spoiled.put(one, root.toString()));
    return spoiled;
  }

  /// Spoils the tree in place, hands each way to do so over, and restores it.
  private static void spoil(JsonNode node, String path, Consumer<String> tell) {
    switch (node) {
      case ObjectNode object -> {
        for (String name : List.copyOf(names(object))) {
          JsonNode value = object.get(name);
          String at = path + "/" + name;
          REPLACEMENTS.forEach(
              (what, replacement) -> {
                object.set(name, replacement);
                tell.accept(at + " = " + what);
              });
          object.remove(name);
          tell.accept(at + " removed");
          object.set(name, value);
          spoil(value, at, tell);
          spoilWithin(object, name, at, tell);
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          int index = i;
          JsonNode value = array.get(index);
          String at = path + "/" + index;
          REPLACEMENTS.forEach(
              (what, replacement) -> {
                array.set(index, replacement);
                tell.accept(at + " = " + what);
              });
          array.remove(index);
          tell.accept(at + " removed");
          array.insert(index, value);
          spoil(value, at, tell);
        }
      }
      default -> assertThat(node.isValueNode()).isTrue();
    }
  }

  /// A text that is JSON itself: what SNS carries, and `reasonData`.
  private static void spoilWithin(
      ObjectNode object, String name, String path, Consumer<String> tell) {
    JsonNode text = object.get(name);
    if (!text.asText().startsWith("{")) {
      return;
    }
    JsonNode within = parsed(text.textValue());
    spoil(
        within,
        path,
        one -> {
          object.put(name, within.toString());
          tell.accept(one);
          object.set(name, text);
        });
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException failure) {
      throw new AssertionError(text, failure);
    }
  }
}
