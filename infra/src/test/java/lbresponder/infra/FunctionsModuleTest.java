package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsModuleTest {
  private static final String METRICS =
      "{\"recognised\": [{\"namespace\": \"AWS/ELB\", \"name\": \"SpilloverCount\"}]}";
  private static final String PERMISSIONS = "{\"gather\": [\"ec2:DescribeInstances\"]}";

  @TempDir Path folder;

  @BeforeEach
  void aUsableModule() throws IOException {
    Files.createDirectories(folder.resolve("target"));
    Files.createFile(folder.resolve("target/respond.jar"));
    Files.createFile(folder.resolve("target/probe.jar"));
    write("permissions.json", PERMISSIONS);
    write("metrics.json", METRICS);
  }

  @Test
  void isRead() {
    assertThat(FunctionsModule.read(folder))
        .isEqualTo(
            new FunctionsModule(
                folder.resolve("target/respond.jar"),
                folder.resolve("target/probe.jar"),
                List.of("ec2:DescribeInstances"),
                List.of(new RecognisedMetric("AWS/ELB", "SpilloverCount"))));
  }

  @Test
  void withoutItsJarSaysWhatToRun() throws IOException {
    Files.delete(folder.resolve("target/respond.jar"));
    assertThatThrownBy(() -> FunctionsModule.read(folder))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("respond.jar is missing: run `mvn package`")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "permissions.json | {}                             | `gather` is missing",
        "permissions.json | {\"gather\": []}               | `gather` is []",
        "permissions.json | {\"gather\": \"ec2:Describe\"} | `gather` is \"ec2:Describe\"",
        "permissions.json | {\"gather\": [\"ec2:*\"]}      | `gather` has \"ec2:*\"",
        "permissions.json | {\"gather\": [7]}              | `gather` has 7",
        "permissions.json | {                              | cannot be read",
        "metrics.json     | {\"recognised\": {}}           | `recognised` is {}",
        "metrics.json     | {\"recognised\": [{\"namespace\": \"AWS/ELB\"}]} | a text `name`",
      })
  void whatItCannotUseIsNamed(String file, String content, String said) throws IOException {
    write(file, content);
    assertThatThrownBy(() -> FunctionsModule.read(folder))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining(file)
        .hasMessageContaining(said);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(resources().resolve("permissions.json"));
    assertThatThrownBy(() -> FunctionsModule.read(folder))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("permissions.json is missing");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(Files.createDirectories(resources()).resolve(name), content);
  }

  private Path resources() {
    return folder.resolve(Path.of("src", "main", "resources", "lbresponder"));
  }
}
