package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file that says what the environment does not.
class EnvironmentTest {
  @TempDir private Path folder;

  private Map<String, String> named(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("config"), text);
    return Map.of("LB_RESPONDER_CONFIG", file.toString(), "LB_RESPONDER_MENTION", "<!here>");
  }

  @Test
  void theEnvironmentWins() throws IOException {
    Map<String, String> environment =
        Environment.with(
            named(
                """
                # mine
                AWS_PROFILE = prod
                LB_RESPONDER_MENTION = <!channel>
                """));
    assertThat(environment)
        .containsEntry("AWS_PROFILE", "prod")
        .containsEntry("LB_RESPONDER_MENTION", "<!here>");
  }

  @Test
  void theFileInTheHomeFolderMayBeAbsent() throws IOException {
    Map<String, String> home = Map.of("HOME", folder.toString());
    assertThat(Environment.with(home)).isEqualTo(home);
    Path file = folder.resolve(".config/lb-responder/config");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "LB_RESPONDER_PROBERS=/lb-responder/probers\n");
    assertThat(Environment.with(home))
        .containsEntry("LB_RESPONDER_PROBERS", "/lb-responder/probers");
  }

  @Test
  void aMistypedSettingIsNamed() throws IOException {
    Map<String, String> mistyped = named("LB_RESPONDER_TOPIK_ARN=arn\n");
    assertThatThrownBy(() -> Environment.with(mistyped))
        .isInstanceOf(Unusable.class)
        .hasMessage(
            "%s: there is no setting LB_RESPONDER_TOPIK_ARN: did you mean LB_RESPONDER_TOPIC_ARN?",
            folder.resolve("config"));
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    Path file = folder.resolve("nowhere");
    assertThatThrownBy(() -> Environment.with(Map.of("LB_RESPONDER_CONFIG", file.toString())))
        .isInstanceOf(Unusable.class)
        .hasMessage("%s: no such file (LB_RESPONDER_CONFIG)", file);
  }
}
