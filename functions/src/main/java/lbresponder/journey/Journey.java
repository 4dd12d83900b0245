package lbresponder.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lbresponder.aws.AwsProvider;
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
import lbresponder.report.Untrusted;
import org.jspecify.annotations.Nullable;

/// One message's way: recognise, gather, diagnose, report, post.
public final class Journey {
  private final Provider provider;
  private final List<Channel> channels;

  /// @param channels each gets every message; where there is none, no message is ever done
  public Journey(Provider provider, List<Channel> channels) {
    this.provider = provider;
    this.channels = List.copyOf(channels);
  }

  /// The journey the settings ask for, on AWS.
  public static Journey of(Settings settings) {
    return new Journey(
        new AwsProvider(), settings.topicArn().<Channel>map(SnsChannel::to).stream().toList());
  }

  /// Answers a message. Never throws: a failure of our own is told like a message that cannot be
  /// read.
  ///
  /// @param deadline facts that are not there by then are unknown
  public Outcome respond(String body, Instant deadline) {
    List<Event> events = new ArrayList<>();
    boolean done;
    try {
      done =
          switch (provider.recognise(body)) {
            case Recognised.Alarms(List<Alarm> alarms) -> {
              boolean all = true;
              for (Alarm alarm : alarms) {
                all &= answer(alarm, deadline, events);
              }
              yield all;
            }
            case Recognised.NotOurs(String why) -> note(events, Kind.NOT_OURS, why);
            case Recognised.Unreadable(String why) -> {
              note(events, Kind.UNREADABLE, why);
              yield post(new Message.Unreadable(why, body), events);
            }
          };
    } catch (RuntimeException failure) {
      note(events, Kind.FAILED, failure.toString());
      done = post(new Message.Unreadable("lb-responder failed on it: " + failure, body), events);
    }
    return new Outcome(done, List.copyOf(events));
  }

  private boolean answer(Alarm alarm, Instant deadline, List<Event> events) {
    Incident incident = Incident.of(List.of(alarm));
    return switch (alarm.state()) {
      case ALARM -> {
        Report report = diagnose(incident, deadline);
        String cause = report.causes().isEmpty() ? "none" : report.causes().getFirst().id();
        note(events, Kind.ANSWERED, cause);
        yield post(new Message.Finding(report), events);
      }
      case OK -> {
        if (alarm.previousState() != Alarm.State.ALARM) {
          yield note(
              events, Kind.NOTHING_TO_SAY, alarm.name() + " is OK, and did not come from ALARM");
        }
        note(events, Kind.RECOVERED, alarm.name());
        yield post(new Message.Recovery(incident, alarm, lasted(alarm)), events);
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

  private static @Nullable Duration lasted(Alarm alarm) {
    return alarm.previousSince() == null
        ? null
        : Duration.between(alarm.previousSince(), alarm.changedAt());
  }

  /// Each channel alone: one that fails does not stop another.
  private boolean post(Message message, List<Event> events) {
    boolean delivered = false;
    for (Channel channel : channels) {
      switch (channel.post(message)) {
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

  private static boolean note(List<Event> events, Kind kind, String detail) {
    events.add(new Event(kind, Untrusted.clean(detail, 500)));
    return true;
  }
}
