package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import lbresponder.channel.Channel;
import lbresponder.channel.Message;
import lbresponder.channel.PictureChannel;
import lbresponder.channel.Posted;
import lbresponder.channel.Posted.Delivered;
import lbresponder.channel.TagSettings;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;
import lbresponder.testing.Recorded;
import lbresponder.testing.Remembering;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final String INCIDENT = "SecurityGroupBlocks/the-rule-was-revoked.txt";
  private static final Picture PICTURE =
      new Picture("PNG".getBytes(StandardCharsets.UTF_8), "errors");

  /// A channel that shows pictures.
  private static final class Illustrated implements PictureChannel {
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final Posted answer;

    Illustrated(Posted answer) {
      this.answer = answer;
    }

    @Override
    public String name() {
      return "thread";
    }

    @Override
    public Posted post(Message message, TagSettings tags, @Nullable Delivered before) {
      shown.add(message.getClass().getSimpleName());
      return new Delivered("1");
    }

    @Override
    public Posted illustrate(Picture picture, Delivered below) {
      shown.add(picture.shows() + " below " + below.reference());
      return answer;
    }
  }

  /// A provider that draws when it may.
  private static final class Drawing extends Recorded {
    private final Known<Picture> picture;
    private final CountDownLatch may;
    private final List<Instant> asked = new CopyOnWriteArrayList<>();

    Drawing(Known<Picture> picture, int before) {
      super(INCIDENT);
      this.picture = picture;
      this.may = new CountDownLatch(before);
    }

    @Override
    public Known<Picture> picture(Incident incident, Instant began, Instant deadline) {
      asked.add(began);
      try {
        may.await();
      } catch (InterruptedException givenUp) {
        Thread.currentThread().interrupt();
        return Known.unknown("given up");
      }
      return picture;
    }
  }

  private static AlarmHandler handler(Drawing provider, Channel channel) {
    return new AlarmHandler(provider, List.of(channel), Clock.systemUTC(), Probing.NONE);
  }

  private static Outcome respond(AlarmHandler handler) throws Exception {
    return handler.respond(
        Files.readString(Path.of("../events/alb-connection-errors.json")),
        Instant.now().plusSeconds(30));
  }

  private static List<Event> finish(AlarmHandler handler) {
    return handler.finish(Instant.now().plusSeconds(10));
  }

  @Test
  void aPictureFollowsTheFindingAndShowsWhenTheIncidentBegins() throws Exception {
    Illustrated thread = new Illustrated(new Delivered("1"));
    Drawing provider = new Drawing(Known.of(PICTURE), 0);
    AlarmHandler handler = handler(provider, thread);
    assertThat(respond(handler).done()).isTrue();
    assertThat(finish(handler)).isEmpty();
    assertThat(thread.shown).containsExactly("FirstWords", "Finding", "errors below 1");
    assertThat(provider.asked).containsExactly(Instant.parse("2026-01-02T16:59:00Z"));
    assertThat(finish(handler)).isEmpty();
    assertThat(thread.shown).hasSize(3);
  }

  /// The finding is there, and the answer is done, while the picture is still being drawn.
  @Test
  void noFindingWaitsForItsPicture() throws Exception {
    Illustrated thread = new Illustrated(new Delivered("1"));
    AlarmHandler handler = handler(new Drawing(Known.of(PICTURE), 1), thread);
    assertThat(respond(handler).done()).isTrue();
    assertThat(thread.shown).containsExactly("FirstWords", "Finding");
    assertThat(handler.finish(Instant.now())).isEmpty();
    assertThat(thread.shown).containsExactly("FirstWords", "Finding");
  }

  @Test
  void whyThereIsNoneIsSaidOnceAndIsNoFault() throws Exception {
    String why = "draw: AccessDenied (the role needs this action)";
    AlarmHandler handler =
        handler(new Drawing(Known.unknown(why), 0), new Illustrated(new Delivered("1")));
    assertThat(respond(handler).events()).extracting(Event::kind).containsExactly(Kind.ANSWERED);
    assertThat(finish(handler)).containsExactly(Event.of(Kind.NO_PICTURE, why));
    assertThat(respond(handler).done()).isTrue();
    assertThat(finish(handler)).isEmpty();
  }

  @Test
  void aChannelThatDoesNotTakeItIsNamed() throws Exception {
    AlarmHandler handler =
        handler(
            new Drawing(Known.of(PICTURE), 0),
            new Illustrated(new Posted.Failed("missing_scope", false)));
    assertThat(respond(handler).done()).isTrue();
    assertThat(finish(handler)).containsExactly(Event.of(Kind.NO_PICTURE, "thread: missing_scope"));
  }

  @Test
  void nothingIsDrawnForChannelsOfTextAlone() throws Exception {
    Drawing provider = new Drawing(Known.of(PICTURE), 0);
    AlarmHandler handler = handler(provider, Remembering.open());
    respond(handler);
    assertThat(finish(handler)).isEmpty();
    assertThat(provider.asked).isEmpty();
  }
}
