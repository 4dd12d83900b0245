package lbresponder.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.aws.AwsProvider;
import lbresponder.channel.Channel;
import lbresponder.channel.ChatChannel;
import lbresponder.channel.Message;
import lbresponder.channel.Posted;
import lbresponder.channel.Posted.Delivered;
import lbresponder.channel.SlackChannel;
import lbresponder.channel.SnsChannel;
import lbresponder.channel.Wishes;
import lbresponder.check.Diagnosis;
import lbresponder.check.Runbook;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;
import lbresponder.report.Report;
import org.jspecify.annotations.Nullable;

/// One message's way: recognise, gather, dial, diagnose, report, post.
public final class Journey {
  private final Provider provider;
  private final List<Channel> channels;
  private final Clock clock;
  private final BiFunction<Facts, Instant, Facts> dialling;

  /// Facts come within seconds or not at all.
  private static final Duration TO_GATHER = Duration.ofSeconds(20);

  /// What the stack sends itself every hour: it is counted, so that a path that is cut is noticed.
  private static final Pattern HEARTBEAT =
      Pattern.compile("\\s*\\{\\s*\"lb-responder\"\\s*:\\s*\"heartbeat\"\\s*\\}\\s*");

  /// @param channels each gets every message; where there is none, no message is ever done
  /// @param dialling adds what dialling the targets met, by the instant given; never throws
  public Journey(
      Provider provider,
      List<Channel> channels,
      Clock clock,
      BiFunction<Facts, Instant, Facts> dialling) {
    this.provider = provider;
    this.channels = List.copyOf(channels);
    this.clock = clock;
    this.dialling = dialling;
  }

  /// The journey the settings ask for.
  public static Journey of(Settings settings, AwsProvider provider) {
    Stream<Channel> slack =
        settings.slack().stream()
            .map(
                one -> SlackChannel.to(one.secret(), one.channel(), one.endpoint(), one.mention()));
    Stream<Channel> sns = settings.topicArn().stream().map(SnsChannel::to);
    Stream<Channel> chat = settings.chatTopicArn().stream().map(ChatChannel::to);
    return new Journey(
        provider,
        Stream.of(slack, chat, sns).flatMap(all -> all).toList(),
        Clock.systemUTC(),
        Probers.of(settings, provider)::dialled);
  }

  /// Answers a message. Never throws: a failure of our own is told like a message that cannot be
  /// read.
  ///
  /// @param deadline facts that are not there by then are unknown
  public Outcome respond(String body, Instant deadline) {
    List<Event> events = new ArrayList<>();
    if (HEARTBEAT.matcher(body).matches()) {
      note(events, Kind.HEARTBEAT, "");
      return new Outcome(true, List.copyOf(events));
    }
    boolean done =
        attempt(body, events, () -> take(provider.recognise(body), body, deadline, events));
    return new Outcome(done, List.copyOf(events));
  }

  private boolean take(Recognised message, String body, Instant deadline, List<Event> events) {
    return switch (message) {
      case Recognised.Alarms(List<Alarm> alarms) -> answerEach(alarms, body, deadline, events);
      case Recognised.Composite composite ->
          take(provider.resolve(composite, deadline), body, deadline, events);
      case Recognised.Silenced(String why, _) -> note(events, Kind.NOTHING_TO_SAY, why);
      case Recognised.NotOurs(String why) -> note(events, Kind.NOT_OURS, why);
      case Recognised.Unreadable(String why) -> {
        note(events, Kind.UNREADABLE, why);
        yield post(new Message.Unreadable(why, body), events);
      }
    };
  }

  /// Takes a step. One that fails is told instead.
  private boolean attempt(String body, List<Event> events, BooleanSupplier step) {
    try {
      return step.getAsBoolean();
    } catch (RuntimeException failure) {
      note(events, Kind.FAILED, failure.toString());
      return post(new Message.Unreadable("lb-responder failed on it: " + failure, body), events);
    }
  }

  /// Each alarm alone: one that fails does not take the others with it.
  private boolean answerEach(
      List<Alarm> alarms, String body, Instant deadline, List<Event> events) {
    boolean all = true;
    for (int i = 0; i < alarms.size(); i++) {
      Alarm alarm = alarms.get(i);
      Instant own = share(deadline, alarms.size() - i);
      all &= attempt(body, events, () -> answer(alarm, own, events));
    }
    return all;
  }

  /// The next one's part of the time that is left: the first may not use up what the last needs.
  private Instant share(Instant deadline, int among) {
    Instant now = clock.instant();
    return now.plus(Duration.between(now, deadline).dividedBy(among));
  }

