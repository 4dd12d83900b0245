package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.network.Cidr;
import org.jspecify.annotations.Nullable;

/// The security groups that all healthy targets of a target group have.
final class SiblingGroups {
  /// An interface has no more security groups than these unless somebody raises a quota.
  private static final int MOST_WORN = 5;

  private final Case current;
  private final Map<String, List<String>> common = new HashMap<>();

  SiblingGroups(Case current) {
    this.current = current;
  }

  /// Puts a target that is not admitted into the group by which its siblings are; empty where that
  /// is not what it lacks. An interface that no machine of ours has belongs to a service, which
  /// gives it its groups.
  Optional<Repair> lackedBy(PathBlock block) {
    RegisteredTarget target = block.target();
    List<String> worn = block.path().to().groups().orElse(List.of());
    if (worn.isEmpty() || worn.size() >= MOST_WORN) {
      return Optional.empty();
    }
    return common.computeIfAbsent(target.group().id(), _ -> common(target.group())).stream()
        .filter(group -> !worn.contains(group))
        .filter(group -> current.paths().wouldAdmit(group, block.path()))
        .findFirst()
        .flatMap(
            group -> {
              List<String> all = new ArrayList<>(worn);
              all.add(group);
              return wear(target, all);
            });
  }

  private List<String> common(TargetGroup group) {
    @Nullable List<String> common = null;
    for (RegisteredTarget target : RegisteredTarget.of(group)) {
      if (target.takesTraffic()
          && current.paths().groupsAt(group, target.target())
              instanceof Known.Value<List<String>>(List<String> worn)) {
        common = common == null ? worn : common.stream().filter(worn::contains).toList();
      }
    }
    return common == null ? List.of() : common;
  }

  private Optional<Repair> wear(RegisteredTarget target, List<String> groups) {
    if (target.group().targetType() == TargetType.MACHINE) {
      return Optional.of(new Repair.WearGroups(target.id(), true, groups));
    }
    String text = current.directory().address(target.group(), target.target());
    Cidr address = text == null ? null : Cidr.parse(text);
    NetworkInterface carrier =
        address == null ? null : current.paths().carriers().find(address).carrier();
    return carrier == null || carrier.instance() == null
        ? Optional.empty()
        : Optional.of(new Repair.WearGroups(carrier.id(), false, groups));
  }
}
