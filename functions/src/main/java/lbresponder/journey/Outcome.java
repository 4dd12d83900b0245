package lbresponder.journey;

import java.util.List;

/// What became of one message.
///
/// @param events what happened, in order, each to be counted and logged
/// @param done false: nobody was told, and the message must come again or end in the dead-letter
///   queue
public record Outcome(boolean done, List<Event> events) {

  /// @param kind what is counted
  /// @param detail for the log: untrusted text is cleaned
  public record Event(Kind kind, String detail) {}

  public enum Kind {
    /// A finding was posted; the detail is the leading cause, or `none`.
    ANSWERED,
    /// An alarm that went back to OK was told of.
    RECOVERED,
    /// A state change that calls for no answer.
    NOTHING_TO_SAY,
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
