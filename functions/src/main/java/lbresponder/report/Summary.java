package lbresponder.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.diagnosis.Impact;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Alarm;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth.State;
import lbresponder.message.Untrusted;

/// What was found, in short.
///
/// @param sentence as an engineer would say it aloud
record Summary(Conclusion conclusion, String sentence) {
  private static final int MOST_REFUSED = 2;

  /// @param refused the permissions that were missing
  static Summary of(Diagnosis diagnosis, List<String> refused) {
    Case current = diagnosis.current();
    Optional<String> unread = current.all().unread();
    if (unread.isPresent()) {
      return new Summary(Conclusion.COULD_NOT_LOOK, Untrusted.clean(unread.get() + ".", 500));
    }
    Summary found =
        current.loadBalancer() instanceof Known.None<LoadBalancer>(String why)
            ? new Summary(Conclusion.NOT_FOUND, "nothing to look at, %s.".formatted(why))
            : served(
                current,
                diagnosis.causes().isEmpty() ? lacking(diagnosis, refused) : leading(diagnosis));
    return new Summary(
        found.conclusion,
        Untrusted.clean("%s: %s".formatted(current.id().name(), found.sentence), 500));
  }

  /// With what was refused, where that may be why no cause could be shown.
  private static Summary lacking(Diagnosis diagnosis, List<String> refused) {
    Summary found = withoutCause(diagnosis);
    return refused.isEmpty() || found.conclusion == Conclusion.WELL
        ? found
        : new Summary(
            Conclusion.COULD_NOT_LOOK,
            found.sentence
                + notPermitted(
                    refused.stream().filter(name -> !found.sentence.contains(name)).toList()));
  }

  private static String notPermitted(List<String> names) {
    int more = names.size() - MOST_REFUSED;
    return names.isEmpty()
        ? ""
        : "; not permitted: %s%s"
            .formatted(
                names.stream().limit(MOST_REFUSED).collect(Collectors.joining(", ")),
                more > 0 ? " and %d more".formatted(more) : "");
  }

  /// What failing checks do to clients is the first thing that is asked.
  private static Summary served(Case current, Summary found) {
    String sentence = current.failOpen().sentence();
    return new Summary(
        found.conclusion,
        sentence.isEmpty()
            ? found.sentence + "."
            : "%s. %s%s."
                .formatted(
                    found.sentence,
                    sentence.substring(0, 1).toUpperCase(Locale.ROOT),
                    sentence.substring(1)));
  }

  static String symptom(Impact impact) {
    if (impact.symptoms().size() == Symptom.values().length) {
      return "not known from an alarm";
    }
    return impact.symptoms().stream()
        .sorted()
        .map(Symptom::sentence)
        .collect(Collectors.joining(", or "));
  }

  private static Summary leading(Diagnosis diagnosis) {
    Finding leading = diagnosis.causes().getFirst();
    String title = leading.check().title();
    String claim =
        switch (leading.cause().confidence()) {
          case PROVEN -> title;
          case LIKELY -> "Probably: " + title;
          case POSSIBLE -> "Possibly, and not shown: " + title;
        };
    return new Summary(
        Conclusion.CAUSE,
        "%s%s%s. %s"
            .formatted(
                claim,
                share(leading.cause(), diagnosis.impact()),
                alsoProven(diagnosis),
                leading.cause().because().getFirst()));
  }

  /// Whoever reads the headline alone must not take the first fault for the only one. Before the
  /// proof, as a short message is cut at its end.
  private static String alsoProven(Diagnosis diagnosis) {
    List<Finding> others =
        diagnosis.causes().stream()
            .skip(1)
            .filter(other -> other.cause().confidence() == Confidence.PROVEN)
            .toList();
    return others.isEmpty()
        ? ""
        : "; also proven: %s%s%s"
            .formatted(
                others.getFirst().check().title(),
                share(others.getFirst().cause(), diagnosis.impact()),
                others.size() == 1 ? "" : ", and %d more".formatted(others.size() - 1));
  }

  private static String share(Verdict.Cause cause, Impact impact) {
    if (cause.targets().isEmpty()) {
      return "";
    }
    long all = labels(impact.targets());
    long these = labels(cause.targets());
    return " (%d of %d targets)".formatted(these, Math.max(all, these));
  }

