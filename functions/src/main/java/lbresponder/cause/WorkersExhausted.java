package lbresponder.cause;

import static lbresponder.evidence.Resources.IDLE;

import java.util.ArrayList;
import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Resources.Used;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.Usage.Resource;

/// Targets take longer and work less: their threads or connections wait for something else, most
/// often a database or another service. What they wait for is not seen from here. Requests that the
/// load balancer gave up on are in no response time: where they all wait too long, it may even
/// fall.
final class WorkersExhausted extends Check {
  /// Below this, time and demand are as usual.
  private static final double FLAT = 1.2;

  private static final double SLOWER = 1.5;

  /// From this on it is no swing of an ordinary hour.
  private static final double MUCH_SLOWER = 2;

  /// From this part of the requests on, those that it gave up on are no single slow page.
  private static final double MANY = 0.01;

  /// As a multiple of the time before: who waits works no more than usual.
  private static final double WORKED = 1.3;

  WorkersExhausted() {
    super(
        "Targets wait for something else: slow answers while CPU is low and demand is as usual",
        "Look at what the targets call, a database or another service, and at the pools of threads"
            + " and connections that wait for it.",
        Symptom.SILENT,
        Symptom.TIMEOUT,
        Symptom.OVERFLOW,
        Symptom.UNHEALTHY,
        Symptom.TARGET_ERROR);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    double slower = findings.read(growth(current, Measure.RESPONSE_TIME)).orElse(0.0);
    Findings ofLate = slower < SLOWER ? findings : new Findings();
    double late = late(current, ofLate);
    if (findings.isComplete() && slower < FLAT && late == 0) {
      return findings.orRuledOut(
          "targets answered in %s times the time before".formatted(Phrases.number(slower)));
    }
    double demand = findings.read(growth(current, Measure.REQUESTS)).orElse(0.0);
    List<Used> cpu = findings.readFirst(current.resources().of(Resource.CPU)).orElse(List.of());
    if (!findings.isComplete()) {
      return findings.verdict();
    }
    return weigh(current, slower, late, demand, cpu);
  }

  private static Verdict weigh(
      Case current, double slower, double late, double demand, List<Used> cpu) {
    for (Used used : cpu) {
      if (used.meanNow().orElse(0) >= IDLE || isBusier(used)) {
        return new Verdict.RuledOut(used.sentence("CPU", " %"));
      }
    }
    if (demand >= FLAT) {
      return new Verdict.Unknown(
          "whether targets wait or have more to do: demand was %s times the time before"
              .formatted(Phrases.number(demand)));
    }
    if (slower < SLOWER && late == 0) {
      return new Verdict.Unknown(
          "whether %s times the usual time is more than a swing".formatted(Phrases.number(slower)));
    }
    return cause(current, slower, late, demand, cpu);
  }

  /// How many more requests than usual the load balancer gave up on, but for those that may have
  /// met no connection; 0 where it does not count them.
  private static double late(Case current, Findings findings) {
    if (!current.traits().counts(Measure.LB_504)) {
      return 0;
    }
    double timeouts = excess(current, Measure.LB_504, findings);
    double failed =
        timeouts == 0
            ? 0
            : excess(current, Measure.CONNECTION_ERRORS, findings)
                + excess(current, Measure.TLS_ERRORS, findings);
    if (timeouts > 0 && timeouts <= failed) {
      findings.missing(
          "whether %s gateway timeouts were late answers or failed connections"
              .formatted(Phrases.number(timeouts)));
    }
    return Math.max(0, timeouts - failed);
  }

  private static double excess(Case current, Measure measure, Findings findings) {
    Known<Count> count = current.counts().count(measure, null);
    findings.require(count);
    return count.flatMap(Count::hasRisen).orElse(false)
        ? count.map(Count::excess).orElse(0.0)
        : 0.0;
  }

  private static boolean isBusier(Used used) {
    return used.meanBefore().isPresent()
        && used.meanNow().orElse(0) > WORKED * used.meanBefore().getAsDouble() + 1;
  }

  private static Verdict.Cause cause(
      Case current, double slower, double late, double demand, List<Used> cpu) {
    List<String> because = new ArrayList<>();
    if (slower >= FLAT) {
      because.add(
          "targets answered %s times slower than before, with %s times the demand"
              .formatted(Phrases.number(slower), Phrases.number(demand)));
    }
    if (late > 0) {
      because.add(
          "the load balancer gave up on %s requests more than usual, with %s times the demand"
              .formatted(Phrases.number(late), Phrases.number(demand)));
    }
    cpu.forEach(used -> because.add(used.sentence("CPU", " %")));
    double requests = current.counts().ofLoadBalancer(Measure.REQUESTS).orElse(0.0);
    boolean many = requests > 0 && late >= MANY * requests;
    return Verdict.Cause.of(
        (slower >= MUCH_SLOWER || many) && isNothingElse(current, cpu)
            ? Confidence.LIKELY
            : Confidence.POSSIBLE,
        current.id().name(),
        because);
  }

  /// Processors that are held to a base rate, machines and volumes that do not answer, and targets
  /// that are just starting are slow and idle as well.
  private static boolean isNothingElse(Case current, List<Used> cpu) {
    boolean credits =
        current.resources().of(Resource.CPU_CREDITS).orElse(List.of()).stream()
            .allMatch(used -> used.lowestNow().orElse(0) >= 1);
    return credits
        && cpu.stream().allMatch(used -> used.meanBefore().isPresent())
        && current.machines().impaired().map(current.trouble()::isOld).orElse(false)
        && current.machines().down().map(current.trouble()::isOld).orElse(false)
        && current.rollouts().unread().isEmpty()
        && current.rollouts().underWay().isEmpty();
  }

  /// Against the time before; Unknown where there was nothing then.
  private static Known<Double> growth(Case current, Measure measure) {
    return current
        .counts()
        .growth(measure)
        .flatMap(
            growth ->
                Double.isFinite(growth)
                    ? Known.of(growth)
                    : Known.unknown(
                        "%s was zero before: nothing to compare with"
                            .formatted(current.counts().name(measure, null))));
  }
}
