package lbresponder.check;

import java.util.Locale;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth;

/// How facts are said in sentences.
final class Words {
  private Words() {}

  static String of(Instance.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// `unused (Target.InvalidState: Target is in the stopped state)`.
  static String health(Target target) {
    return switch (target.health()) {
      case Known.Value<TargetHealth>(TargetHealth health) -> {
        String state = health.state().name().toLowerCase(Locale.ROOT).replace('_', '.');
        String why =
            health.description().isEmpty()
                ? health.code()
                : health.code().isEmpty()
                    ? health.description()
                    : health.code() + ": " + health.description();
        yield why.isEmpty() ? state : state + " (" + why + ")";
      }
      case Known.Unknown<TargetHealth>(String why) -> "health unknown (" + why + ")";
    };
  }

  /// `3 targets`, `1 target`.
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// Without decimals where there are none, else one.
  static String number(double value) {
    return value == Math.rint(value)
        ? "%.0f".formatted(value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
