package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the command line says of itself, and of what it needs.
class HelpTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "diagnose",
        "replay",
        "report",
        "respond",
        "record",
        "doctor",
        "policy",
        "plan"
      })
  void everyCommandExplainsItself(String command) {
    Ran ran = command.isEmpty() ? Ran.run("--help") : Ran.run(command, "--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("Usage: lb-responder", command, "Exit codes:", "Examples:\n  lb-responder");
    assertThat(ran.out().lines()).as("a terminal's width").allMatch(line -> line.length() <= 80);
    assertThat(ran.err()).isEmpty();
    Ran helped = command.isEmpty() ? Ran.run("help") : Ran.run("help", command);
    assertThat(helped.out()).isEqualTo(ran.out());
  }

  @Test
  void aShellIsToldHowToCompleteCommandsAndOptions() {
    Ran ran = Ran.run("completion");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("complete -F", "diagnose", "--load-balancer");
  }

  @Test
  void thePolicyIsWhatThePermissionsAre() throws IOException {
    JsonNode permissions =
        MAPPER.readTree(Path.of("src/main/resources/lbresponder/permissions.json").toFile());
    JsonNode policy = MAPPER.readTree(Ran.run("policy").out());
    assertThat(policy.path("Version").asText()).isEqualTo("2012-10-17");
    assertThat(policy.path("Statement")).hasSize(1);
    assertThat(policy.at("/Statement/0/Action")).isEqualTo(permissions.path("gather"));
    assertThat(policy.at("/Statement/0/Effect").asText()).isEqualTo("Allow");
    assertThat(policy.at("/Statement/0/Resource").asText()).isEqualTo("*");
    JsonNode probing = MAPPER.readTree(Ran.run("policy", "--probe").out());
    assertThat(probing.at("/Statement/0")).isEqualTo(policy.at("/Statement/0"));
    assertThat(probing.at("/Statement/1/Action").toString()).contains("lambda:InvokeFunction");
  }
}