  private static long labels(List<RegisteredTarget> targets) {
    return targets.stream().map(RegisteredTarget::label).distinct().count();
  }

  private static Summary withoutCause(Diagnosis diagnosis) {
    Impact impact = diagnosis.impact();
    if (!impact.failing().isEmpty()) {
      Target first = unexplained(diagnosis).target();
      return new Summary(
          Conclusion.NOT_FOUND,
          "%d of %d targets fail, and why could not be shown; %s is %s"
              .formatted(
                  impact.failing().size(), impact.targets().size(), first.label(), state(first)));
    }
    Case current = diagnosis.current();
    Optional<String> unread =
        Stream.of(current.targetGroups(), current.facts().load(), current.listeners())
            .flatMap(Summary::unread)
            .findFirst();
    if (unread.isPresent()) {
      return new Summary(Conclusion.COULD_NOT_LOOK, "nothing could be shown: " + unread.get());
    }
    boolean areAllHealthy =
        !impact.targets().isEmpty()
            && impact.targets().stream().allMatch(target -> target.isIn(State.HEALTHY));
    if (!areAllHealthy) {
      return new Summary(
          Conclusion.NOT_FOUND,
          "no cause could be shown, and not every target is known to be well");
    }
    return current.hasAlarm() || !diagnosis.sideFindings().isEmpty()
        ? new Summary(
            Conclusion.NOT_FOUND, "all targets pass their health checks, and " + errors(current))
        : new Summary(Conclusion.WELL, quiet(diagnosis));
  }

  /// Nobody alarmed, and nothing was found: what was looked at to say so.
  private static String quiet(Diagnosis diagnosis) {
    long counts =
        diagnosis.current().facts().load().map(Load::series).orElse(List.of()).stream()
            .filter(series -> series.measure().countsErrors() && series.points().isKnown())
            .count();
    return "nothing is wrong as far as was looked: all %d targets pass their health checks, %s; %d causes were ruled out, %d could not be told"
        .formatted(
            diagnosis.impact().targets().size(),
            counts == 0
                ? "no count of errors was read"
                : "none of %s of errors shows a clear rise over the hour before"
                    .formatted(Phrases.count(counts, "count")),
            diagnosis.ruledOut().size(),
            diagnosis.unknown().size());
  }

  private static Stream<String> unread(Known<?> fact) {
    return fact instanceof Known.Unknown<?>(String why) ? Stream.of(why) : Stream.empty();
  }

  /// The failing target to name: not one that a side finding explains.
  private static RegisteredTarget unexplained(Diagnosis diagnosis) {
    Set<RegisteredTarget> explained =
        diagnosis.sideFindings().stream()
            .flatMap(finding -> finding.cause().targets().stream())
            .collect(Collectors.toSet());
    List<RegisteredTarget> failing = diagnosis.impact().failing();
    return failing.stream()
        .filter(target -> !explained.contains(target))
        .findFirst()
        .orElse(failing.getFirst());
  }

  /// What the alarm's own metric says of now.
  private static String errors(Case current) {
    if (!current.hasAlarm() || !(current.facts().load() instanceof Known.Value<Load>(Load load))) {
      return "no cause could be shown";
    }
    Alarm.Watch watch = current.facts().incident().alarms().getFirst().watched();
    Known<List<Point>> points =
        current.counts().alarmed().flatMap(series -> series.in(load.incident()));
    if (!(points instanceof Known.Value<List<Point>>(List<Point> read))) {
      return watch.metric() + " could not be read: no cause could be shown";
    }
    List<Point> bad = read.stream().filter(point -> point.value() > 0).toList();
    if (watch.measure() == Measure.HEALTHY_TARGETS || bad.isEmpty()) {
      return "%s shows nothing wrong since %s".formatted(watch.metric(), load.incident().from());
    }
    return "yet %s was %s at %s: no cause could be shown"
        .formatted(watch.metric(), Sparkline.number(bad.getLast().value()), bad.getLast().at());
  }

  private static String state(Target target) {
    return target
        .health()
        .fold(
            health ->
                Stream.of(Phrases.state(health.state()), health.code(), health.description())
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(", "))
                    .replaceFirst("\\.$", ""),
            _ -> "of unknown health",
            _ -> "of unknown health");
  }
}
