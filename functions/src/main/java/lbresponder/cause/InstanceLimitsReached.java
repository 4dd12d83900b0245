package lbresponder.cause;

import static lbresponder.evidence.Resources.EASY;
import static lbresponder.evidence.Resources.FULL;
import static lbresponder.evidence.Resources.ROOM;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Resources.Used;
import lbresponder.facts.Measure;
import lbresponder.facts.Usage.Resource;

/// The machines or containers behind the targets use all they have of a resource. It may follow
/// from what is really wrong, as retries do, so that this is LIKELY at most, and only where it was
/// not so before and answers are slower too.
final class InstanceLimitsReached extends Check {
  /// Credits; less is none.
  private static final double SPENT = 1;

  private static final double SLOWER = 1.5;

  InstanceLimitsReached() {
    super(
        "The targets' machines or containers are at the limit of their CPU or memory",
        "Add capacity or larger instances, then find what uses it: a change, retries, or demand.",
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.OVERFLOW,
        Symptom.UNHEALTHY,
        Symptom.TARGET_ERROR);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    List<Used> cpu = findings.read(current.resources().of(Resource.CPU)).orElse(List.of());
    List<Used> memory = current.resources().of(Resource.MEMORY).orElse(List.of());
    List<Used> credits = current.resources().of(Resource.CPU_CREDITS).orElse(List.of());
    cpu.forEach(used -> full(current, used, "CPU", findings));
    memory.forEach(used -> full(current, used, "memory", findings));
    credits.forEach(used -> spent(current, used, cpu, findings));
    boolean low =
        cpu.stream().allMatch(used -> used.meanNow().orElse(FULL) < EASY)
            && memory.stream().allMatch(used -> used.meanNow().orElse(FULL) < FULL);
    if (!low) {
      findings.missing("whether some of them are at their limit: only their mean was read");
    }
    return findings.orRuledOut(
        cpu.stream().findFirst().map(used -> used.sentence("CPU", " %")).orElse(""));
  }

  /// All through the incident. What is as full on any day harms nobody by that alone.
  private static void full(Case current, Used used, String resource, Findings findings) {
    if (used.lowestNow().orElse(0) < FULL) {
      return;
    }
    double before = used.meanBefore().orElse(ROOM);
    if (before >= FULL) {
      findings.missing("whether it is too little: %s".formatted(used.sentence(resource, " %")));
      return;
    }
    findings.cause(cause(current, used, before < ROOM, used.sentence(resource, " %")));
  }

  /// Where processors are held to their base rate they do less than before; those that may go on
  /// above it for money do not.
  private static void spent(Case current, Used used, List<Used> cpu, Findings findings) {
    double before = used.meanBefore().orElse(0);
    if (used.meanNow().orElse(SPENT) >= SPENT || before < SPENT) {
      return;
    }
    Optional<Used> worked =
        cpu.stream().filter(one -> one.usage().id().equals(used.usage().id())).findFirst();
    boolean held =
        worked
            .filter(one -> one.meanBefore().isPresent())
            .filter(one -> one.meanNow().orElse(FULL) < one.meanBefore().orElse(0))
            .isPresent();
    if (held || worked.isEmpty()) {
      findings.cause(
          cause(
              current,
              used,
              held,
              used.sentence("the balance of CPU credits", ""),
              worked.map(one -> one.sentence("CPU", " %")).stream().toArray(String[]::new)));
    }
  }

  private static Verdict.Cause cause(
      Case current, Used used, boolean risen, String first, String... more) {
    List<String> because = new ArrayList<>(List.of(first));
    because.addAll(List.of(more));
    double slower = current.counts().growth(Measure.RESPONSE_TIME).orElse(0.0);
    boolean isSlower = slower >= SLOWER && Double.isFinite(slower);
    if (isSlower) {
      because.add("targets answered %s times slower than before".formatted(Phrases.number(slower)));
    }
    return Verdict.Cause.of(
        risen && isSlower ? Confidence.LIKELY : Confidence.POSSIBLE, used.usage().id(), because);
  }
}