  private boolean answer(Alarm alarm, Instant deadline, List<Event> events) {
    Incident incident = Incident.of(List.of(alarm));
    Wishes wishes = Wishes.of(provider.tags(incident.loadBalancer(), deadline));
    if (wishes.ignored()) {
      return note(
          events, Kind.IGNORED, alarm.name() + ": the load balancer's tag asks to be left alone");
    }
    return switch (alarm.state()) {
      case ALARM -> {
        Map<Channel, Delivered> first = announce(incident, wishes, events);
        Report report = diagnose(incident, deadline);
        yield post(new Message.Finding(report), wishes, first, events)
            && events.add(Event.answered(report));
      }
      case OK -> {
        if (alarm.previousState() != Alarm.State.ALARM) {
          yield note(
              events, Kind.NOTHING_TO_SAY, alarm.name() + " is OK, and did not come from ALARM");
        }
        yield post(new Message.Recovery(incident, alarm, lasted(alarm)), wishes, Map.of(), events)
            && note(events, Kind.RECOVERED, alarm.name());
      }
      case INSUFFICIENT_DATA ->
          note(events, Kind.NOTHING_TO_SAY, alarm.name() + " has insufficient data");
    };
  }

  /// The steps that lead to a report, without posting it.
  public Report diagnose(Incident incident, Instant deadline) {
    Instant gathered = clock.instant().plus(TO_GATHER);
    Facts read = provider.gather(incident, gathered.isBefore(deadline) ? gathered : deadline);
    Facts facts = dialling.apply(read, deadline);
    Diagnosis diagnosis = Runbook.diagnose(facts);
    return Report.of(facts, diagnosis, provider);
  }

  /// Null where the message does not say, or says that it ended before it began.
  private static @Nullable Duration lasted(Alarm alarm) {
    Instant since = alarm.previousSince();
    return since == null || since.isAfter(alarm.changedAt())
        ? null
        : Duration.between(since, alarm.changedAt());
  }

  /// First words, where a channel can edit them later. One that does not take them is no failure:
  /// the finding follows.
  private Map<Channel, Delivered> announce(Incident incident, Wishes wishes, List<Event> events) {
    Map<Channel, Delivered> first = new LinkedHashMap<>();
    for (Channel channel : channels) {
      switch (post(new Message.FirstWords(incident), wishes, null, channel)) {
        case Delivered delivered -> first.put(channel, delivered);
        case Posted.NotTaken _ -> {}
        case Posted.Failed(String why, boolean _) ->
            note(events, Kind.NOT_DELIVERED, "first words, " + channel.name() + ": " + why);
      }
    }
    return first;
  }

  private boolean post(Message message, List<Event> events) {
    return post(message, Wishes.NONE, Map.of(), events);
  }

  /// Each channel alone: one that fails does not stop another, and is told of through it.
  private boolean post(
      Message message, Wishes wishes, Map<Channel, Delivered> first, List<Event> events) {
    List<Channel> took = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Channel channel : channels) {
      switch (post(message, wishes, first.get(channel), channel)) {
        case Delivered _ -> took.add(channel);
        case Posted.NotTaken _ -> {}
        case Posted.Failed(String why, boolean _) -> failures.add(channel.name() + ": " + why);
      }
    }
    for (String failure : failures) {
      note(events, Kind.NOT_DELIVERED, failure);
      Message told =
          new Message.Unreadable("an answer did not arrive through " + failure, subject(message));
      took.forEach(channel -> post(told, wishes, null, channel));
    }
    if (channels.isEmpty()) {
      note(
          events,
          Kind.NOT_DELIVERED,
          "no channel is configured: set LB_RESPONDER_TOPIC_ARN or LB_RESPONDER_SLACK_SECRET");
    }
    return !took.isEmpty();
  }

  private static String subject(Message message) {
    return switch (message) {
      case Message.FirstWords(Incident incident) -> incident.loadBalancer().name();
      case Message.Finding(Report report) -> report.summary();
      case Message.Recovery(Incident incident, Alarm alarm, _) ->
          incident.loadBalancer().name() + ": " + alarm.name() + " is OK again";
      case Message.Unreadable(String why, _) -> why;
    };
  }

  private static Posted post(
      Message message, Wishes wishes, @Nullable Delivered before, Channel channel) {
    try {
      return channel.post(message, wishes, before);
    } catch (RuntimeException failure) { // Its promise not to throw is not ours to rely on.
      return new Posted.Failed(failure.toString(), true);
    }
  }

  private static boolean note(List<Event> events, Kind kind, String detail) {
    return events.add(Event.of(kind, detail));
  }
}
