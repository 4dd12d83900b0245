package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lbresponder.channel.Channel;
import lbresponder.channel.Message;
import lbresponder.channel.Posted;
import lbresponder.channel.TagSettings;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Provider;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;
import lbresponder.testing.Forwarding;
import lbresponder.testing.Recorded;
import lbresponder.testing.Remembering;
import org.junit.jupiter.api.Test;

/// What of an answer waits for what: each test has one step wait for another, and would time out if
/// that one waited for it.
class AnswerOrderTest {
  private static final String TAG = "lb-responder:ignore";
  private static final Posted.Delivered FIRST = new Posted.Delivered("first");

  private final CountDownLatch gathering = new CountDownLatch(1);
  private final CountDownLatch probed = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AtomicInteger tagsAsked = new AtomicInteger();

  /// Notes when it is asked, and answers what a recorded incident says.
  private class Noting extends Forwarding {
    Noting() {
      super(new Recorded("TargetStopped/only-one-of-three.txt"));
    }

    @Override
    public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
      tagsAsked.incrementAndGet();
      return Known.of(Map.of("lb-responder:channel", "#shop"));
    }

    @Override
    public Facts gather(Incident incident, Instant deadline) {
      gathering.countDown();
      return super.gather(incident, deadline);
    }
  }

  private Outcome respond(Provider provider, Channel... channels) throws IOException {
    Probing probing =
        (facts, _) -> {
          probed.countDown();
          return facts;
        };
    return new AlarmHandler(provider, List.of(channels), Clock.systemUTC(), probing)
        .respond(
            Files.readString(Path.of("../events/alb-connection-errors.json")),
            Instant.now().plusSeconds(20));
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static List<Kind> kinds(Outcome outcome) {
    return outcome.events().stream().map(Event::kind).toList();
  }

  @Test
  void theFindingReplacesTheFirstWords() throws IOException {
    Remembering chat =
        Remembering.editing(
            "chat",
            message ->
                message instanceof Message.FirstWords ? FIRST : new Posted.Delivered("edited"));
    Remembering mail = Remembering.open();
    Outcome outcome = respond(new Noting(), chat, mail);
    assertThat(kinds(outcome)).containsExactly(Kind.ANSWERED);
    assertThat(chat.posts()).hasSize(2);
    assertThat(chat.posts().get(0).message()).isInstanceOf(Message.FirstWords.class);
    assertThat(chat.posts().get(0).before()).isNull();
    assertThat(chat.posts().get(1).message()).isInstanceOf(Message.Finding.class);
    assertThat(chat.posts().get(1).before()).isEqualTo(FIRST);
    assertThat(chat.posts())
        .extracting(Remembering.Post::tags)
        .containsOnly(new TagSettings("#shop", false));
    assertThat(mail.posts()).singleElement().satisfies(post -> assertThat(post.before()).isNull());
  }

  @Test
  void firstWordsThatFailAreNotedAndTheFindingIsPostedAnew() throws IOException {
    Remembering chat =
        Remembering.editing(
            "chat",
            message ->
                message instanceof Message.FirstWords
                    ? new Posted.Failed("HTTP 503", true)
                    : new Posted.Delivered("2"));
    Outcome outcome = respond(new Noting(), chat);
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome)).containsExactly(Kind.NOT_DELIVERED, Kind.ANSWERED);
    assertThat(outcome.events().getFirst().detail()).isEqualTo("first words, chat: HTTP 503");
    assertThat(chat.posts().get(1).before()).isNull();
  }

  @Test
  void neitherGatheringNorProbingWaitsForSlowFirstWords() throws IOException {
    Remembering slow =
        Remembering.editing(
            "slow",
            message -> {
              if (message instanceof Message.FirstWords) {
                await(probed);
              }
              return FIRST;
            });
    assertThat(kinds(respond(new Noting(), slow))).containsExactly(Kind.ANSWERED);
    assertThat(slow.posts().get(1).before()).isEqualTo(FIRST);
  }

  @Test
  void gatheringDoesNotWaitForTheTagsWhichAreAskedForOnce() throws IOException {
    Provider slowTags =
        new Noting() {
          @Override
          public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
            await(gathering);
            return super.tags(loadBalancer, deadline);
          }
        };
    assertThat(kinds(respond(slowTags, Remembering.open()))).containsExactly(Kind.ANSWERED);
    assertThat(tagsAsked).hasValue(1);
  }

  @Test
  void whoAsksToBeLeftAloneIsAndWhatWasBegunIsStopped() throws IOException {
    Provider ignored =
        new Noting() {
          @Override
          public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
            await(gathering);
            return Known.of(Map.of(TAG, "true"));
          }

          @Override
          public Facts gather(Incident incident, Instant deadline) {
            gathering.countDown();
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException stopped) {
              interrupted.countDown();
              throw new IllegalStateException(stopped);
            }
            return super.gather(incident, deadline);
          }
        };
    Remembering chat = Remembering.editing("chat", _ -> FIRST);
    Outcome outcome = respond(ignored, chat);
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome)).containsExactly(Kind.IGNORED);
    await(interrupted);
    assertThat(chat.posts()).isEmpty();
    assertThat(probed.getCount()).isEqualTo(1);
  }

  @Test
  void aFailureAfterTheFirstWordsIsPosted() throws IOException {
    Provider failing =
        new Noting() {
          @Override
          public Facts gather(Incident incident, Instant deadline) {
            throw new IllegalStateException("a bug in gathering");
          }
        };
    Remembering chat = Remembering.editing("chat", _ -> FIRST);
    Outcome outcome = respond(failing, chat);
    assertThat(outcome.done()).isTrue();
    assertThat(kinds(outcome)).containsExactly(Kind.FAILED);
    assertThat(chat.messages())
        .hasSize(2)
        .hasAtLeastOneElementOfType(Message.FirstWords.class)
        .hasAtLeastOneElementOfType(Message.Unreadable.class);
  }
}
