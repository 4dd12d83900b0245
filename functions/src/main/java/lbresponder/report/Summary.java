package lbresponder.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.check.Diagnosis;
import lbresponder.check.Diagnosis.Finding;
import lbresponder.check.Member;
import lbresponder.check.Symptom;
import lbresponder.check.Trouble;
import lbresponder.check.Verdict;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
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
      Target first = unexplained(diagnosis).target();
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
    return "all targets pass their health checks, and " + errors(facts);
  }

  /// The failing target to name: not one that a side finding explains.
  private static Member unexplained(Diagnosis diagnosis) {
    List<Member> explained =
        diagnosis.sideFindings().stream()
            .flatMap(finding -> finding.cause().targets().stream())
            .toList();
    List<Member> failing = diagnosis.trouble().failing();
    return failing.stream()
        .filter(one -> !explained.contains(one))
        .findFirst()
        .orElse(failing.getFirst());
  }

  /// What the alarm's own metric says of now.
  private static String errors(Facts facts) {
    if (facts.incident().alarms().isEmpty()
        || !(facts.load() instanceof Known.Value<Load>(Load load))) {
      return "no cause could be shown";
    }
    Alarm.Watch watch = facts.incident().alarms().getFirst().watched();
    Known<List<Load.Point>> points =
        load.series(watch.measure(), watch.targetGroup(), watch.zone())
            .map(series -> series.in(load.incident()))
            .orElse(Known.unknown("no such metric"));
    if (!(points instanceof Known.Value<List<Load.Point>>(List<Load.Point> read))) {
      return watch.metric() + " could not be read: no cause could be shown";
    }
    List<Load.Point> bad = read.stream().filter(point -> point.value() > 0).toList();
    if (watch.measure() == Measure.HEALTHY_TARGETS || bad.isEmpty()) {
      return "%s shows nothing wrong since %s".formatted(watch.metric(), load.incident().from());
    }
    return "yet %s was %s at %s: no cause could be shown"
        .formatted(watch.metric(), number(bad.getLast().value()), bad.getLast().at());
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String state(Target target) {
    return switch (target.health()) {
      case Known.Value<TargetHealth>(TargetHealth health) ->
          Stream.of(
                  health.state().name().toLowerCase(Locale.ROOT).replace('_', '.'),
                  health.code(),
                  health.description())
              .filter(word -> !word.isEmpty())
              .collect(Collectors.joining(", "))
              .replaceFirst("\\.$", "");
      case Known.Unknown<TargetHealth> _ -> "of unknown health";
    };
  }

  private static String clean(String text) {
    return Untrusted.clean(text, 500);
  }
}
