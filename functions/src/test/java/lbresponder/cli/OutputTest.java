package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
  @Test
  void whatAWriterKeepsToItselfIsKnown() {
    Output output =
        new Output(
            new OutputStream() {
              @Override
              public void write(int one) throws IOException {
                throw new IOException("No space left on device");
              }
            });
    PrintWriter writer = new PrintWriter(output, true, StandardCharsets.UTF_8);
    assertThat(output.failure()).isEmpty();
    writer.println("a report");
    assertThat(output.failure()).isEqualTo("No space left on device");
  }

  @Test
  void everythingGoesThrough() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (Output output = new Output(written)) {
      output.write('a');
      output.write("bc".getBytes(StandardCharsets.UTF_8));
      assertThat(output.failure()).isEmpty();
    }
    assertThat(written).hasToString("abc");
  }
}
