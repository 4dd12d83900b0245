package lbresponder.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import lbresponder.channel.Channel;
import lbresponder.channel.Message;
import lbresponder.channel.Posted;
import lbresponder.channel.SnsChannel;
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

/// One message's way: recognise, gather, diagnose, report, post.
public final class Journey {
  private final Provider provider;
  private final List<Channel> channels;
  private final Clock clock;

  /// @param channels each gets every message; where there is none, no message is ever done
  public Journey(Provider provider, List<Channel> channels, Clock clock) {
    this.provider = provider;
    this.channels = List.copyOf(channels);
    this.clock = clock;
  }

  /// The journey the settings ask for.
  public static Journey of(Settings settings, Provider provider) {
    return new Journey(
        provider,
        settings.topicArn().<Channel>map(SnsChannel::to).stream().toList(),
        Clock.systemUTC());
  }

  /// Answers a message. Never throws: a failure of our own is told like a message that cannot be
  /// read.
  ///
  /// @param deadline facts that are not there by then are unknown
  public Outcome respond(String body, Instant deadline) {
    List<Event> events = new ArrayList<>();
    boolean done =
        attempt(
            body,
            events,
            () ->
                switch (provider.recognise(body)) {
                  case Recognised.Alarms(List<Alarm> alarms) ->
                      answerEach(alarms, body, deadline, events);
                  case Recognised.NotOurs(String why) -> note(events, Kind.NOT_OURS, why);
                  case Recognised.Unreadable(String why) -> {
                    note(events, Kind.UNREADABLE, why);
                    yield post(new Message.Unreadable(why, body), events);
                  }
                });
    return new Outcome(done, List.copyOf(events));
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
    return switch (alarm.state()) {
      case ALARM -> {
        Report report = diagnose(incident, deadline);
        yield post(new Message.Finding(report), events) && events.add(Event.answered(report));
      }
      case OK -> {
        if (alarm.previousState() != Alarm.State.ALARM) {
          yield note(
              events, Kind.NOTHING_TO_SAY, alarm.name() + " is OK, and did not come from ALARM");
        }
        yield post(new Message.Recovery(incident, alarm, lasted(alarm)), events)
            && note(events, Kind.RECOVERED, alarm.name());
      }
      case INSUFFICIENT_DATA ->
          note(events, Kind.NOTHING_TO_SAY, alarm.name() + " has insufficient data");
    };
  }

  /// The steps that lead to a report, without posting it.
  public Report diagnose(Incident incident, Instant deadline) {
    Facts facts = provider.gather(incident, deadline);
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

  /// Each channel alone: one that fails does not stop another.
  private boolean post(Message message, List<Event> events) {
    boolean delivered = false;
    for (Channel channel : channels) {
      switch (post(message, channel)) {
        case Posted.Delivered _ -> delivered = true;
        case Posted.Failed(String why, boolean _) ->
            note(events, Kind.NOT_DELIVERED, channel.name() + ": " + why);
      }
    }
    if (channels.isEmpty()) {
      note(events, Kind.NOT_DELIVERED, "no channel is configured: set LB_RESPONDER_TOPIC_ARN");
    }
    return delivered;
  }

  private static Posted post(Message message, Channel channel) {
    try {
      return channel.post(message);
    } catch (RuntimeException failure) { // Its promise not to throw is not ours to rely on.
      return new Posted.Failed(failure.toString(), true);
    }
  }

  private static boolean note(List<Event> events, Kind kind, String detail) {
    return events.add(Event.of(kind, detail));
  }
}
