package lbresponder.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Impact;
import lbresponder.evidence.Phrases;
import lbresponder.facts.Alarm;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.TargetHealth;
import lbresponder.network.Path;
import lbresponder.report.Report;
import org.jspecify.annotations.Nullable;

/// The JSON Schema of a report: its records, with what their comments say of each field.
public final class ReportSchema {
  /// What a field may say, where that is one of a few words.
  private static final Map<String, List<String>> WORDS =
      Map.ofEntries(
          Map.entry("Report.schema", List.of("lb-responder/report/1")),
          Map.entry("Report.shape", names(Impact.Shape.values())),
          Map.entry("AlarmPart.state", names(Alarm.State.values())),
          Map.entry("CausePart.confidence", names(Confidence.values())),
          Map.entry("CausePart.fixChecked", List.of("checked", "not checked")),
          Map.entry("HealthPart.state", healths()),
          Map.entry("ConnectionPart.was", connections()),
          Map.entry("AttemptPart.was", connections()),
          Map.entry("HopPart.kind", names(Path.Kind.values())),
          Map.entry("HopPart.end", names(Path.End.values())),
          Map.entry("HopPart.state", List.of("open", "blocked", "partly", "unknown")),
          Map.entry("DialPart.purpose", names(ProbeResult.Purpose.values())),
          Map.entry("DialPart.from", names(ProbeResult.Vantage.values())));

  private static final Pattern RECORD =
      Pattern.compile("((?: *///.*\n)+) *(?:@\\w+\n *)?public record (\\w+)\\(");
  private static final Pattern FIELD =
      Pattern.compile("@param (\\w+) (.*?)(?=@param|\\z)", Pattern.DOTALL);

  private ReportSchema() {}

  /// @param strict fields that it does not know are wrong: the tests' own; for everybody else
  ///   fields may be added
  public static ObjectNode of(Class<?> type, boolean strict) {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.NULLABLE_ARRAY_ITEMS_ALLOWED);
    if (strict) {
      config.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    }
    Map<String, String> descriptions = descriptions();
    config.forTypesInGeneral().withPropertySorter((_, _) -> 0);
    config
        .forFields()
        .withRequiredCheck(field -> !isNullable(field.getRawMember().getAnnotatedType()))
        .withNullableCheck(field -> field.isFakeContainerItemScope() && hasNulls(field))
        .withEnumResolver(field -> field.isFakeContainerItemScope() ? null : WORDS.get(name(field)))
        .withDescriptionResolver(
            field -> field.isFakeContainerItemScope() ? null : descriptions.get(name(field)));
    ObjectNode schema = new SchemaGenerator(config.build()).generateSchema(type);
    schema.put("title", "What lb-responder found about one incident");
    schema.put(
        "description",
        "A field that has no value is left out, also where it is described as null. Fields may be"
            + " added, and words to those that a field may say; none is renamed.");
    return schema;
  }

  private static String name(FieldScope field) {
    return field.getDeclaringType().getErasedType().getSimpleName() + "." + field.getName();
  }

  private static boolean hasNulls(FieldScope list) {
    return list.getRawMember().getAnnotatedType() instanceof AnnotatedParameterizedType of
        && isNullable(of.getAnnotatedActualTypeArguments()[0]);
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  /// By type and field, e.g. `HopPart.kind`.
  private static Map<String, String> descriptions() {
    Map<String, String> descriptions = new TreeMap<>();
    for (Sources source : Sources.all()) {
      if (source.room().equals(Report.class.getPackageName().replace("lbresponder.", ""))) {
        RECORD
            .matcher(source.text())
            .results()
            .forEach(
                found -> {
                  String comment =
                      found.group(1).replaceAll("(?m)^ *///", "").replaceAll("\\s+", " ");
                  Matcher fields = FIELD.matcher(comment);
                  while (fields.find()) {
                    descriptions.put(
                        found.group(2) + "." + fields.group(1), fields.group(2).strip());
                  }
                });
      }
    }
    return descriptions;
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static List<String> healths() {
    return Stream.concat(
            Arrays.stream(TargetHealth.State.values()).map(Phrases::state), Stream.of("unknown"))
        .distinct()
        .toList();
  }

  private static List<String> connections() {
    return Arrays.stream(Objects.requireNonNull(Connection.class.getPermittedSubclasses()))
        .map(Class::getSimpleName)
        .toList();
  }
}
