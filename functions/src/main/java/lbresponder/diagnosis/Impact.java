package lbresponder.diagnosis;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Alarm;
import lbresponder.facts.Measure;

/// What is to be explained: the symptom, and how far it reaches.
///
/// @param symptoms what the alarms can mean, narrowed by what was counted; all of them where nobody
///   alarmed
/// @param targets the targets the incident is about
/// @param failing those of them that do not take traffic, though nobody is taking them out
public record Impact(
    Set<Symptom> symptoms,
    Shape shape,
    List<RegisteredTarget> targets,
    List<RegisteredTarget> failing) {

  /// How far it reaches, as far as health tells: it halves the space of causes.
  public enum Shape {
    /// Health shows no failing target.
    NO_TARGET_SEEN,
    ONE_TARGET,
    ONE_ZONE,
    ONE_TARGET_GROUP,
    SOME,
    ALL
  }

  static Impact of(Case current) {
    return new Impact(
        symptoms(current), shape(current), current.targets().all(), current.targets().failing());
  }

  private static Shape shape(Case current) {
    List<RegisteredTarget> failing = current.targets().failing();
    if (failing.isEmpty()) {
      return Shape.NO_TARGET_SEEN;
    }
    if (failing.size() == current.targets().all().size()) {
      return Shape.ALL;
    }
    if (failing.size() == 1) {
      return Shape.ONE_TARGET;
    }
    Set<String> zones =
        failing.stream()
            .map(target -> Objects.toString(current.zone(target), "?"))
            .collect(Collectors.toSet());
    if (zones.size() == 1 && !zones.contains("?")) {
      return Shape.ONE_ZONE;
    }
    long groups = failing.stream().map(target -> target.group().id()).distinct().count();
    return groups == 1 ? Shape.ONE_TARGET_GROUP : Shape.SOME;
  }

  private static Set<Symptom> symptoms(Case current) {
    List<Alarm> alarms = current.facts().incident().alarms();
    if (alarms.isEmpty()) {
      return EnumSet.allOf(Symptom.class);
    }
    Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
    for (Alarm alarm : alarms) {
      symptoms.addAll(meaning(alarm.watched().measure(), current));
    }
    return symptoms;
  }

  private static Set<Symptom> meaning(Measure measure, Case current) {
    return switch (measure) {
      case CONNECTION_ERRORS -> connectionErrors(current);
      case TLS_ERRORS -> Set.of(Symptom.TLS);
      case UNHEALTHY_TARGETS -> Set.of(Symptom.UNHEALTHY);
      case HEALTHY_TARGETS -> Set.of(Symptom.UNHEALTHY, Symptom.NO_TARGET);
      case LB_4XX -> Set.of(Symptom.CLIENT_ERROR);
      case LB_5XX -> serverErrors(current);
      case LB_500 -> Set.of(Symptom.INTERNAL);
      case LB_502 -> Set.of(Symptom.REFUSED, Symptom.RESET, Symptom.TLS, Symptom.BAD_ANSWER);
      case LB_503 -> Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW, Symptom.REJECTED);
      case LB_504 -> Set.of(Symptom.TIMEOUT, Symptom.SILENT, Symptom.TLS);
      case TARGET_5XX -> Set.of(Symptom.TARGET_ERROR);
      case TARGET_3XX, TARGET_4XX -> Set.of(Symptom.TARGET_CLIENT_ERROR);
      case QUEUE_OVERFLOW, QUEUE_LENGTH ->
          Set.of(Symptom.OVERFLOW, Symptom.NO_TARGET, Symptom.TIMEOUT, Symptom.SILENT);
      case REJECTED_CONNECTIONS -> Set.of(Symptom.REJECTED);
      case TARGET_RESETS -> Set.of(Symptom.REFUSED, Symptom.RESET);
      case LB_RESETS ->
          Set.of(Symptom.RESET, Symptom.TIMEOUT, Symptom.UNHEALTHY, Symptom.NO_TARGET);
      case PORT_ALLOCATION_ERRORS -> Set.of(Symptom.PORTS);
      case FUNCTION_ERRORS, FUNCTION_INTERNAL_ERRORS -> Set.of(Symptom.BAD_ANSWER);
      case BLOCKED_OUTBOUND -> Set.of(Symptom.TIMEOUT);
      case BLOCKED_INBOUND, CLIENT_TLS_ERRORS -> Set.of(Symptom.CLIENT_ERROR);
      case REJECTED_FLOWS -> Set.of(Symptom.REJECTED, Symptom.NO_TARGET);
      case SENT_TO_UNHEALTHY -> Set.of(Symptom.UNHEALTHY, Symptom.NO_TARGET);
      case RESPONSE_TIME -> Set.of(Symptom.SILENT, Symptom.OVERFLOW);
      case REQUESTS, REQUESTS_PER_TARGET -> Set.of(Symptom.OVERFLOW, Symptom.REJECTED);
      case TARGET_2XX -> EnumSet.allOf(Symptom.class);
    };
  }

  /// A load balancer that counts its gateway errors apart answers 502 where a connection was
  /// refused and 504 where it timed out: when only one of the two was counted, the other is out.
  /// One that does not count failed handshakes apart counts them here.
  private static Set<Symptom> connectionErrors(Case current) {
    Set<Symptom> either = EnumSet.of(Symptom.REFUSED, Symptom.TIMEOUT);
    Count refused = count(current, Measure.LB_502);
    Count timedOut = count(current, Measure.LB_504);
    if (refused == Count.SOME && timedOut == Count.NONE) {
      return EnumSet.of(Symptom.REFUSED);
    }
    if (timedOut == Count.SOME && refused == Count.NONE) {
      return EnumSet.of(Symptom.TIMEOUT);
    }
    if (!current.traits().counts(Measure.TLS_ERRORS)
        && current.facts().targetGroups().stream().anyMatch(group -> group.protocol().isTls())) {
      either.add(Symptom.TLS);
    }
    return either;
  }

  private static Set<Symptom> serverErrors(Case current) {
    Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
    boolean counted = false;
    for (Measure code : List.of(Measure.LB_500, Measure.LB_502, Measure.LB_503, Measure.LB_504)) {
      Count count = count(current, code);
      counted |= count == Count.SOME;
      if (count != Count.NONE) {
        symptoms.addAll(meaning(code, current));
      }
    }
    if (counted) {
      return symptoms;
    }
    // Some do not split their server errors, and a split that adds up to nothing says nothing.
    symptoms.addAll(meaning(Measure.LB_502, current));
    symptoms.addAll(meaning(Measure.LB_503, current));
    symptoms.addAll(meaning(Measure.LB_504, current));
    return symptoms;
  }

  private enum Count {
    NONE,
    SOME,
    UNKNOWN
  }

  private static Count count(Case current, Measure measure) {
    return current
        .counts()
        .ofLoadBalancer(measure)
        .map(total -> total > 0 ? Count.SOME : Count.NONE)
        .orElse(Count.UNKNOWN);
  }
}
