package lbresponder.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Repair;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;

/// The provider's own check finds the machine, or what it stands on, impaired: it does not answer
/// the network.
final class InstanceImpaired implements Check {
  /// What was impaired this long before the trouble began had its effect then, not now.
  private static final Duration LONG_BEFORE = Duration.ofMinutes(15);

  @Override
  public String title() {
    return "The target's instance fails its status checks";
  }

  @Override
  public String advice() {
    return "Stop and start an instance whose system check fails; reboot one whose own check fails.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(
        Symptom.TIMEOUT, Symptom.SILENT, Symptom.UNHEALTHY, Symptom.NO_TARGET, Symptom.OVERFLOW);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Member> failing =
        seen.members().stream()
            .filter(one -> one.group().targetType() == TargetType.INSTANCE && mayBeImpaired(one))
            .toList();
    if (failing.isEmpty()) {
      return seen.missing().isEmpty()
          ? new Verdict.RuledOut("no target fails without an answer")
          : new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    if (!(facts.fleet().statusChecks()
        instanceof Known.Value<List<StatusCheck>>(List<StatusCheck> checks))) {
      return new Verdict.Unknown(
          ((Known.Unknown<List<StatusCheck>>) facts.fleet().statusChecks()).why());
    }
    List<StatusCheck> impaired =
        checks.stream().filter(one -> one.state() == StatusCheck.State.IMPAIRED).toList();
    Set<String> ids = impaired.stream().map(StatusCheck::instance).collect(Collectors.toSet());
    List<Member> hit = failing.stream().filter(one -> ids.contains(one.target().id())).toList();
    if (!hit.isEmpty()) {
      return accuse(facts, hit, impaired);
    }
    List<String> untold = untold(failing, checks, facts);
    return untold.isEmpty()
        ? new Verdict.RuledOut("every failing instance that runs passes its status checks")
        : new Verdict.Unknown("the status checks of " + String.join(", ", untold));
  }

  /// An answer of any kind shows that the machine works.
  private static boolean mayBeImpaired(Member member) {
    return member
        .target()
        .health()
        .map(
            health ->
                health.state() == TargetHealth.State.UNHEALTHY
                    && health.reason() != Reason.UNEXPECTED_STATUS)
        .orElse(true);
  }

  private static List<String> untold(List<Member> failing, List<StatusCheck> checks, Facts facts) {
    Set<String> told =
        checks.stream()
            .filter(one -> one.state() == StatusCheck.State.OK)
            .map(StatusCheck::instance)
            .collect(Collectors.toSet());
    return failing.stream()
        .map(one -> one.target().id())
        .distinct()
        .filter(id -> !told.contains(id))
        .filter(
            id ->
                facts
                    .instance(id)
                    .map(one -> one.map(Instance::state).filter(Instance.State.RUNNING::equals))
                    .map(state -> state.isPresent())
                    .orElse(true))
        .toList();
  }

  private static Verdict accuse(Facts facts, List<Member> hit, List<StatusCheck> impaired) {
    Set<String> ids = hit.stream().map(one -> one.target().id()).collect(Collectors.toSet());
    List<StatusCheck> theirs =
        impaired.stream().filter(one -> ids.contains(one.instance())).toList();
    Set<Symptom> shows = EnumSet.copyOf(new InstanceImpaired().shows());
    if (Serving.remains(facts, hit)) {
      shows.removeAll(Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW));
    }
    if (theirs.stream().allMatch(one -> isLongBefore(one, facts))) {
      shows.clear();
    }
    return new Verdict.Cause(
        hit.stream().allMatch(one -> one.target().health().isKnown())
            ? Confidence.PROVEN
            : Confidence.POSSIBLE,
        hit.getFirst().target().id(),
        hit,
        theirs.stream()
            .map(
                one ->
                    "%s: the %s status check is impaired%s"
                        .formatted(
                            one.instance(),
                            one.name(),
                            one.impairedSince() == null ? "" : " since " + one.impairedSince()))
            .toList(),
        repairs(theirs),
        shows);
  }

  private static boolean isLongBefore(StatusCheck check, Facts facts) {
    Instant since = check.impairedSince();
    return since != null
        && !facts.incident().alarms().isEmpty()
        && facts.incident().loadBalancer().kind() != Kind.CLASSIC
        && since.isBefore(
            facts
                .load()
                .map(load -> load.incident().from())
                .orElse(facts.incident().since())
                .minus(LONG_BEFORE));
  }

  private static List<Repair> repairs(List<StatusCheck> impaired) {
    Set<String> below =
        impaired.stream()
            .filter(one -> !one.name().equals("instance"))
            .map(StatusCheck::instance)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> own =
        impaired.stream()
            .map(StatusCheck::instance)
            .filter(id -> !below.contains(id))
            .distinct()
            .toList();
    List<Repair> repairs = new ArrayList<>();
    if (!below.isEmpty()) {
      repairs.add(new Repair.RestartInstances(List.copyOf(below), true));
    }
    if (!own.isEmpty()) {
      repairs.add(new Repair.RestartInstances(own, false));
    }
    return repairs;
  }
}
