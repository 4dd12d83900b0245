package lbresponder.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.diagnosis.Link.Share;
import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.evidence.Standing;
import lbresponder.facts.Durations;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import org.jspecify.annotations.Nullable;

/// Finds how much of the alarm a fault explains: by the alarm's own count, by the targets that
/// began to fail, and by when both began.
final class Linking {
  /// A load balancer notices a dead target within some checks, ten minutes at most. What is this
  /// much older than the trouble had its effect then, not now.
  private static final Duration LONG_BEFORE = Duration.ofMinutes(15);

  /// Those of which the errors are failed connections, or answers made of them.
  private static final Set<Measure> OF_CONNECTIONS =
      Set.of(Measure.CONNECTION_ERRORS, Measure.LB_5XX, Measure.LB_502, Measure.LB_504);

  private final Case current;
  private final Set<RegisteredTarget> failing;
  private final Standing standing;
  private final Map<String, Known<Count>> byGroup = new LinkedHashMap<>();

  /// @param otherwise targets that fail for another reason than the alarm's
  Linking(Case current, Set<RegisteredTarget> otherwise) {
    this.current = current;
    this.failing = new HashSet<>(current.trouble().missed());
    failing.removeAll(otherwise);
    this.standing = new Standing(current, failing);
    measured().ifPresent(this::countGroups);
  }

  /// @param symptoms what the fault can show as
  Link of(Set<Symptom> symptoms, Verdict.Cause cause) {
    if (!current.hasAlarm()) {
      return new Link(null, cause.since(), "", false);
    }
    String older = older(cause);
    return older.isEmpty()
        ? new Link(share(symptoms, cause), cause.since(), "", mayBeOlder(cause))
        : new Link(null, cause.since(), older, false);
  }

  private boolean mayBeOlder(Verdict.Cause cause) {
    Map<String, Long> these = failing(cause.targets());
    return cause.since() == null
        && current.counts().onset().isPresent()
        && !these.isEmpty()
        && these.entrySet().stream()
            .allMatch(group -> group.getValue() <= standing.before(group.getKey()));
  }

  /// How many of them fail, by target group.
  private Map<String, Long> failing(List<RegisteredTarget> targets) {
    return targets.stream()
        .filter(failing::contains)
        .collect(Collectors.groupingBy(target -> target.group().id(), Collectors.counting()));
  }

  /// What is counted for each target group and stands for the alarm's own count.
  private Optional<Measure> measured() {
    return current.alarmed().stream()
        .filter(Measure::countsErrors)
        .findFirst()
        .map(
            own ->
                isByGroup(own) || !OF_CONNECTIONS.contains(own) ? own : Measure.CONNECTION_ERRORS);
  }

  private boolean isByGroup(Measure measure) {
    return current.facts().targetGroups().stream()
        .anyMatch(group -> current.counts().series(measure, group.id(), null).isKnown());
  }

  private void countGroups(Measure measure) {
    current
        .facts()
        .targetGroups()
        .forEach(group -> byGroup.put(group.id(), current.counts().count(measure, group.id())));
  }

  private String older(Verdict.Cause cause) {
    Instant since = cause.since();
    Instant began = current.onsetOrAlarm().orElse(null);
    if (since != null && began != null && since.isBefore(began.minus(LONG_BEFORE))) {
      return "began %s before".formatted(Durations.words(Duration.between(since, began)));
    }
    if (since != null && (began == null || !since.isBefore(began))) {
      return "";
    }
    Set<String> groups = groups(cause.targets());
    return !groups.isEmpty()
            && current.counts().onset().isPresent()
            && groups.stream().allMatch(standing::of)
        ? Link.AS_MANY
        : "";
  }

  private static Set<String> groups(Collection<RegisteredTarget> targets) {
    return targets.stream().map(target -> target.group().id()).collect(Collectors.toSet());
  }

  /// The least that any fact leaves to it.
  private @Nullable Share share(Set<Symptom> symptoms, Verdict.Cause cause) {
    return Stream.of(Optional.ofNullable(share(cause)), ofCodes(symptoms))
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(Share::ratio))
        .orElse(null);
  }

  /// Of all server errors, those of the codes that the fault can show as.
  private Optional<Share> ofCodes(Set<Symptom> symptoms) {
    if (current.alarmed().stream().anyMatch(measure -> measure != Measure.LB_5XX)) {
      return Optional.empty();
    }
    double whole = 0;
    double own = 0;
    for (Measure code : Impact.SERVER_ERRORS) {
      if (!(current.counts().count(code, null) instanceof Known.Value<Count>(Count count))) {
        return Optional.empty();
      }
      whole += count.excess();
      own += Impact.meaning(code).stream().anyMatch(symptoms::contains) ? count.excess() : 0;
    }
    return own == whole
        ? Optional.empty()
        : Optional.ofNullable(part(Math.rint(own), Math.rint(whole), "errors"));
  }

  private @Nullable Share share(Verdict.Cause cause) {
    Double errors = cause.errors();
    if (errors != null && current.counts().ofAlarm() instanceof Known.Value<Count>(Count whole)) {
      return part(errors, whole.excess(), "errors");
    }
    return cause.targets().isEmpty() ? ofGroup(cause.component()) : ofTargets(cause.targets());
  }

  private static @Nullable Share part(double part, double whole, String of) {
    return whole <= 0 ? null : new Share(Math.min(part, whole), whole, of);
  }

  /// Null where the component is no target group, or errors are not counted by group.
  private @Nullable Share ofGroup(String component) {
    return byGroup.containsKey(component) ? weighted(Map.of(component, 1.0)) : null;
  }

  private @Nullable Share ofTargets(List<RegisteredTarget> targets) {
    Map<String, Long> these = failing(targets);
    Map<String, Double> parts = new LinkedHashMap<>();
    for (String group : groups(targets)) {
      long explained = these.getOrDefault(group, 0L);
      parts.put(group, explained == 0 ? 1.0 : Math.min(1, explained / (double) began(group)));
    }
    Share counted = weighted(parts);
    long explained = these.values().stream().mapToLong(Long::longValue).sum();
    return counted != null || explained == 0
        ? counted
        : part((double) explained, (double) began(), "failing targets");
  }

  /// How many targets of a group fail that did not before; 1 at least.
  private long began(String group) {
    return Math.max(1, standing.failing(group) - standing.before(group));
  }

  private long began() {
    return Math.max(
        1,
        current.facts().targetGroups().stream()
            .mapToLong(
                group -> Math.max(0, standing.failing(group.id()) - standing.before(group.id())))
            .sum());
  }

  /// The share of the alarm's errors that came in some groups.
  ///
  /// @param parts by group, how much of its errors is explained, from 0 to 1
  /// @return null where they are not counted by group, or none came in addition
  private @Nullable Share weighted(Map<String, Double> parts) {
    double whole = 0;
    double explained = 0;
    for (Map.Entry<String, Known<Count>> group : byGroup.entrySet()) {
      if (!(group.getValue() instanceof Known.Value<Count>(Count count))) {
        return null;
      }
      whole += count.excess();
      explained += count.excess() * parts.getOrDefault(group.getKey(), 0.0);
    }
    return part(Math.rint(explained), Math.rint(whole), "errors");
  }
}
