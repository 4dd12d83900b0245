package lbresponder.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;

/// What is to be explained: the symptom, and how far it reaches.
///
/// @param symptoms what the alarms can mean, narrowed by what was counted; all of them where nobody
///   alarmed
/// @param members the targets the incident is about
/// @param failing those of them that do not take traffic, though nobody is taking them out
public record Trouble(
    Set<Symptom> symptoms, Shape shape, List<Member> members, List<Member> failing) {

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

  static Trouble of(Facts facts) {
    List<Member> members = Seen.in(facts).members();
    List<Member> failing = members.stream().filter(Trouble::fails).toList();
    return new Trouble(symptoms(facts), shape(facts, members, failing), members, failing);
  }

  static boolean fails(Member member) {
    return member
        .target()
        .health()
        .map(
            health ->
                switch (health.state()) {
                  case UNHEALTHY, UNUSED, UNHEALTHY_DRAINING -> true;
                  case HEALTHY, INITIAL, DRAINING, UNAVAILABLE -> false;
                })
        .orElse(false);
  }

  private static Shape shape(Facts facts, List<Member> members, List<Member> failing) {
    if (failing.isEmpty()) {
      return Shape.NO_TARGET_SEEN;
    }
    if (failing.size() == members.size()) {
      return Shape.ALL;
    }
    if (failing.size() == 1) {
      return Shape.ONE_TARGET;
    }
    Set<String> zones =
        failing.stream()
            .map(member -> Objects.toString(facts.zoneOf(member.target()), "?"))
            .collect(Collectors.toSet());
    if (zones.size() == 1 && !zones.contains("?")) {
      return Shape.ONE_ZONE;
    }
    long groups = failing.stream().map(member -> member.group().id()).distinct().count();
    return groups == 1 ? Shape.ONE_TARGET_GROUP : Shape.SOME;
  }

  private static Set<Symptom> symptoms(Facts facts) {
    List<Alarm> alarms = facts.incident().alarms();
    if (alarms.isEmpty()) {
      return EnumSet.allOf(Symptom.class);
    }
    Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
    for (Alarm alarm : alarms) {
      symptoms.addAll(meaning(alarm.watched().measure(), facts));
    }
    return symptoms;
  }

  private static Set<Symptom> meaning(Measure measure, Facts facts) {
    return switch (measure) {
      case CONNECTION_ERRORS -> connectionErrors(facts);
      case TLS_ERRORS -> Set.of(Symptom.TLS);
      case UNHEALTHY_TARGETS -> Set.of(Symptom.UNHEALTHY);
      case HEALTHY_TARGETS -> Set.of(Symptom.UNHEALTHY, Symptom.NO_TARGET);
      case LB_4XX -> Set.of(Symptom.CLIENT_ERROR);
      case LB_5XX -> serverErrors(facts);
      case LB_500 -> Set.of(Symptom.INTERNAL);
      case LB_502 -> Set.of(Symptom.REFUSED, Symptom.RESET, Symptom.TLS, Symptom.BAD_ANSWER);
      case LB_503 -> Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW, Symptom.REJECTED);
      case LB_504 -> Set.of(Symptom.TIMEOUT, Symptom.SILENT, Symptom.TLS);
      case TARGET_5XX -> Set.of(Symptom.TARGET_ERROR);
      case TARGET_3XX, TARGET_4XX -> Set.of(Symptom.TARGET_CLIENT_ERROR);
      case SPILLOVER, SURGE_QUEUE ->
          Set.of(Symptom.OVERFLOW, Symptom.NO_TARGET, Symptom.TIMEOUT, Symptom.SILENT);
      case REJECTED_CONNECTIONS -> Set.of(Symptom.REJECTED);
      case TARGET_RESETS -> Set.of(Symptom.REFUSED, Symptom.RESET);
      case LB_RESETS ->
          Set.of(Symptom.RESET, Symptom.TIMEOUT, Symptom.UNHEALTHY, Symptom.NO_TARGET);
      case PORT_ALLOCATION_ERRORS -> Set.of(Symptom.PORTS);
      case FUNCTION_ERRORS, FUNCTION_INTERNAL_ERRORS -> Set.of(Symptom.BAD_ANSWER);
      case BLOCKED_OUTBOUND -> Set.of(Symptom.TIMEOUT);
      case TARGET_2XX, REQUESTS, REQUESTS_PER_TARGET, RESPONSE_TIME -> EnumSet.allOf(Symptom.class);
    };
  }

  /// An Application Load Balancer answers 502 where a connection was refused and 504 where it timed
  /// out: when only one of the two was counted, the other is out.
  private static Set<Symptom> connectionErrors(Facts facts) {
    Set<Symptom> either = EnumSet.of(Symptom.REFUSED, Symptom.TIMEOUT);
    if (facts.incident().loadBalancer().kind() != Kind.APPLICATION) {
      // Classic has no count of its own for handshakes that fail.
      boolean secure =
          facts.targetGroups().orElse(List.of()).stream()
              .anyMatch(group -> group.protocol().matches("HTTPS|SSL"));
      if (secure) {
        either.add(Symptom.TLS);
      }
      return either;
    }
    Count refused = count(facts, Measure.LB_502);
    Count timedOut = count(facts, Measure.LB_504);
    if (refused == Count.SOME && timedOut == Count.NONE) {
      return EnumSet.of(Symptom.REFUSED);
    }
    if (timedOut == Count.SOME && refused == Count.NONE) {
      return EnumSet.of(Symptom.TIMEOUT);
    }
    return either;
  }

  private static Set<Symptom> serverErrors(Facts facts) {
    Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
    boolean counted = false;
    for (Measure code : List.of(Measure.LB_500, Measure.LB_502, Measure.LB_503, Measure.LB_504)) {
      Count count = count(facts, code);
      counted |= count == Count.SOME;
      if (count != Count.NONE) {
        symptoms.addAll(meaning(code, facts));
      }
    }
    if (counted) {
      return symptoms;
    }
    // Classic does not split its server errors, and a split that adds up to nothing tells nothing.
    symptoms.addAll(meaning(Measure.LB_502, facts));
    symptoms.addAll(meaning(Measure.LB_503, facts));
    symptoms.addAll(meaning(Measure.LB_504, facts));
    return symptoms;
  }

  private enum Count {
    NONE,
    SOME,
    UNKNOWN
  }

  private static Count count(Facts facts, Measure measure) {
    return switch (Metrics.total(facts, measure, null)) {
      case Known.Value<Double>(Double value) -> value > 0 ? Count.SOME : Count.NONE;
      case Known.Unknown<Double> _ -> Count.UNKNOWN;
    };
  }
}
