package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.json.FactsJson;
import lbresponder.probe.Endpoint;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.testing.LambdaRuntime;
import org.junit.jupiter.api.Test;

/// `probe.jar` as Lambda runs it. Its addresses are loopback's, which it refuses: nothing is
/// probed.
class ProbeJarIT {
  private static final Path JAR = Path.of("target/probe.jar");

  @Test
  void aPlainRequestIsAnsweredUnderTheRuntimeClient() throws Exception {
    Endpoint endpoint =
        new Endpoint(
            "t",
            "127.0.0.1",
            80,
            ProbeResult.Purpose.TRAFFIC,
            "",
            "",
            List.of(),
            null,
            null,
            false,
            null,
            1000,
            0);
    try (LambdaRuntime lambda =
        new LambdaRuntime(
            JAR,
            "lbresponder.ProbeFunction::handleRequest",
            Map.of("LB_RESPONDER_PROBE_CIDRS", "127.0.0.0/8"))) {
      String answer = lambda.invoke(FactsJson.line(new ProbeRequest(List.of(endpoint), null)));
      assertThat(FactsJson.read(answer, ProbeAnswer.class).results().getFirst().attempts())
          .containsExactly(new Connection.NotDialled("refused: the prober's own address"));
    }
  }

  @Test
  void itHoldsNoAwsSdkAndIsSmall() throws Exception {
    assertThat(Files.size(JAR)).isLessThanOrEqualTo(3 * 1024 * 1024);
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains("lbresponder/ProbeFunction.class")
          .noneMatch(name -> name.startsWith("software/amazon/awssdk"))
          .noneMatch(name -> name.startsWith("lbresponder/aws"));
    }
  }
}
