package lbresponder.journey;

import java.time.Duration;

/// How long each step may take. They depend on each other, so all of them stand here.
public final class Limits {
  /// To read the facts: they come within seconds or not at all.
  public static final Duration GATHER = Duration.ofSeconds(20);

  /// To probe the targets for somebody at a command line, who is told that it takes a while.
  public static final Duration PROBE = Duration.ofSeconds(60);

  /// To read the facts and to probe the targets for an alarm: what silent targets take, with what
  /// starting a prober takes. Beyond that, an answer without probes is worth more.
  public static final Duration DIAGNOSE = Duration.ofSeconds(40);

  /// Kept back at the end of an invocation, to post what was found and to answer the queue.
  public static final Duration POST = Duration.ofSeconds(8);

  /// With less than this left of an invocation, a message is better left for the next one.
  public static final Duration ANSWER = Duration.ofSeconds(10);

  /// To answer rehearsed alarms before the function's snapshot: long enough for the compiler to see
  /// what is hot. Nobody waits for it.
  public static final Duration REHEARSE = Duration.ofSeconds(5);

  /// To draw a picture.
  static final Duration DRAW = Duration.ofSeconds(6);

  /// To wait at the end for pictures that are under way.
  public static final Duration PICTURES = Duration.ofSeconds(8);

  /// Kept back at the very end of an invocation, to answer the queue.
  public static final Duration CLOSE = Duration.ofSeconds(2);

  /// Kept back of the time to probe: for the way to a deployed prober and back, and for its start.
  static final Duration INVOKE = Duration.ofSeconds(4);

  private Limits() {}
}
