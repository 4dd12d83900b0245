package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.check.Routing.Place;
import lbresponder.check.Routing.Use;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.TargetGroup;

/// The target group the alarm is about gets no requests, because others of the same rule get them
/// all: traffic was shifted on purpose, and no client notices what fails there.
final class WeightZero implements Check {

  @Override
  public String title() {
    return "The target group is weighted out: no request is sent to it";
  }

  @Override
  public String advice() {
    return "Nothing is wrong for clients; silence the alarm on the group while it is out.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Set<String> named = Metrics.namedGroups(facts);
    if (named.isEmpty()) {
      return new Verdict.RuledOut("the alarm is not about one target group");
    }
    if (!(facts.targetGroups()
        instanceof Known.Value<List<TargetGroup>>(List<TargetGroup> groups))) {
      return new Verdict.Unknown(Seen.in(facts).missing().getFirst());
    }
    List<Verdict.Cause> causes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (TargetGroup group : groups.stream().filter(one -> named.contains(one.id())).toList()) {
      switch (Routing.use(facts, group)) {
        case Use.Sent _ -> {}
        case Use.Untold(String why) -> missing.add(why);
        case Use.Idle(List<Place> zero) -> {
          if (!zero.isEmpty() && zero.stream().allMatch(WeightZero::othersServe)) {
            causes.add(accuse(group, zero));
          }
        }
      }
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("no rule sends past the target group on purpose")
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }

  private static boolean othersServe(Place place) {
    return place.action() instanceof Listener.Forward(List<WeightedTargetGroup> weights)
        && weights.stream().anyMatch(one -> one.weight() > 0);
  }

  private static Verdict.Cause accuse(TargetGroup group, List<Place> zero) {
    return new Verdict.Cause(
        Confidence.PROVEN,
        group.id(),
        Member.of(group),
        List.of(
            "%s: %s has weight 0 and others take the requests"
                .formatted(
                    zero.stream().map(Place::name).collect(Collectors.joining(", ")),
                    group.name())),
        List.of());
  }
}
