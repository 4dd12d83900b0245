package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lbresponder.channel.Message;
import lbresponder.channel.Posted;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.journey.AlarmHandler;
import lbresponder.journey.Probing;
import lbresponder.testing.Forwarding;
import lbresponder.testing.LambdaContext;
import lbresponder.testing.Recorded;
import lbresponder.testing.Remembering;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RespondFunctionTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Recorded recorded = new Recorded("TargetStopped/only-one-of-three.txt");
  private final Remembering open = Remembering.open();

  private static String alarm() throws IOException {
    return Files.readString(Path.of("../events/alb-connection-errors.json"));
  }

  private RespondFunction function(Remembering channel) {
    return function(recorded, channel);
  }

  private static RespondFunction function(Provider provider, Remembering channel) {
    return new RespondFunction(
        new AlarmHandler(provider, List.of(channel), Clock.systemUTC(), Probing.NONE));
  }

  /// Messages `m0`, `m1`, … with these bodies.
  private static SQSEvent batch(@Nullable String... bodies) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (int i = 0; i < bodies.length; i++) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId("m" + i);
      message.setBody(bodies[i]);
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  private static List<String> failures(SQSBatchResponse response) {
    return response.getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  @Test
  void onePoisonAmongTenIsPostedAndTheOthersAreAnswered() throws IOException {
    String[] bodies = new String[10];
    Arrays.fill(bodies, alarm());
    bodies[4] = "{\"detail-type\":";
    SQSBatchResponse response =
        function(open).handleRequest(batch(bodies), new LambdaContext(60_000));
    assertThat(failures(response)).isEmpty();
    assertThat(open.messages()).hasSize(10);
    assertThat(open.messages().get(4)).isInstanceOf(Message.Unreadable.class);
    assertThat(open.messages().stream().filter(Message.Finding.class::isInstance)).hasSize(9);
  }

  @Test
  void exactlyThoseThatReachedNobodyComeAgain() throws IOException {
    String[] bodies = new String[10];
    Arrays.fill(bodies, alarm());
    AtomicInteger posted = new AtomicInteger();
    Remembering flaky =
        new Remembering(
            "flaky",
            _ ->
                posted.getAndIncrement() % 3 == 1
                    ? new Posted.Failed("throttled", true)
                    : new Posted.Delivered("1"));
    assertThat(failures(function(flaky).handleRequest(batch(bodies), new LambdaContext(60_000))))
        .containsExactly("m1", "m4", "m7");
  }

  @Test
  void anErrorFailsItsMessageOnly() throws IOException {
    AtomicInteger posted = new AtomicInteger();
    Remembering dying =
        new Remembering(
            "dying",
            _ -> {
              if (posted.getAndIncrement() == 1) {
                throw new StackOverflowError("deep");
              }
              return new Posted.Delivered("1");
            });
    assertThat(
            failures(
                function(dying)
                    .handleRequest(batch(alarm(), alarm(), alarm()), new LambdaContext(60_000))))
        .containsExactly("m1");
  }

  @Test
  void anErrorWhileGatheringFailsItsMessageOnly() throws IOException {
    AtomicInteger gathered = new AtomicInteger();
    Provider dying =
        new Forwarding(recorded) {
          @Override
          public Facts gather(Incident incident, Instant deadline) {
            if (gathered.getAndIncrement() == 1) {
              throw new StackOverflowError("deep");
            }
            return super.gather(incident, deadline);
          }
        };
    SQSBatchResponse response =
        function(dying, open)
            .handleRequest(batch(alarm(), alarm(), alarm()), new LambdaContext(60_000));
    assertThat(failures(response)).containsExactly("m1");
    assertThat(open.messages()).hasSize(2);
  }

  @Test
  void whatDoesNotFitIntoTheTimeIsLeftUntouched() throws IOException {
    LambdaContext lambda = new LambdaContext(call -> call < 2 ? 60_000 : 9_999);
    assertThat(
            failures(function(open).handleRequest(batch(alarm(), alarm(), alarm(), "x"), lambda)))
        .containsExactly("m2", "m3");
    assertThat(open.messages()).hasSize(2);
    assertThat(recorded.deadlines()).hasSize(2);
  }

  @Test
  void emptyBatchesAreAnswered() {
    assertThat(failures(function(open).handleRequest(batch(), new LambdaContext(60_000))))
        .isEmpty();
    assertThat(failures(function(open).handleRequest(new SQSEvent(), new LambdaContext(60_000))))
        .isEmpty();
    assertThat(failures(function(open).handleRequest(null, new LambdaContext(60_000)))).isEmpty();
    assertThat(open.messages()).isEmpty();
  }

  @Test
  void aMessageWithoutABodyIsPostedAndOneWithoutAnIdFailsTheBatch() throws IOException {
    assertThat(
            failures(function(open).handleRequest(batch((String) null), new LambdaContext(60_000))))
        .isEmpty();
    assertThat(open.messages()).singleElement().isInstanceOf(Message.Unreadable.class);

    SQSEvent event = batch(alarm(), alarm());
    event.getRecords().get(1).setMessageId(null);
    // With an empty id Lambda takes the whole batch as failed.
    assertThat(
            failures(function(Remembering.down()).handleRequest(event, new LambdaContext(60_000))))
        .containsExactly("m0", "");
  }

  @Test
  void aRecordThatIsNotThereDoesNotTakeTheOthersWithIt() throws IOException {
    SQSEvent event = batch(alarm(), alarm(), alarm());
    event.getRecords().set(1, null);
    assertThat(failures(function(open).handleRequest(event, new LambdaContext(60_000)))).isEmpty();
    assertThat(open.messages().get(1)).isInstanceOf(Message.Unreadable.class);
    assertThat(open.messages().get(2)).isInstanceOf(Message.Finding.class);
  }

  @Test
  void countsAreWrittenForEachInvocationAndEachCause() throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      RespondFunction function = function(open);
      function.handleRequest(batch(alarm(), "no alarm", alarm()), new LambdaContext(60_000));
      function.handleRequest(batch(alarm()), new LambdaContext(60_000));
    } finally {
      System.setOut(before);
    }
    List<JsonNode> counts = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      if (line.contains("CloudWatchMetrics")) {
        counts.add(MAPPER.readTree(line));
      }
    }
    assertThat(counts)
        .extracting(
            line ->
                line.at("/_aws/CloudWatchMetrics/0/Namespace").asText()
                    + " "
                    + line.at("/_aws/CloudWatchMetrics/0/Dimensions/0")
                    + " "
                    + line.path("service").asText()
                    + line.path("cause").asText()
                    + " "
                    + total(line.path("ANSWERED"))
                    + " "
                    + total(line.path("UNREADABLE")))
        .containsExactly(
            "lb-responder [\"service\",\"cause\"] respondTargetStopped 1 0",
            "lb-responder [\"service\",\"cause\"] respondTargetStopped 1 0",
            "lb-responder [\"service\"] respond 2 1",
            "lb-responder [\"service\",\"cause\"] respondTargetStopped 1 0",
            "lb-responder [\"service\"] respond 1 0");
  }

  private static int total(JsonNode values) {
    int total = values.isArray() ? 0 : values.asInt();
    for (JsonNode value : values) {
      total += value.asInt();
    }
    return total;
  }
}
