package lbresponder.evidence;

import java.util.Locale;
import lbresponder.facts.Instance;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth;

/// How facts are said in sentences.
public final class Phrases {
  private Phrases() {}

  /// `stopped`, `shutting-down`.
  public static String state(Instance.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// `healthy`, `unhealthy.draining`.
  public static String state(TargetHealth.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /// `unused (Target.InvalidState: Target is in the stopped state)`.
  public static String health(Target target) {
    return target
        .health()
        .fold(
            Phrases::health,
            why -> "health unknown (" + why + ")",
            why -> "without health (" + why + ")");
  }

  private static String health(TargetHealth health) {
    String why =
        health.description().isEmpty()
            ? health.code()
            : health.code().isEmpty()
                ? health.description()
                : health.code() + ": " + health.description();
    return why.isEmpty() ? state(health.state()) : state(health.state()) + " (" + why + ")";
  }

  /// `3 targets`, `1 target`.
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// Without decimals where there are none, else one.
  public static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
  }
}
