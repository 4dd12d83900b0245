package lbresponder.report.page;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lbresponder.report.Report;
import lbresponder.report.ReportJson;
import lbresponder.testing.RecordedFacts;

/// Reports to make pages of.
final class Reports {
  /// Breaks out of text, of an attribute, of a script and of a style, hides and turns text round.
  static final String HOSTILE =
      "</title></style><script>alert(1)</script>\"onload='x' javascript:a() &lt; ]]>"
          + " -->\u202e\u0000";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /// Words of ours, which nobody outside says.
  private static final Set<String> OWN =
      Set.of(
          "schema",
          "conclusion",
          "since",
          "at",
          "from",
          "to",
          "alarmedAt",
          "fixChecked",
          "line",
          "confidence",
          "kind",
          "end",
          "state",
          "was",
          "purpose");

  private Reports() {}

  /// Of every recorded incident, by its name.
  static Map<String, Report> all() {
    Map<String, Report> all = new LinkedHashMap<>();
    RecordedFacts.files().stream()
        .map(RecordedFacts::name)
        .forEach(name -> all.put(name, of(name)));
    return all;
  }

  static Report of(String incident) {
    return RecordedFacts.report(RecordedFacts.of(incident));
  }

  /// Every text of it goes on with what would break a page.
  static Report hostile(Report report) {
    return read(hostile(tree(report), ""));
  }

  /// With as many targets, all failing causes' among them.
  static Report grown(Report report, int targets) {
    ObjectNode tree = (ObjectNode) tree(report);
    repeat((ArrayNode) tree.path("targets"), targets);
    tree.path("causes").forEach(cause -> repeatNames((ArrayNode) cause.path("targets"), targets));
    repeat((ArrayNode) tree.path("dials"), targets);
    return read(tree);
  }

  private static void repeat(ArrayNode rows, int times) {
    int kinds = rows.size();
    for (int i = kinds; kinds > 0 && i < times; i++) {
      ObjectNode row = rows.path(i % kinds).deepCopy();
      String key = row.has("id") ? "id" : "target";
      rows.add(row.put(key, "i-%017x:8080".formatted(i)));
    }
  }

  private static void repeatNames(ArrayNode names, int times) {
    for (int i = names.size(); !names.isEmpty() && i < times; i++) {
      names.add("i-%017x:8080".formatted(i));
    }
  }

  private static JsonNode hostile(JsonNode node, String key) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(entry -> entry.setValue(hostile(entry.getValue(), entry.getKey())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, hostile(array.get(i), key));
      }
    } else if (node.isTextual() && key.equals("url")) {
      return TextNode.valueOf("javascript:alert(1)//" + HOSTILE);
    } else if (node.isTextual() && !OWN.contains(key)) {
      return TextNode.valueOf(node.asText() + HOSTILE);
    }
    return node;
  }

  private static JsonNode tree(Report report) {
    try {
      return MAPPER.readTree(ReportJson.write(report));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Report read(JsonNode tree) {
    try {
      return MAPPER.treeToValue(tree, Report.class);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static String page(Report... reports) {
    return Page.write(List.of(reports));
  }

  /// A page as a file.
  static Path page(Path folder, String name, Report report) throws IOException {
    return Files.writeString(folder.resolve(name.replace('/', '-') + ".html"), page(report));
  }
}
