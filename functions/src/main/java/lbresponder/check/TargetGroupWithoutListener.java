package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.check.Routing.Place;
import lbresponder.check.Routing.Use;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;
import org.jspecify.annotations.Nullable;

/// No listener sends to the group: its targets are well and get nothing.
final class TargetGroupWithoutListener implements Check {

  @Override
  public String title() {
    return "No listener sends to the target group";
  }

  @Override
  public String advice() {
    return "Let a listener or rule forward to the group, or move its targets to the one in use.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.NO_TARGET, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.incident().loadBalancer().kind() == Kind.CLASSIC) {
      return new Verdict.RuledOut("a Classic Load Balancer's listeners send to all its instances");
    }
    if (!(facts.targetGroups()
        instanceof Known.Value<List<TargetGroup>>(List<TargetGroup> groups))) {
      return new Verdict.Unknown(Seen.in(facts).missing().getFirst());
    }
    List<String> missing = new ArrayList<>();
    for (TargetGroup group : groups) {
      switch (Routing.use(facts, group)) {
        case Use.Sent _ -> {}
        case Use.Idle(List<Place> zero) -> {
          Verdict verdict = zero.isEmpty() ? unreferenced(facts, group) : weightless(group, zero);
          if (verdict != null) {
            return verdict;
          }
        }
        case Use.Untold(String why) -> {
          List<Member> idle = idle(group);
          if (!idle.isEmpty()) {
            return accuse(group, idle, "no rule could be read: " + why, null);
          }
          missing.add(why);
        }
      }
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("a listener sends to every target group in question")
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }

  private static Verdict unreferenced(Facts facts, TargetGroup group) {
    String read =
        "none of the rules and default actions of %s names %s"
            .formatted(
                Words.count(facts.listeners().orElse(List.of()).size(), "listener"), group.name());
    return accuse(group, idle(group), read, null);
  }

  /// Weight 0 beside a group that takes the requests is how traffic is shifted on purpose; where
  /// all weights are 0, what matches goes nowhere.
  private static @Nullable Verdict weightless(TargetGroup group, List<Place> zero) {
    for (Place place : zero) {
      if (place.action() instanceof Listener.Forward(List<WeightedTargetGroup> weights)
          && weights.stream().allMatch(one -> one.weight() == 0)) {
        return new Verdict.Cause(
            Confidence.LIKELY,
            group.id(),
            List.of(),
            List.of(
                "%s forwards to %s with weight 0 only: what matches it has nowhere to go"
                    .formatted(place.name(), group.name())),
            new Repair.Forward(
                place.listener().id(),
                place.rule() == null ? null : place.rule().id(),
                weights.stream()
                    .map(one -> one.targetGroup().equals(group.id()) ? full(one) : one)
                    .toList()),
            EnumSet.of(Symptom.NO_TARGET));
      }
    }
    return null;
  }

  private static WeightedTargetGroup full(WeightedTargetGroup group) {
    return new WeightedTargetGroup(group.targetGroup(), 1);
  }

  private static List<Member> idle(TargetGroup group) {
    return members(group).stream().filter(one -> one.is(Reason.NO_LISTENER)).toList();
  }

  private static List<Member> members(TargetGroup group) {
    return group.targets().orElse(List.of()).stream()
        .map(target -> new Member(group, target))
        .toList();
  }

  private static Verdict accuse(
      TargetGroup group, List<Member> idle, String read, @Nullable Repair repair) {
    List<String> because = new ArrayList<>();
    if (!idle.isEmpty()) {
      because.add(
          "%s of %s: %s"
              .formatted(
                  Words.count(idle.size(), "target"),
                  group.name(),
                  Words.health(idle.getFirst().target())));
    }
    because.add(read);
    return new Verdict.Cause(Confidence.PROVEN, group.id(), members(group), because, repair);
  }
}
