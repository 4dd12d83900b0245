package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.TargetHealth.State;

/// Targets are being replaced by new ones. It passes by itself, unless the new ones fail: then that
/// is the cause, and this only when it happened.
final class RolloutInProgress implements Check {

  @Override
  public String title() {
    return "Targets are being replaced";
  }

  @Override
  public String advice() {
    return "Wait for it to end; if the new targets fail, roll back. Errors in every rollout ask for"
        + " a longer drain, and for new targets to be healthy before old ones leave.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(
        Symptom.REFUSED,
        Symptom.TIMEOUT,
        Symptom.RESET,
        Symptom.SILENT,
        Symptom.NO_TARGET,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<String> underWay = Rollouts.underWay(facts);
    List<Member> turning = seen.members().stream().filter(RolloutInProgress::turns).toList();
    if (underWay.isEmpty() && turning.isEmpty()) {
      List<String> missing = new ArrayList<>(seen.missing());
      missing.addAll(Rollouts.unread(facts));
      return missing.isEmpty()
          ? new Verdict.RuledOut("no target joins or leaves, and nothing replaces them")
          : new Verdict.Unknown(String.join("; ", missing));
    }
    boolean onlyTurning =
        seen.missing().isEmpty()
            && seen.members().stream().allMatch(one -> turns(one) || one.takesTraffic());
    List<String> because = new ArrayList<>(underWay);
    if (!turning.isEmpty()) {
      because.add(
          Stream.of(
                  counted(turning, State.INITIAL, "joining"),
                  counted(turning, State.DRAINING, "leaving"))
              .filter(text -> !text.startsWith("0 "))
              .collect(Collectors.joining(", ")));
    }
    return new Verdict.Cause(
        !underWay.isEmpty() && !turning.isEmpty() && onlyTurning
            ? Confidence.LIKELY
            : Confidence.POSSIBLE,
        turning.isEmpty()
            ? facts.incident().loadBalancer().name()
            : turning.getFirst().group().id(),
        turning,
        because,
        List.of());
  }

  private static String counted(List<Member> members, State state, String what) {
    long count = members.stream().filter(one -> is(one, state)).count();
    return "%s %s".formatted(Words.count((int) count, "target"), what);
  }

  private static boolean turns(Member member) {
    return is(member, State.INITIAL) || is(member, State.DRAINING);
  }

  private static boolean is(Member member, State state) {
    return member.target().health().map(health -> health.state() == state).orElse(false);
  }
}
