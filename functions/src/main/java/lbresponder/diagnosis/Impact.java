package lbresponder.diagnosis;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;

/// What is to be explained: the symptom, and how far it reaches.
///
/// @param symptoms what the alarms can mean, but for what is contradicted; all of them where nobody
///   alarmed
/// @param contradicted what the alarms can mean otherwise and did not happen, each with the fact
///   that says so
/// @param targets the targets the incident is about
/// @param failing those of them that do not take traffic, though nobody is taking them out
public record Impact(
    Set<Symptom> symptoms,
    Map<Symptom, String> contradicted,
    Shape shape,
    List<RegisteredTarget> targets,
    List<RegisteredTarget> failing) {

  /// The codes that server errors are split into, where they are.
  static final List<Measure> SERVER_ERRORS =
      List.of(Measure.LB_500, Measure.LB_502, Measure.LB_503, Measure.LB_504);

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
    Set<Symptom> symptoms = EnumSet.copyOf(meaning(current));
    Map<Symptom, String> contradicted = contradicted(current);
    if (!contradicted.keySet().containsAll(symptoms)) {
      symptoms.removeAll(contradicted.keySet());
    }
    return new Impact(
        symptoms,
        contradicted,
        shape(current),
        current.targets().all(),
        current.targets().failing());
  }

  /// Why what looks like this cannot be the reason for the alarm; empty: it can.
  String objection(Set<Symptom> shown) {
    if (shown.stream().anyMatch(symptoms::contains)) {
      return "";
    }
    return contradicted.entrySet().stream()
        .filter(entry -> shown.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(
            () ->
                "it cannot be why "
                    + symptoms.stream()
                        .sorted()
                        .map(Symptom::sentence)
                        .collect(Collectors.joining(", or ")));
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

  private static Set<Symptom> meaning(Case current) {
    if (!current.hasAlarm()) {
      return EnumSet.allOf(Symptom.class);
    }
    Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
    for (Measure measure : current.alarmed()) {
      symptoms.addAll(meaning(measure, current));
    }
    return symptoms;
  }

  private static Set<Symptom> meaning(Measure measure, Case current) {
    return switch (measure) {
      case CONNECTION_ERRORS -> connectionErrors(current);
      case LB_5XX -> serverErrors(current);
      default -> meaning(measure);
    };
  }

  /// What a measure can mean, whatever else was counted.
  static Set<Symptom> meaning(Measure measure) {
    return switch (measure) {
      case CONNECTION_ERRORS -> Set.of(Symptom.REFUSED, Symptom.TIMEOUT, Symptom.TLS);
      case TLS_ERRORS -> Set.of(Symptom.TLS);
      case UNHEALTHY_TARGETS -> Set.of(Symptom.UNHEALTHY);
      case HEALTHY_TARGETS -> Set.of(Symptom.UNHEALTHY, Symptom.NO_TARGET);
      // A client that gives up before the target answers, or accepts, is counted here.
      case LB_4XX -> Set.of(Symptom.CLIENT_ERROR, Symptom.SILENT, Symptom.TIMEOUT);
      case LB_5XX ->
          Set.of(
              Symptom.REFUSED,
              Symptom.RESET,
              Symptom.TLS,
              Symptom.BAD_ANSWER,
              Symptom.NO_TARGET,
              Symptom.OVERFLOW,
              Symptom.REJECTED,
              Symptom.TIMEOUT,
              Symptom.SILENT);
      case LB_500, AUTHENTICATION_ERRORS -> Set.of(Symptom.INTERNAL);
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

  /// One that does not count failed handshakes apart counts them here.
  private static Set<Symptom> connectionErrors(Case current) {
    Set<Symptom> either = EnumSet.of(Symptom.REFUSED, Symptom.TIMEOUT);
    if (!current.traits().counts(Measure.TLS_ERRORS)
        && current.facts().targetGroups().stream().anyMatch(group -> group.protocol().isTls())) {
      either.add(Symptom.TLS);
    }
    return either;
  }

  /// A load balancer answers a refused connection with one code, and one that timed out with
  /// another, unless the client gave up before. What it did not count at all did not happen. Its
  /// counts of all target groups say nothing of one group's alarm: others may have made them.
  private static Map<Symptom, String> contradicted(Case current) {
    if (!current.hasAlarm()
        || !current.scope().targetGroups().isEmpty()
        || current.alarmed().stream().anyMatch(measure -> measure != Measure.CONNECTION_ERRORS)) {
      return Map.of();
    }
    Count refused = count(current, Measure.LB_502);
    Count timedOut = count(current, Measure.LB_504);
    Count gaveUp =
        current
            .counts()
            .count(Measure.LB_4XX, null)
            .flatMap(all -> all.now() == 0 ? Known.of(false) : all.hasRisen())
            .map(risen -> risen ? Count.SOME : Count.NONE)
            .orElse(Count.UNKNOWN);
    if (refused == Count.NONE && timedOut == Count.SOME) {
      return Map.of(Symptom.REFUSED, "no refused connection was answered with a bad gateway");
    }
    return timedOut == Count.NONE && refused == Count.SOME && gaveUp == Count.NONE
        ? Map.of(
            Symptom.TIMEOUT,
            "no connection that timed out was answered with a gateway timeout, and no client gave"
                + " up")
        : Map.of();
  }

  private static Set<Symptom> serverErrors(Case current) {
    Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
    boolean counted = false;
    for (Measure code : SERVER_ERRORS) {
      Count count = count(current, code);
      counted |= count == Count.SOME;
      if (count != Count.NONE) {
        symptoms.addAll(meaning(code));
      }
    }
    if (counted) {
      return symptoms;
    }
    // Some do not split their server errors, and a split that adds up to nothing says nothing.
    symptoms.addAll(meaning(Measure.LB_5XX));
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
