package lbresponder.journey;

import java.util.List;
import lbresponder.report.Report;
import lbresponder.report.Untrusted;
import org.jspecify.annotations.Nullable;

/// What became of one message.
///
/// @param events what happened, in order, each to be counted and logged
/// @param done false: nobody was told, and the message must come again or end in the dead-letter
///   queue
public record Outcome(boolean done, List<Event> events) {

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
    /// An alarm that went back to OK was told of.
    RECOVERED,
    /// A state change that calls for no answer.
    NOTHING_TO_SAY,
    /// Its load balancer's owner does not want to be told.
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
    NOT_DELIVERED
  }
}
