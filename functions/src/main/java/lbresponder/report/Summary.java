package lbresponder.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.check.Diagnosis;
import lbresponder.check.Diagnosis.Finding;
import lbresponder.check.Member;
import lbresponder.check.Symptom;
import lbresponder.check.Trouble;
import lbresponder.check.Verdict;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth;

/// The sentence an engineer would say aloud.
final class Summary {
  private Summary() {}

  static String of(Facts facts, Diagnosis diagnosis) {
    String name = facts.incident().loadBalancer().name();
    if (facts.loadBalancer() instanceof Known.Unknown<LoadBalancer>(String why)
        && why.contains("does not exist")) {
      return clean("%s: nothing to look at, %s.".formatted(name, why));
    }
    if (!diagnosis.causes().isEmpty()) {
      return clean(accusation(name, diagnosis));
    }
    return clean("%s: %s.".formatted(name, without(facts, diagnosis)));
  }

  static String symptom(Trouble trouble) {
    if (trouble.symptoms().size() == Symptom.values().length) {
      return "not known from an alarm";
    }
    return trouble.symptoms().stream()
        .sorted()
        .map(Symptom::sentence)
        .collect(Collectors.joining(", or "));
  }

  private static String accusation(String name, Diagnosis diagnosis) {
    Finding leading = diagnosis.causes().getFirst();
    String title = leading.check().title();
    String claim =
        switch (leading.cause().confidence()) {
          case PROVEN -> title;
          case LIKELY -> "Probably: " + title;
          case POSSIBLE -> "Possibly, and not shown: " + title;
        };
    return "%s: %s%s. %s."
        .formatted(
            name,
            claim,
            share(leading.cause(), diagnosis.trouble()),
            leading.cause().because().getFirst());
  }

  private static String share(Verdict.Cause cause, Trouble trouble) {
    if (cause.targets().isEmpty()) {
      return "";
    }
    long all = trouble.members().stream().map(Member::label).distinct().count();
    long these = cause.targets().stream().map(Member::label).distinct().count();
    return " (%d of %d targets)".formatted(these, Math.max(all, these));
  }

  private static String without(Facts facts, Diagnosis diagnosis) {
    Trouble trouble = diagnosis.trouble();
    if (!trouble.failing().isEmpty()) {
      Target first = trouble.failing().getFirst().target();
      return "%d of %d targets fail, and why could not be shown; %s is %s"
          .formatted(
              trouble.failing().size(), trouble.members().size(), first.label(), state(first));
    }
    List<String> unread =
        Stream.of(facts.targetGroups(), facts.load(), facts.listeners())
            .filter(fact -> !fact.isKnown())
            .map(fact -> ((Known.Unknown<?>) fact).why())
            .distinct()
            .toList();
    if (!unread.isEmpty()) {
      return "nothing could be shown: " + unread.getFirst();
    }
    boolean allWell =
        !trouble.members().isEmpty()
            && trouble.members().stream()
                .allMatch(
                    one ->
                        one.target()
                            .health()
                            .map(health -> health.state() == TargetHealth.State.HEALTHY)
                            .orElse(false));
    if (!allWell) {
      return "no cause could be shown, and not every target is known to be well";
    }
    return diagnosis.unknown().isEmpty()
        ? "nothing is wrong now: all targets are healthy"
        : "all targets are healthy, and no cause could be shown";
  }

  private static String state(Target target) {
    return switch (target.health()) {
      case Known.Value<TargetHealth>(TargetHealth health) ->
          health.code().isEmpty() ? "failing" : health.code();
      case Known.Unknown<TargetHealth> _ -> "of unknown health";
    };
  }

  private static String clean(String text) {
    return Untrusted.clean(text, 500);
  }
}
