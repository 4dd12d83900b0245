package lbresponder.journey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lbresponder.channel.Channel;
import lbresponder.channel.Message;
import lbresponder.channel.Posted;
import lbresponder.channel.Posted.Delivered;
import lbresponder.channel.TagSettings;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;
import lbresponder.report.Report;
import org.jspecify.annotations.Nullable;

/// Posts to every channel alone: one that fails does not stop another, and the others are told of
/// it.
final class Posting {
  private final List<Channel> channels;

  Posting(List<Channel> channels) {
    this.channels = List.copyOf(channels);
  }

  /// What was posted.
  ///
  /// @param delivered by the channels that took it
  /// @param outcome of first words always done, with the channels that failed: the finding follows
  ///   anyway
  record Announced(Map<Channel, Delivered> delivered, Outcome outcome) {}

  /// First words, where a channel can edit them later.
  Announced announce(Incident incident, TagSettings tags) {
    Map<Channel, Delivered> delivered = new LinkedHashMap<>();
    Outcome outcome = Outcome.NOTHING;
    for (Channel channel : channels) {
      switch (post(new Message.FirstWords(incident), tags, null, channel)) {
        case Delivered first -> delivered.put(channel, first);
        case Posted.NotTaken _ -> {}
        case Posted.Failed(String why, boolean _) ->
            outcome =
                outcome.and(
                    Outcome.done(
                        Kind.NOT_DELIVERED, "first words, " + channel.name() + ": " + why));
      }
    }
    return new Announced(delivered, outcome);
  }

  /// Where no load balancer is known, nor what its owner asks for.
  Outcome post(Message message) {
    return post(message, TagSettings.NONE, Map.of());
  }

  /// @return as of {@link #tell}
  Outcome post(Message message, TagSettings tags, Map<Channel, Delivered> before) {
    return tell(message, tags, before).outcome();
  }

  /// @param before what the message replaces, in the channels that can edit
  /// @return done where at least one channel took it
  Announced tell(Message message, TagSettings tags, Map<Channel, Delivered> before) {
    if (channels.isEmpty()) {
      return new Announced(
          Map.of(),
          Outcome.undone(
              Event.of(
                  Kind.NOT_DELIVERED,
                  "no channel is configured: set LB_RESPONDER_TOPIC_ARN or"
                      + " LB_RESPONDER_SLACK_SECRET")));
    }
    Map<Channel, Delivered> took = new LinkedHashMap<>();
    List<String> failures = new ArrayList<>();
    for (Channel channel : channels) {
      switch (post(message, tags, before.get(channel), channel)) {
        case Delivered delivered -> took.put(channel, delivered);
        case Posted.NotTaken _ -> {}
        case Posted.Failed(String why, boolean _) -> failures.add(channel.name() + ": " + why);
      }
    }
    for (String failure : failures) {
      Message notice =
          new Message.Unreadable("an answer did not arrive through " + failure, subject(message));
      took.keySet().forEach(channel -> post(notice, tags, null, channel));
    }
    return new Announced(
        took,
        new Outcome(
            !took.isEmpty(),
            failures.stream().map(failure -> Event.of(Kind.NOT_DELIVERED, failure)).toList()));
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
      Message message, TagSettings tags, @Nullable Delivered before, Channel channel) {
    try {
      return channel.post(message, tags, before);
    } catch (RuntimeException failure) { // Against its contract: treated as any other failure.
      return new Posted.Failed(failure.toString(), true);
    }
  }
}
