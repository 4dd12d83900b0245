package lbresponder.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.channel.Channel;
import lbresponder.channel.ChatChannel;
import lbresponder.channel.Message;
import lbresponder.channel.SlackChannel;
import lbresponder.channel.SnsChannel;
import lbresponder.channel.TagSettings;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Probers;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.journey.Diagnosing.Diagnosed;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;
import lbresponder.journey.Posting.Announced;
import lbresponder.report.Report;
import org.jspecify.annotations.Nullable;

/// Answers a message: recognise, gather, probe, diagnose, report, post. The load balancer's tags
/// are read and first words are posted while facts are gathered, so that neither delays the answer.
public final class AlarmHandler {
  /// What the stack sends itself every hour: it is counted, so that a path that is cut is noticed.
  private static final Pattern HEARTBEAT =
      Pattern.compile("\\s*\\{\\s*\"lb-responder\"\\s*:\\s*\"heartbeat\"\\s*\\}\\s*");

  private final Provider provider;
  private final Diagnosing diagnosing;
  private final Posting posting;
  private final Pictures pictures;
  private final Clock clock;

  /// @param channels each gets every message; where there is none, no message is ever done
  public AlarmHandler(Provider provider, List<Channel> channels, Clock clock, Probing probing) {
    this.provider = provider;
    this.diagnosing = new Diagnosing(provider, probing, clock);
    this.posting = new Posting(channels);
    this.pictures = new Pictures(provider, clock);
    this.clock = clock;
  }

  /// The handler the settings ask for.
  ///
  /// @param providers whose alarms are answered
  /// @param deployed makes the deployed probers of their setting; not called where it is not set
  public static AlarmHandler of(
      Settings settings, List<Provider> providers, Function<String, Probers> deployed) {
    Provider provider = new Providers(providers);
    Probing probing =
        settings
            .probers()
            .map(deployed)
            .<Probing>map(probers -> new DeployedProbing(probers, provider, Set.of()))
            .orElse(Probing.NONE);
    return new AlarmHandler(provider, channels(settings), Clock.systemUTC(), probing);
  }

  private static List<Channel> channels(Settings settings) {
    Stream<Channel> slack =
        settings.slack().stream()
            .map(to -> SlackChannel.to(to.secret(), to.channel(), to.endpoint(), to.mention()));
    Stream<Channel> chat = settings.chatTopicArn().stream().map(ChatChannel::to);
    Stream<Channel> sns = settings.topicArn().stream().map(SnsChannel::to);
    return Stream.of(slack, chat, sns).flatMap(channels -> channels).toList();
  }

  /// Answers a message. Never throws: a failure of our own is posted like a message that cannot be
  /// read.
  ///
  /// @param deadline facts that are not there by then are unknown
  public Outcome respond(String body, Instant deadline) {
    return HEARTBEAT.matcher(body).matches()
        ? Outcome.done(Kind.HEARTBEAT, "")
        : attempt(body, () -> answer(provider.recognise(body), body, deadline));
  }

  /// Waits for what is still posted below findings. To be called when all messages are answered.
  ///
  /// @param until what is not there by then is given up
  /// @return what is missing, each reason once for all the time that this handler lives
  public List<Event> finish(Instant until) {
    return pictures.finish(until);
  }

  private Outcome answer(Recognised message, String body, Instant deadline) {
    return switch (message) {
      case Recognised.Alarms(List<Alarm> alarms) -> answerEach(alarms, body, deadline);
      case Recognised.Composite composite ->
          answer(provider.resolve(composite, deadline), body, deadline);
      case Recognised.Silenced(String why, _) -> Outcome.done(Kind.NOTHING_TO_SAY, why);
      case Recognised.NotOurs(String why) -> Outcome.done(Kind.NOT_OURS, why);
      case Recognised.Unreadable(String why) ->
          Outcome.done(Kind.UNREADABLE, why).and(posting.post(new Message.Unreadable(why, body)));
    };
  }

  /// Takes a step. One that fails is posted instead.
  private Outcome attempt(String body, Supplier<Outcome> step) {
    try {
      return step.get();
    } catch (RuntimeException failure) {
      return Outcome.done(Kind.FAILED, failure.toString())
          .and(posting.post(new Message.Unreadable("lb-responder failed on it: " + failure, body)));
    }
  }

  /// Each alarm alone: one that fails does not take the others with it.
  private Outcome answerEach(List<Alarm> alarms, String body, Instant deadline) {
    Outcome all = Outcome.NOTHING;
    for (int i = 0; i < alarms.size(); i++) {
      Alarm alarm = alarms.get(i);
      Instant own = share(deadline, alarms.size() - i);
      all = all.and(attempt(body, () -> answer(alarm, body, own)));
    }
    return all;
  }

  /// The next one's part of the time that is left: the first may not use up what the last needs.
  private Instant share(Instant deadline, int among) {
    Instant now = clock.instant();
    return now.plus(Duration.between(now, deadline).dividedBy(among));
  }

  private Outcome answer(Alarm alarm, String body, Instant deadline) {
    return switch (alarm.state()) {
      case ALARM -> diagnose(alarm, body, deadline);
      case OK ->
          alarm.previousState() == Alarm.State.ALARM
              ? recover(alarm, deadline)
              : Outcome.done(
                  Kind.NOTHING_TO_SAY, alarm.name() + " is OK, and did not come from ALARM");
      case INSUFFICIENT_DATA ->
          Outcome.done(Kind.NOTHING_TO_SAY, alarm.name() + " has insufficient data");
    };
  }

  private Outcome diagnose(Alarm alarm, String body, Instant deadline) {
    Incident incident = Incident.of(List.of(alarm));
    Background<Facts> gathering = Background.start(() -> diagnosing.gather(incident, deadline));
    TagSettings tags = tags(alarm, deadline);
    if (tags.ignored()) {
      gathering.cancel();
      return ignored(alarm);
    }
    Background<Announced> announcing = Background.start(() -> posting.announce(incident, tags));
    Outcome answered =
        attempt(
            body,
            () -> {
              Diagnosed diagnosed = diagnosing.conclude(gathering.get(), deadline);
              Report report = diagnosed.report();
              Announced told =
                  posting.tell(new Message.Finding(report), tags, announcing.get().delivered());
              pictures.begin(diagnosed, told.delivered());
              return told.outcome().then(Event.answered(report));
            });
    return announcing.get().outcome().and(answered);
  }

  private Outcome recover(Alarm alarm, Instant deadline) {
    TagSettings tags = tags(alarm, deadline);
    if (tags.ignored()) {
      return ignored(alarm);
    }
    Message recovery = new Message.Recovery(Incident.of(List.of(alarm)), alarm, duration(alarm));
    return posting.post(recovery, tags, Map.of()).then(Event.of(Kind.RECOVERED, alarm.name()));
  }

  private TagSettings tags(Alarm alarm, Instant deadline) {
    return TagSettings.of(provider.tags(alarm.loadBalancer(), deadline));
  }

  private static Outcome ignored(Alarm alarm) {
    return Outcome.done(
        Kind.IGNORED, alarm.name() + ": the load balancer's tag asks to be left alone");
  }

  /// How long it was in ALARM; null where the message does not say, or says that it ended before it
  /// began.
  private static @Nullable Duration duration(Alarm alarm) {
    Instant since = alarm.previousSince();
    return since == null || since.isAfter(alarm.changedAt())
        ? null
        : Duration.between(since, alarm.changedAt());
  }
}
