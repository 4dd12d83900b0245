package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lbresponder.testing.LambdaRuntime;
import lbresponder.testing.Listening;
import org.junit.jupiter.api.Test;

/// The jar as a function, under Lambda's own runtime client.
class RespondJarIT extends JarTests {
  @Test
  void aQueueOfAlarmsIsAnsweredUnderTheRuntimeClient() throws Exception {
    Listening answers = new Listening(world, topic, "machine");
    String alarm = stoppedTarget();
    Map<String, String> environment =
        Map.of("AWS_ENDPOINT_URL", endpoint.toString(), "LB_RESPONDER_TOPIC_ARN", topic);
    try (LambdaRuntime lambda =
        new LambdaRuntime(JAR, "lbresponder.RespondFunction::handleRequest", environment)) {
      assertThat(
              MAPPER.readTree(lambda.invoke(LambdaRuntime.queued(alarm))).path("batchItemFailures"))
          .isEmpty();
      JsonNode report = received(answers).getFirst();
      assertThat(report.path("schema").asText()).isEqualTo("lb-responder/report/1");
      assertThat(report.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
      assertThat(report.path("causes").path(0).path("id").asText()).isEqualTo("TargetStopped");
      assertThat(report.path("causes").path(0).path("confidence").asText()).isEqualTo("PROVEN");

      String another = Files.readString(Path.of("../events/ec2-cpu.json"));
      String answer = lambda.invoke(LambdaRuntime.queued("no alarm at all", another, alarm));
      assertThat(MAPPER.readTree(answer).path("batchItemFailures")).isEmpty();
      assertThat(received(answers))
          .extracting(message -> message.path("schema").asText())
          .containsExactlyInAnyOrder("lb-responder/unreadable/1", "lb-responder/report/1");

      sns.deleteTopic(call -> call.topicArn(topic));
      JsonNode failures =
          MAPPER
              .readTree(lambda.invoke(LambdaRuntime.queued(another, alarm)))
              .path("batchItemFailures");
      assertThat(failures).hasSize(1);
      assertThat(failures.path(0).path("itemIdentifier").asText()).isEqualTo("m1");

      assertThat(lambda.log().lines().filter(line -> line.startsWith("{")))
          .anySatisfy(line -> assertThat(line).contains("ANSWERED").contains("TargetStopped"))
          .anySatisfy(line -> assertThat(line).contains("CloudWatchMetrics").contains("NOT_OURS"))
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("CloudWatchMetrics")
                      .contains("\"cause\":\"TargetStopped\""))
          .allSatisfy(line -> assertThat(line).contains("\"service\":\"respond\""))
          .allSatisfy(line -> assertThat(MAPPER.readTree(line).isObject()).isTrue());
    }
  }

  /// As Lambda makes a version's snapshot: the work is rehearsed, and no call is made to AWS or to
  /// the place where credentials are.
  @Test
  void beforeItsSnapshotItRehearsesWithoutANetwork() throws Exception {
    Map<String, String> environment =
        Map.of(
            "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
            "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/",
            "LB_RESPONDER_TOPIC_ARN", topic);
    try (LambdaRuntime lambda =
        new LambdaRuntime(JAR, "lbresponder.RespondFunction::handleRequest", environment)) {
      String answer = lambda.invoke(LambdaRuntime.queued("{\"lb-responder\": \"heartbeat\"}"));
      assertThat(MAPPER.readTree(answer).path("batchItemFailures")).isEmpty();
      assertThat(lambda.log())
          .containsPattern("rehearsed [0-9]+ alarms")
          .contains("\"HEARTBEAT\":1")
          .doesNotContain("127.0.0.1:1", "Exception");
    }
  }
}
