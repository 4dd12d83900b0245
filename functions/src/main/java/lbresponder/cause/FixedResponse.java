package lbresponder.cause;

import java.util.Objects;
import java.util.Set;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Routing.ForwardRef;
import lbresponder.evidence.Routing.Use;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Destination;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import org.jspecify.annotations.Nullable;

/// A rule or a listener answers requests by itself, with an error, or sends them round in circles.
/// Such an answer is the load balancer's own and counted with those that it gives for want of a
/// target; a count does not say which it was, so this is never proven by one.
final class FixedResponse extends Check {
  /// What of a request stays as it is when it comes back by a redirect.
  private static final Set<String> SAME_AGAIN = Set.of("path-pattern", "host-header", "source-ip");

  FixedResponse() {
    super(
        "A listener answers by itself and sends to no target",
        "Let the rule or default action forward to a target group, or leave out of the alarm what"
            + " it answers on purpose.",
        Symptom.NO_TARGET,
        Symptom.INTERNAL,
        Symptom.BAD_ANSWER,
        Symptom.SILENT,
        Symptom.CLIENT_ERROR,
        Symptom.OVERFLOW);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    if (findings.read(current.listeners()).isEmpty()) {
      return findings.verdict();
    }
    for (ForwardRef ref : current.routing().actions()) {
      switch (ref.action()) {
        case Listener.FixedResponse(int status) -> judge(current, ref, status, findings);
        case Listener.Redirect(_, Known<Destination> to) ->
            findings
                .readFirst(to)
                .filter(destination -> comesBack(ref, destination))
                .ifPresent(_ -> findings.cause(circle(current, ref)));
        case Listener.Forward _, Listener.Authenticate _, Listener.OtherAction _ -> {}
      }
    }
    if (!current.routing().unread().isEmpty()) {
      findings.missing(current.routing().unread());
    }
    return findings.orRuledOut("no rule and no listener answers with the errors that were counted");
  }

  private static void judge(Case current, ForwardRef ref, int status, Findings findings) {
    Measure measure = measure(status);
    if (measure == null) {
      return;
    }
    Measure whole = status >= 500 ? Measure.LB_5XX : Measure.LB_4XX;
    Known<Double> counted = current.counts().firstKept(measure, whole);
    if (counted.map(count -> count > 0).orElse(!counted.isKnown())) {
      boolean witnessed = counted.isKnown() && status >= 500 && areOthersServed(current);
      findings.cause(
          Verdict.Cause.of(
                  witnessed ? Confidence.LIKELY : Confidence.POSSIBLE,
                  ref.rule() == null ? ref.listener().id() : ref.rule().id(),
                  "%s answers %d by itself".formatted(ref.name(), status))
              .showingAs(symptom(status)));
    }
  }

  /// What counts a status; null where none is counted.
  private static @Nullable Measure measure(int status) {
    return switch (status) {
      case 500 -> Measure.LB_500;
      case 502 -> Measure.LB_502;
      case 503 -> Measure.LB_503;
      case 504 -> Measure.LB_504;
      default -> status / 100 == 5 ? Measure.LB_5XX : status / 100 == 4 ? Measure.LB_4XX : null;
    };
  }

  private static Symptom symptom(int status) {
    return switch (status) {
      case 500 -> Symptom.INTERNAL;
      case 502 -> Symptom.BAD_ANSWER;
      case 504 -> Symptom.SILENT;
      default -> status / 100 == 4 ? Symptom.CLIENT_ERROR : Symptom.NO_TARGET;
    };
  }

  /// Whether whatever is sent to a group finds a target there: then the errors come from elsewhere.
  private static boolean areOthersServed(Case current) {
    return current.routing().unread().isEmpty()
        && current.all().targetGroups().stream()
            .filter(group -> current.routing().of(group) instanceof Use.Sent)
            .allMatch(group -> serves(current, group));
  }

  /// Whether requests find a target there, or no fewer do than in the hour before.
  private static boolean serves(Case current, TargetGroup group) {
    return group.targetType() == TargetType.FUNCTION
        || current.serving().remainsIn(group)
        || current.trouble().standing().of(group.id())
        || current
            .counts()
            .nearestUsual(Measure.HEALTHY_TARGETS, group.id())
            .map(usual -> Math.round(usual) == 0)
            .orElse(false);
  }

  /// Whether the client is sent to where it was, to meet the same rule again.
  private static boolean comesBack(ForwardRef ref, Destination to) {
    Listener listener = ref.listener();
    return to.host() == null
        && to.path() == null
        && to.query() == null
        && Objects.requireNonNullElse(to.protocol(), listener.protocol().name())
            .equals(listener.protocol().name())
        && Objects.requireNonNullElse(to.port(), String.valueOf(listener.port()))
            .equals(String.valueOf(listener.port()))
        && (ref.rule() == null
            || ref.rule().conditions().stream()
                .allMatch(condition -> SAME_AGAIN.contains(condition.field())));
  }

  /// Nobody counts it as an error; it multiplies requests.
  private static Verdict.Cause circle(Case current, ForwardRef ref) {
    return Verdict.Cause.of(
            Confidence.PROVEN,
            ref.rule() == null ? ref.listener().id() : ref.rule().id(),
            ref.name() + " redirects to itself: clients are sent round in circles")
        .showingAs(
            !current.hasAlarm() || current.alarmed().contains(Measure.REQUESTS)
                ? Set.of(Symptom.CLIENT_ERROR, Symptom.OVERFLOW)
                : Set.of());
  }
}
