package lbresponder.journey;

import java.util.List;
import java.util.stream.Stream;
import lbresponder.message.Untrusted;
import lbresponder.report.Report;
import org.jspecify.annotations.Nullable;

/// What became of one message.
///
/// @param done false: it reached nobody, and must come again or end in the dead-letter queue
/// @param events what happened, in order, each to be counted and logged
public record Outcome(boolean done, List<Event> events) {
  static final Outcome NOTHING = new Outcome(true, List.of());

  public Outcome {
    events = List.copyOf(events);
  }

  /// Nothing is left to do, for this reason.
  static Outcome done(Kind kind, String detail) {
    return new Outcome(true, List.of(Event.of(kind, detail)));
  }

  static Outcome undone(Event event) {
    return new Outcome(false, List.of(event));
  }

  /// Both, in this order: done where both are.
  Outcome and(Outcome next) {
    return new Outcome(
        done && next.done, Stream.concat(events.stream(), next.events.stream()).toList());
  }

  /// With one more event where it is done; else as it is.
  Outcome then(Event event) {
    return done ? and(new Outcome(true, List.of(event))) : this;
  }

  /// @param kind what is counted
  /// @param detail for the log: untrusted text is cleaned
  /// @param cause the leading cause of an answer, `none` where it has none; null for other kinds
  public record Event(Kind kind, String detail, @Nullable String cause) {

    static Event of(Kind kind, String detail) {
      return new Event(kind, Untrusted.clean(detail, 500), null);
    }

    static Event answered(Report report) {
      String cause = report.causes().isEmpty() ? "none" : report.causes().getFirst().id();
      Report.IncidentPart incident = report.incident();
      return new Event(
          Kind.ANSWERED,
          "%s %s: %s".formatted(incident.id(), incident.loadBalancer().name(), cause),
          cause);
    }
  }

  public enum Kind {
    /// A finding was posted.
    ANSWERED,
    /// It was posted that an alarm went back to OK.
    RECOVERED,
    /// A state change that calls for no answer.
    NOTHING_TO_SAY,
    /// Its load balancer's owner asks for no messages.
    IGNORED,
    /// The stack's own hourly message came through.
    HEARTBEAT,
    /// Not a load balancer's alarm.
    NOT_OURS,
    /// Could not be read.
    UNREADABLE,
    /// lb-responder itself failed; the detail is how.
    FAILED,
    /// A channel did not take a message.
    NOT_DELIVERED,
    /// A finding was posted without the picture of its metric.
    NO_PICTURE
  }
}
