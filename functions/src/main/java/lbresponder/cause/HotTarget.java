package lbresponder.cause;

import static lbresponder.evidence.Resources.EASY;
import static lbresponder.evidence.Resources.FULL;
import static lbresponder.evidence.Resources.ROOM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.evidence.Resources.Used;
import lbresponder.facts.Instance;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.Usage.Holder;
import lbresponder.facts.Usage.Resource;

/// One target does all it can while the others of its group have little to do. Requests by target
/// are not counted, so that it may also be something else that runs there.
final class HotTarget extends Check {
  /// From so many times another zone's share on, targets have clearly more to do.
  private static final double LOPSIDED = 2;

  private static final double SLOWER = 1.5;

  HotTarget() {
    super(
        "One target has far more to do than the others of its group",
        "Look at what runs on it, and why requests go there: sticky sessions of a few large"
            + " clients, few targets in a zone that nodes of other zones do not send to, long"
            + " connections.",
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.OVERFLOW,
        Symptom.UNHEALTHY,
        Symptom.TARGET_ERROR);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.ofHealth(current.targets());
    List<String> against = new ArrayList<>();
    for (TargetGroup group : current.facts().targetGroups()) {
      List<RegisteredTarget> registered = RegisteredTarget.of(group);
      if (registered.size() > 1 && group.hasAddresses()) {
        alone(current, registered, findings).ifPresent(against::add);
        lopsided(current, group, registered, findings);
      }
    }
    return findings.orRuledOut(
        against.stream().findFirst().orElse("in no group of several targets does one fail alone"));
  }

  /// Where one alone fails, and its machine is full.
  ///
  /// @return the fact that speaks against it; empty where none does
  private static Optional<String> alone(
      Case current, List<RegisteredTarget> registered, Findings findings) {
    List<RegisteredTarget> failing =
        registered.stream().filter(current.trouble()::isFresh).toList();
    if (failing.size() != 1) {
      return Optional.empty();
    }
    RegisteredTarget hot = failing.getFirst();
    List<Used> all = current.resources().of(Resource.CPU).orElse(List.of());
    Optional<Used> own = all.stream().filter(used -> isOf(used, hot)).findFirst();
    if (own.isEmpty()) {
      findings.missing("how much CPU %s used".formatted(hot.label()));
      return Optional.empty();
    }
    if (own.get().lowestNow().orElse(0) < FULL) {
      return Optional.of(own.get().sentence("CPU", " %"));
    }
    List<RegisteredTarget> others =
        registered.stream().filter(target -> !target.equals(hot)).toList();
    return judge(current, hot, own.get(), others(current, all, hot, others), findings);
  }

  private static boolean isOf(Used used, RegisteredTarget target) {
    return used.usage().holder() == Holder.MACHINE && used.usage().id().equals(target.id());
  }

  /// How much CPU each of the others was seen to use, in percent, with the sentence that says so.
  private static Map<String, Double> others(
      Case current, List<Used> all, RegisteredTarget hot, List<RegisteredTarget> others) {
    Map<String, Double> machines =
        all.stream()
            .filter(used -> others.stream().anyMatch(other -> isOf(used, other)))
            .collect(
                Collectors.toMap(
                    used -> used.sentence("CPU", " %"),
                    used -> used.meanNow().orElse(FULL),
                    Math::max));
    if (!machines.isEmpty()) {
      return machines;
    }
    String keeper = current.machines().of(hot).map(Instance::scalingGroup).orElse(null);
    return all.stream()
        .filter(used -> used.usage().holder() == Holder.SCALING_GROUP)
        .filter(used -> used.usage().id().equals(keeper))
        .collect(
            Collectors.toMap(
                used -> used.sentence("the mean CPU", " %"),
                used -> used.meanNow().orElse(FULL),
                Math::max));
  }

  private static Optional<String> judge(
      Case current, RegisteredTarget hot, Used own, Map<String, Double> others, Findings findings) {
    if (others.isEmpty()) {
      findings.missing("how much CPU the others of %s used".formatted(hot.group().name()));
      return Optional.empty();
    }
    Optional<String> busy =
        others.entrySet().stream()
            .filter(used -> used.getValue() >= EASY)
            .map(Map.Entry::getKey)
            .findFirst();
    if (busy.isEmpty()) {
      findings.cause(cause(current, hot, own, others));
    }
    return busy;
  }

  private static Verdict.Cause cause(
      Case current, RegisteredTarget hot, Used own, Map<String, Double> others) {
    List<String> because = new ArrayList<>();
    because.add(own.sentence("CPU", " %"));
    because.addAll(others.keySet());
    if (hot.group().sticky().orElse(false)) {
      because.add("clients stay with the target that was chosen for them first");
    }
    return Verdict.Cause.of(
            own.meanBefore().orElse(FULL) < ROOM && current.hasAlarm()
                ? Confidence.LIKELY
                : Confidence.POSSIBLE,
            hot.id(),
            because)
        .about(hot);
  }

  /// Where nodes send to their own zone only, and one has few targets: each of them gets more. That
  /// is so on any day, and matters where they fail, or answer late.
  private static void lopsided(
      Case current, TargetGroup group, List<RegisteredTarget> registered, Findings findings) {
    if (group.crossZone().orElse(true)) {
      return;
    }
    List<RegisteredTarget> serving =
        registered.stream().filter(RegisteredTarget::takesTraffic).toList();
    if (serving.stream().anyMatch(target -> current.zone(target) == null)) {
      findings.missing("which zones the targets of %s are in".formatted(group.name()));
      return;
    }
    Map<String, List<RegisteredTarget>> zones =
        serving.stream()
            .collect(Collectors.groupingBy(target -> String.valueOf(current.zone(target))));
    long most = zones.values().stream().mapToLong(List::size).max().orElse(0);
    for (Map.Entry<String, List<RegisteredTarget>> zone : zones.entrySet()) {
      if (current.hasAlarm() && most >= LOPSIDED * zone.getValue().size()) {
        findings
            .readFirst(current.counts().slowness())
            .filter(slower -> slower >= SLOWER && Double.isFinite(slower))
            .ifPresent(
                slower -> findings.cause(few(group, zone.getKey(), zone.getValue(), most, slower)));
      }
    }
  }

  private static Verdict.Cause few(
      TargetGroup group, String zone, List<RegisteredTarget> few, long most, double slower) {
    return Verdict.Cause.of(
            Confidence.POSSIBLE,
            group.id(),
            "%s in %s, %d in another zone, and nodes send to their own zone only"
                .formatted(Phrases.count(few.size(), "target"), zone, most),
            "answers take %s times as long as usual".formatted(Phrases.number(slower)))
        .about(few);
  }
}
