package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;

/// Requests go to a group in which nobody is: it is empty, or all of it is being taken out.
final class NoTargets implements Check {

  @Override
  public String title() {
    return "The target group has no target";
  }

  @Override
  public String advice() {
    return "Register targets, or point the listener at a group that has some.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.NO_TARGET, Symptom.OVERFLOW);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (!(facts.targetGroups()
        instanceof Known.Value<List<TargetGroup>>(List<TargetGroup> groups))) {
      return new Verdict.Unknown(Seen.in(facts).missing().getFirst());
    }
    List<String> missing = new ArrayList<>();
    List<String> because = new ArrayList<>();
    List<TargetGroup> empty = new ArrayList<>();
    for (TargetGroup group : groups) {
      if (group.targets() instanceof Known.Unknown<List<Target>>(String why)) {
        missing.add(why);
      } else if (group.targets().orElse(List.of()).stream().allMatch(NoTargets::isLeaving)) {
        switch (Routing.use(facts, group)) {
          case Routing.Use.Sent(String by) -> {
            empty.add(group);
            because.add(state(group) + "; " + by);
          }
          case Routing.Use.Idle _ -> {}
          case Routing.Use.Untold(String why) -> missing.add(why);
        }
      }
    }
    if (!empty.isEmpty()) {
      return accuse(empty, because);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("every target group that gets requests has targets")
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }

  private static boolean isLeaving(Target target) {
    return target
        .health()
        .map(health -> health.state() == TargetHealth.State.DRAINING)
        .orElse(false);
  }

  private static String state(TargetGroup group) {
    int leaving = group.targets().orElse(List.of()).size();
    return leaving == 0
        ? "%s has no registered target".formatted(group.name())
        : "all of %s's %s drain: none takes new requests"
            .formatted(group.name(), Words.count(leaving, "target"));
  }

  private static Verdict accuse(List<TargetGroup> empty, List<String> because) {
    return new Verdict.Cause(
        Confidence.PROVEN,
        empty.getFirst().id(),
        empty.stream().flatMap(group -> Member.of(group).stream()).toList(),
        because,
        empty.stream().<Repair>map(group -> new Repair.RegisterTargets(group.id())).toList());
  }
}
