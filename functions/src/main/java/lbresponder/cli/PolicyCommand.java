package lbresponder.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "policy",
    description =
        "Prints the IAM policy that `diagnose` needs, to paste: it reads, and nothing else. No"
            + " account, no network.",
    footer = {
      Help.EXAMPLES,
      "  lb-responder policy > policy.json",
      "  aws iam create-policy --policy-name lb-responder --policy-document" + " file://policy.json"
    })
final class PolicyCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Option(names = "--probe", description = "also what --probe lambda needs: to invoke the probers")
  private boolean probe;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JsonNode permissions = permissions();
    ObjectNode policy = MAPPER.createObjectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    allow(statements, "Gather", permissions.path("gather"));
    if (probe) {
      allow(statements, "Probe", permissions.path("probe"));
    }
    spec.commandLine().getOut().println(pretty(policy));
    return Main.OK;
  }

  private static void allow(ArrayNode statements, String id, JsonNode actions) {
    statements
        .addObject()
        .put("Sid", id)
        .put("Effect", "Allow")
        .<ObjectNode>set("Action", actions)
        .put("Resource", "*");
  }

  /// An action a line, as policies are compared.
  private static String pretty(JsonNode policy) {
    try {
      return MAPPER
          .writer(
              new DefaultPrettyPrinter()
                  .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE))
          .writeValueAsString(policy);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode permissions() {
    try (InputStream file =
        PolicyCommand.class.getResourceAsStream("/lbresponder/permissions.json")) {
      return MAPPER.readTree(Objects.requireNonNull(file, "permissions.json"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
