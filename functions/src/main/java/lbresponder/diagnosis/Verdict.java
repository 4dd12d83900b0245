package lbresponder.diagnosis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Repair;
import org.jspecify.annotations.Nullable;

/// What a check says of the facts.
public sealed interface Verdict {

  /// It is the matter.
  ///
  /// @param component id of the thing at fault, as the console shows it
  /// @param targets the targets it explains; empty where it is not about single targets
  /// @param because the facts that were read, one full sentence each, the strongest first; never
  ///   empty
  /// @param repairs what would end it, all of them together; empty where only a person can tell
  /// @param symptoms what it can look like here, where that is less than {@link Check#symptoms};
  ///   null: the same
  /// @param since when the fault began; null: no fact tells
  /// @param errors how many of the alarm's errors it can account for at most, where that is counted
  ///   apart; null: it is not
  record Cause(
      Confidence confidence,
      String component,
      List<RegisteredTarget> targets,
      List<String> because,
      List<Repair> repairs,
      @Nullable Set<Symptom> symptoms,
      @Nullable Instant since,
      @Nullable Double errors)
      implements Verdict {
    public Cause {
      if (because.isEmpty()) {
        throw new IllegalArgumentException("a cause at " + component + " without a fact");
      }
      targets = List.copyOf(targets);
      because = List.copyOf(because);
      repairs = List.copyOf(repairs);
    }

    /// Begins with how sure it is and what is at fault; the rest is added.
    public static Cause of(Confidence confidence, String component, String... because) {
      return of(confidence, component, List.of(because));
    }

    /// As {@link #of(Confidence, String, String...)}.
    public static Cause of(Confidence confidence, String component, List<String> because) {
      return new Cause(confidence, component, List.of(), because, List.of(), null, null, null);
    }

    public Cause about(RegisteredTarget... explained) {
      return about(List.of(explained));
    }

    public Cause about(Collection<RegisteredTarget> explained) {
      return new Cause(
          confidence, component, List.copyOf(explained), because, repairs, symptoms, since, errors);
    }

    public Cause repairedBy(Repair... all) {
      return repairedBy(List.of(all));
    }

    public Cause repairedBy(Collection<? extends Repair> all) {
      return new Cause(
          confidence, component, targets, because, List.copyOf(all), symptoms, since, errors);
    }

    public Cause showingAs(Symptom... some) {
      EnumSet<Symptom> all = EnumSet.noneOf(Symptom.class);
      all.addAll(List.of(some));
      return showingAs(all);
    }

    public Cause showingAs(Set<Symptom> some) {
      return new Cause(
          confidence, component, targets, because, repairs, Set.copyOf(some), since, errors);
    }

    public Cause atMost(Confidence limit) {
      return new Cause(
          confidence.atMost(limit), component, targets, because, repairs, symptoms, since, errors);
    }

    /// With when the fault began; null: no fact tells.
    public Cause since(@Nullable Instant began) {
      return new Cause(confidence, component, targets, because, repairs, symptoms, began, errors);
    }

    /// With how many of the alarm's errors it can account for at most.
    public Cause accountingFor(double counted) {
      return new Cause(confidence, component, targets, because, repairs, symptoms, since, counted);
    }

    /// With one more fact, the weakest so far.
    public Cause and(String fact) {
      return new Cause(
          confidence,
          component,
          targets,
          Stream.concat(because.stream(), Stream.of(fact)).toList(),
          repairs,
          symptoms,
          since,
          errors);
    }

    /// One cause of the same fault in several places: all of them are to be repaired. Only the
    /// surest are kept, so that what is less sure does not borrow their confidence.
    ///
    /// @param causes of one check; at least one
    static Cause merged(List<Cause> causes) {
      Confidence surest = causes.stream().map(Cause::confidence).sorted().findFirst().orElseThrow();
      List<Cause> sure = causes.stream().filter(cause -> cause.confidence() == surest).toList();
      if (sure.size() == 1) {
        return sure.getFirst();
      }
      List<RegisteredTarget> targets = new ArrayList<>();
      sure.forEach(cause -> targets.addAll(cause.targets()));
      return new Cause(
          surest,
          sure.getFirst().component(),
          targets,
          sure.stream().flatMap(cause -> cause.because().stream()).distinct().toList(),
          sure.stream().flatMap(cause -> cause.repairs().stream()).distinct().toList(),
          mergedSymptoms(sure),
          latest(sure),
          sure.stream().allMatch(cause -> cause.errors() != null)
              ? sure.stream()
                  .mapToDouble(cause -> Objects.requireNonNullElse(cause.errors(), 0.0))
                  .sum()
              : null);
    }

    /// When the last of them began; null as soon as that is not known of one.
    private static @Nullable Instant latest(List<Cause> causes) {
      return causes.stream().anyMatch(cause -> cause.since() == null)
          ? null
          : causes.stream()
              .flatMap(cause -> Stream.ofNullable(cause.since()))
              .max(Comparator.naturalOrder())
              .orElse(null);
    }

    /// What any of them can look like; null as soon as one is not limited.
    private static @Nullable Set<Symptom> mergedSymptoms(List<Cause> causes) {
      if (causes.stream().anyMatch(cause -> cause.symptoms() == null)) {
        return null;
      }
      EnumSet<Symptom> all = EnumSet.noneOf(Symptom.class);
      causes.stream().flatMap(cause -> Stream.ofNullable(cause.symptoms())).forEach(all::addAll);
      return all;
    }
  }

  /// It is not the matter.
  ///
  /// @param because the fact that refutes it, one sentence
  record RuledOut(String because) implements Verdict {}

  /// This load balancer has no such thing: the question does not arise, and the report's text does
  /// not mention it.
  record NotApplicable(String because) implements Verdict {}

  /// It cannot be told.
  ///
  /// @param missing the fact that would decide, and why it is missing
  record Unknown(String missing) implements Verdict {}
}
