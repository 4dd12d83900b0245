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
    List<Verdict.Cause> causes = new ArrayList<>();
    for (TargetGroup group : groups) {
      switch (Routing.use(facts, group)) {
        case Use.Sent _ -> {}
        case Use.Idle(List<Place> zero) -> {
          if (!zero.isEmpty()) {
            causes.addAll(weightless(group, zero));
          } else if (!isUsedElsewhere(facts, group)) {
            causes.addAll(unreferenced(facts, group));
          }
        }
        case Use.Untold(String why) -> {
          causes.addAll(told(group, why));
          missing.add(why);
        }
      }
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("a listener sends to every target group in question")
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }

  private static boolean isUsedElsewhere(Facts facts, TargetGroup group) {
    String own = facts.incident().loadBalancer().arn();
    return group.loadBalancers().stream().anyMatch(other -> !other.equals(own));
  }

  private static List<Verdict.Cause> unreferenced(Facts facts, TargetGroup group) {
    String read =
        "none of the rules and default actions of %s names %s"
            .formatted(
                Words.count(facts.listeners().orElse(List.of()).size(), "listener"), group.name());
    return List.of(accuse(group, read));
  }

  /// The rules could not be read, and the load balancer itself says that nothing sends to the
  /// group.
  private static List<Verdict.Cause> told(TargetGroup group, String why) {
    return idle(group).isEmpty()
        ? List.of()
        : List.of(accuse(group, "the rules themselves could not be read: " + why));
  }

  /// Weight 0 beside a group that takes the requests is how traffic is shifted on purpose; where
  /// all weights are 0, what matches goes nowhere.
  private static List<Verdict.Cause> weightless(TargetGroup group, List<Place> zero) {
    List<Verdict.Cause> causes = new ArrayList<>();
    for (Place place : zero) {
      if (place.action() instanceof Listener.Forward(List<WeightedTargetGroup> weights)
          && weights.stream().allMatch(one -> one.weight() == 0)) {
        causes.add(
            new Verdict.Cause(
                Confidence.LIKELY,
                group.id(),
                List.of(),
                List.of(
                    "%s forwards to %s with weight 0 only: what matches it has nowhere to go"
                        .formatted(place.name(), group.name())),
                List.of(
                    new Repair.Forward(
                        place.listener().id(),
                        place.rule() == null ? null : place.rule().id(),
                        weights.stream()
                            .map(one -> one.targetGroup().equals(group.id()) ? full(one) : one)
                            .toList())),
                EnumSet.of(Symptom.NO_TARGET)));
      }
    }
    return causes;
  }

  private static WeightedTargetGroup full(WeightedTargetGroup group) {
    return new WeightedTargetGroup(group.targetGroup(), 1);
  }

  private static List<Member> idle(TargetGroup group) {
    return Member.of(group).stream().filter(one -> one.is(Reason.NO_LISTENER)).toList();
  }

  private static Verdict.Cause accuse(TargetGroup group, String read) {
    List<String> because = new ArrayList<>();
    List<Member> idle = idle(group);
    if (!idle.isEmpty()) {
      because.add(
          "%s of %s: %s"
              .formatted(
                  Words.count(idle.size(), "target"),
                  group.name(),
                  Words.health(idle.getFirst().target())));
    }
    because.add(read);
    return new Verdict.Cause(Confidence.PROVEN, group.id(), Member.of(group), because, List.of());
  }
}
