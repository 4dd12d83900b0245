package lbresponder.check;

import java.util.ArrayList;
import java.util.List;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;

/// The targets that could be read, and what kept the others out of sight.
///
/// @param missing why some could not be read; empty: these are all
record Seen(List<Member> members, List<String> missing) {

  static Seen in(Facts facts) {
    List<Member> members = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    switch (facts.targetGroups()) {
      case Known.Value<List<TargetGroup>>(List<TargetGroup> groups) ->
          groups.forEach(group -> collect(group, members, missing));
      case Known.Unknown<List<TargetGroup>>(String why) -> missing.add(why);
    }
    return new Seen(List.copyOf(members), missing.stream().distinct().toList());
  }

  private static void collect(TargetGroup group, List<Member> members, List<String> missing) {
    switch (group.targets()) {
      case Known.Value<List<Target>>(List<Target> targets) ->
          targets.forEach(target -> members.add(new Member(group, target)));
      case Known.Unknown<List<Target>>(String why) -> missing.add(why);
    }
  }
}
