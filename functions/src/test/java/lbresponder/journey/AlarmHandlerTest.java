package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lbresponder.channel.Channel;
import lbresponder.channel.Message;
import lbresponder.channel.Posted;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;
import lbresponder.testing.Forwarding;
import lbresponder.testing.Recorded;
import lbresponder.testing.Remembering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlarmHandlerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T17:05:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Instant DEADLINE = NOW.plusSeconds(20);

  private final Recorded recorded = new Recorded("TargetStopped/only-one-of-three.txt");
  private final Remembering open = Remembering.open();

  private static String event(String name) throws IOException {
    return Files.readString(Path.of("../events", name));
  }

  private Outcome respond(String body, Channel... channels) {
    return respond(recorded, body, channels);
  }

  private static Outcome respond(Provider provider, String body, Channel... channels) {
    return new AlarmHandler(provider, List.of(channels), CLOCK, Probing.NONE)
        .respond(body, DEADLINE);
  }

  private static List<Kind> kinds(Outcome outcome) {
    return outcome.events().stream().map(Event::kind).toList();
  }

  @Test
  void anAlarmIsAnsweredWithItsCause() throws IOException {
    Outcome outcome = respond(event("alb-connection-errors.json"), open);
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome)).containsExactly(Kind.ANSWERED);
    assertThat(outcome.events().getFirst().cause()).isEqualTo("TargetStopped");
    assertThat(open.messages()).hasSize(1);
    Message.Finding finding = (Message.Finding) open.messages().getFirst();
    assertThat(finding.report().causes().getFirst().id()).isEqualTo("TargetStopped");
    assertThat(recorded.deadlines()).containsExactly(DEADLINE);
  }

  @Test
  void aRecoveryIsPostedWithItsLengthAndNoFactsAreRead() throws IOException {
    String recovered =
        event("alb-connection-errors-ok.json")
            .replace("2026-01-02T17:02:40.989+0000", "2026-01-02T16:07:40.985+0000");
    Outcome outcome = respond(recovered, open);
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome)).containsExactly(Kind.RECOVERED);
    Message.Recovery recovery = (Message.Recovery) open.messages().getFirst();
    assertThat(recovery.lasted()).isEqualTo(Duration.ofHours(1));
    assertThat(recovery.alarm().name()).isEqualTo("web-blue-connection-errors");
    assertThat(recorded.deadlines()).isEmpty();
  }

  @Test
  void aRecoveryThatEndsBeforeItBeginsHasNoLength() throws IOException {
    String odd =
        event("alb-connection-errors-ok.json")
            .replace("2026-01-02T17:02:40.989+0000", "2027-01-02T17:02:40.989+0000");
    respond(odd, open);
    assertThat(((Message.Recovery) open.messages().getFirst()).lasted()).isNull();
  }

  @Test
  void otherChangesOfStateAreNotPosted() throws IOException {
    String healed =
        event("alb-connection-errors-ok.json")
            .replace("\"value\": \"ALARM\"", "\"value\": \"INSUFFICIENT_DATA\"");
    for (String body : List.of(healed, event("alb-healthy-hosts-insufficient-data.json"))) {
      Outcome outcome = respond(body, open);
      assertThat(outcome.done()).isTrue();
      assertThat(kinds(outcome)).containsExactly(Kind.NOTHING_TO_SAY);
    }
    assertThat(open.messages()).isEmpty();
    assertThat(recorded.deadlines()).isEmpty();
  }

  @Test
  void whatIsNotOursIsLetGoEvenWithoutAChannel() throws IOException {
    Outcome outcome = respond(event("ec2-cpu.json"));
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome)).containsExactly(Kind.NOT_OURS);
  }

  @Test
  void withoutAChannelNothingIsDone() throws IOException {
    Outcome outcome = respond(event("alb-connection-errors.json"));
    assertThat(outcome.done()).isFalse();
    assertThat(kinds(outcome)).containsExactly(Kind.NOT_DELIVERED);
    assertThat(outcome.events().getFirst().detail()).contains("LB_RESPONDER_TOPIC_ARN");
  }

  @Test
  void oneChannelThatFailsDoesNotStopAnother() throws IOException {
    Remembering down = Remembering.down();
    Remembering broken =
        new Remembering(
            "broken",
            _ -> {
              throw new IllegalStateException("a bug in the channel");
            });
    Outcome outcome = respond(event("alb-connection-errors.json"), down, broken, open);
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome))
        .containsExactly(Kind.NOT_DELIVERED, Kind.NOT_DELIVERED, Kind.ANSWERED);
    assertThat(outcome.events().get(0).detail()).isEqualTo("down: HTTP 503");
    assertThat(outcome.events().get(1).detail()).startsWith("broken: ").contains("a bug in");
    assertThat(open.messages()).hasSize(3);
    assertThat(open.messages().get(0)).isInstanceOf(Message.Finding.class);
    assertThat(((Message.Unreadable) open.messages().get(1)).why())
        .isEqualTo("an answer did not arrive through down: HTTP 503");

    Outcome nobody = respond(event("alb-connection-errors.json"), down, broken);
    assertThat(nobody.done()).isFalse();
    assertThat(kinds(nobody)).doesNotContain(Kind.ANSWERED);
  }

  @Test
  void eachLoadBalancerIsAnsweredAloneAndHasItsShareOfTheTime() throws IOException {
    Outcome outcome = respond(event("math-over-two-load-balancers.json"), open);
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome)).containsExactly(Kind.ANSWERED, Kind.ANSWERED);
    assertThat(open.messages())
        .extracting(
            message -> ((Message.Finding) message).report().incident().loadBalancer().name())
        .containsExactlyInAnyOrder("web", "shop");
    assertThat(recorded.deadlines()).containsExactly(NOW.plusSeconds(10), DEADLINE);
  }

  @Test
  void oneLoadBalancerThatIsNotDeliveredBringsTheMessageBack() throws IOException {
    List<Message> seen = new ArrayList<>();
    Remembering once =
        new Remembering(
            "once",
            message -> {
              seen.add(message);
              return seen.size() == 1
                  ? new Posted.Failed("throttled", true)
                  : new Posted.Delivered("2");
            });
    Outcome outcome = respond(event("math-over-two-load-balancers.json"), once);
    assertThat(seen).hasSize(2);
    assertThat(outcome.done()).isFalse();
    assertThat(kinds(outcome)).containsExactly(Kind.NOT_DELIVERED, Kind.ANSWERED);
  }

  /// Fails where its contract promises that it does not: on one message, and for the first alarm.
  private final class Breaking extends Forwarding {
    private final AtomicInteger gathered = new AtomicInteger();

    Breaking() {
      super(recorded);
    }

    @Override
    public Recognised recognise(String message) {
      if (message.equals("break")) {
        throw new IllegalStateException("a bug in the provider");
      }
      return super.recognise(message);
    }

    @Override
    public Facts gather(Incident incident, Instant deadline) {
      if (gathered.getAndIncrement() == 0) {
        throw new IllegalStateException("a bug in gathering");
      }
      return super.gather(incident, deadline);
    }
  }

  @Test
  void aCompositeWhoseChildrenCannotBeReadIsPosted() throws IOException {
    Outcome outcome = respond(event("composite.json"), open);
    assertThat(kinds(outcome)).containsExactly(Kind.UNREADABLE);
    assertThat(open.messages())
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Unreadable.class, notice -> assertThat(notice.why()).contains("web-down"));
  }

  @Test
  void whatSomebodySilencedIsNotPosted() throws IOException {
    for (String file : List.of("composite-suppressed.json", "alb-muted.json")) {
      Outcome outcome = respond(event(file), open);
      assertThat(outcome.done()).isTrue();
      assertThat(kinds(outcome)).containsExactly(Kind.NOTHING_TO_SAY);
      assertThat(open.messages()).isEmpty();
    }
  }

  @Test
  void aFailureOfOurOwnIsPostedAndDoesNotTakeTheOtherAlarmsWithIt() throws IOException {
    Outcome outcome = respond(new Breaking(), event("math-over-two-load-balancers.json"), open);
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome)).containsExactly(Kind.FAILED, Kind.ANSWERED);
    assertThat(open.messages().getFirst())
        .isInstanceOfSatisfying(
            Message.Unreadable.class,
            notice -> assertThat(notice.why()).contains("a bug in gathering"));
    assertThat(open.messages().get(1)).isInstanceOf(Message.Finding.class);
  }

  @Test
  void aFailureThatCannotBePostedEitherBringsTheMessageBack() {
    Outcome outcome = respond(new Breaking(), "break", Remembering.down());
    assertThat(outcome.done()).isFalse();
    assertThat(kinds(outcome)).containsExactly(Kind.FAILED, Kind.NOT_DELIVERED);
  }

  static Stream<String> bodiesThatAreNoEvent() {
    return Stream.of(
        "",
        " ",
        "null",
        "true",
        "[]",
        "{}",
        "\"ALARM\"",
        "not json",
        "{\"detail-type\":\"CloudWatch Alarm State Change\",\"source\":\"aws.cloudwatch\"}",
        "\u0000\uD800\uFFFF",
        "{\"a\":".repeat(20_000),
        "[".repeat(500_000) + "]".repeat(500_000),
        "x".repeat(1 << 20),
        "{\"detail\":\"" + "y".repeat(1 << 20) + "\"}",
        "{\"detail\":{\"state\":{\"value\":1e999999999}}}");
  }

  /// Whatever comes is let go with a reason or shown to a person: never an exception, never lost.
  @ParameterizedTest
  @MethodSource("bodiesThatAreNoEvent")
  void noBodyIsTooBad(String body) {
    Outcome outcome = respond(body, open);
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome)).hasSize(1).containsAnyOf(Kind.NOT_OURS, Kind.UNREADABLE);
    assertThat(outcome.events().getFirst().detail()).isNotBlank().hasSizeLessThanOrEqualTo(500);
    if (kinds(outcome).contains(Kind.UNREADABLE)) {
      assertThat(open.messages()).singleElement().isInstanceOf(Message.Unreadable.class);
      assertThat(respond(body, Remembering.down()).done()).isFalse();
    }
  }
}
