package lbresponder.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.TargetGroup;

/// The targets that could be read, and what kept the others out of sight.
///
/// @param failing those of `all` that fail though nobody takes them out
/// @param missing why some could not be read, each reason once; empty: these are all
public record Targets(
    List<RegisteredTarget> all, List<RegisteredTarget> failing, List<String> missing) {
  static Targets in(Facts facts) {
    List<RegisteredTarget> all = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    note(facts.wiring().targetGroups(), missing);
    for (TargetGroup group : facts.targetGroups()) {
      note(group.targets(), missing);
      all.addAll(RegisteredTarget.of(group));
    }
    return new Targets(
        List.copyOf(all),
        all.stream().filter(RegisteredTarget::fails).toList(),
        missing.stream().distinct().toList());
  }

  /// Those of some groups.
  ///
  /// @param groups ids
  public List<RegisteredTarget> of(Set<String> groups) {
    return all.stream().filter(target -> groups.contains(target.group().id())).toList();
  }

  /// Whether every target could be read, with its health where it has any.
  public boolean areAllKnown() {
    return missing.isEmpty()
        && all.stream().noneMatch(target -> target.health() instanceof Known.Unknown);
  }

  /// Why targets, or the health of some, could not be read, each reason once; empty: all is known.
  public List<String> unread() {
    List<String> unread = new ArrayList<>(missing);
    all.forEach(target -> note(target.health(), unread));
    return unread.stream().distinct().toList();
  }

  private static void note(Known<?> fact, List<String> missing) {
    if (fact instanceof Known.Unknown<?>(String why)) {
      missing.add(why);
    }
  }
}
