package lbresponder.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.network.Path.Step;
import org.jspecify.annotations.Nullable;

/// The narrowest repair of a blocked step: one rule, between the load balancer and the targets, on
/// the ports in question.
public final class Openings {
  private static final int MOST_ENTRIES = 32766;

  private Openings() {}

  /// Lets the load balancer in at the target: by its group where it has one, else by its subnets.
  public static List<Repair> intoTarget(Facts facts, Path path, Step step) {
    String group = step.by().split(", ", 2)[0];
    if (group.isEmpty()) {
      return List.of();
    }
    List<String> own = facts.loadBalancer().map(LoadBalancer::securityGroups).orElse(List.of());
    if (!own.isEmpty()) {
      return List.of(
          new Repair.Admit(
              group, true, new SecurityGroup.Group(own.getFirst(), null), path.port()));
    }
    return balancerRanges(facts).stream()
        .<Repair>map(
            range -> new Repair.Admit(group, true, new SecurityGroup.Range(range), path.port()))
        .toList();
  }

  /// Lets the load balancer out to the target's group.
  public static List<Repair> outOfBalancer(Facts facts, Path path, Step step) {
    List<String> worn = groupsAt(facts, path.target());
    return worn.isEmpty()
        ? List.of()
        : List.of(
            new Repair.Admit(
                step.by().split(", ", 2)[0],
                false,
                new SecurityGroup.Group(worn.getFirst(), null),
                path.port()));
  }

  /// Lets the load balancer's subnet and the target's meet, before the entry that denies it.
  public static List<Repair> throughAcl(Facts facts, Path path, Step step) {
    boolean egress =
        step.control() == Path.Control.BALANCER_ACL_OUT
            || step.control() == Path.Control.TARGET_ACL_OUT;
    boolean answer =
        step.control() == Path.Control.TARGET_ACL_OUT
            || step.control() == Path.Control.BALANCER_ACL_IN;
    boolean atBalancer =
        step.control() == Path.Control.BALANCER_ACL_OUT
            || step.control() == Path.Control.BALANCER_ACL_IN;
    int from = answer ? Paths.EPHEMERAL_FROM : path.port();
    int to = answer ? Paths.EPHEMERAL_TO : path.port();
    String remote = atBalancer ? targetRange(facts, path.target()) : sourceRange(facts, path);
    return facts.network().networkAcls().orElse(List.of()).stream()
        .filter(acl -> acl.id().equals(step.by()))
        .findFirst()
        .filter(_ -> !remote.isEmpty())
        .<List<Repair>>map(
            acl ->
                List.of(
                    new Repair.AllowEntry(
                        acl.id(), free(acl, egress, from, to, remote), egress, remote, from, to)))
        .orElse(List.of());
  }

  /// The highest number that is free before the first entry that denies any of it.
  private static int free(NetworkAcl acl, boolean egress, int from, int to, String remote) {
    Cidr range = Cidr.parse(remote);
    Set<Integer> used =
        acl.entries().stream()
            .filter(entry -> entry.egress() == egress)
            .map(Entry::number)
            .collect(Collectors.toSet());
    int denies =
        acl.entries().stream()
            .filter(entry -> entry.egress() == egress && !entry.allow())
            .filter(entry -> touches(entry, from, to, range))
            .mapToInt(Entry::number)
            .min()
            .orElse(MOST_ENTRIES + 1);
    int highest =
        used.stream().filter(number -> number <= MOST_ENTRIES).max(Integer::compare).orElse(90);
    int wanted = denies > MOST_ENTRIES ? Math.min(highest + 10, MOST_ENTRIES) : denies - 1;
    while (wanted > 1 && used.contains(wanted)) {
      wanted--;
    }
    return wanted;
  }

  private static boolean touches(Entry entry, int from, int to, @Nullable Cidr remote) {
    Cidr range = Cidr.parse(entry.cidr());
    boolean ports =
        entry.protocol().equals("-1")
            || ((entry.fromPort() == null || entry.fromPort() <= to)
                && (entry.toPort() == null || from <= entry.toPort()));
    return ports
        && (entry.protocol().equals("-1") || entry.protocol().equals("6"))
        && range != null
        && remote != null
        && range.overlaps(remote);
  }

  private static List<String> balancerRanges(Facts facts) {
    List<String> subnets =
        facts
            .loadBalancer()
            .map(one -> one.zones().stream().map(LoadBalancer.Zone::subnet).toList())
            .orElse(List.of());
    List<String> ranges = new ArrayList<>();
    for (Subnet subnet : facts.network().subnets().orElse(List.of())) {
      if (subnets.contains(subnet.id())) {
        ranges.addAll(subnet.ranges().stream().limit(1).toList());
      }
    }
    return ranges;
  }

  /// The range of the subnet that the path begins in: nodes come and go within it.
  private static String sourceRange(Facts facts, Path path) {
    return facts.network().subnets().orElse(List.of()).stream()
        .flatMap(subnet -> subnet.ranges().stream())
        .filter(
            range -> {
              Cidr parsed = Cidr.parse(range);
              return parsed != null && parsed.contains(path.from());
            })
        .findFirst()
        .orElse("");
  }

  private static String targetRange(Facts facts, Target target) {
    String address =
        facts
            .instance(target.id())
            .orElse(Optional.empty())
            .map(Instance::address)
            .orElse(target.id());
    return facts.network().subnets().orElse(List.of()).stream()
        .flatMap(subnet -> subnet.ranges().stream())
        .filter(range -> Ranges.holds(range, address))
        .findFirst()
        .orElse(
            Cidr.parse(address) == null ? "" : address + (address.contains(":") ? "/128" : "/32"));
  }

  private static List<String> groupsAt(Facts facts, Target target) {
    List<String> ofInstance =
        facts
            .instance(target.id())
            .orElse(Optional.empty())
            .map(Instance::securityGroups)
            .orElse(List.of());
    return !ofInstance.isEmpty()
        ? ofInstance
        : facts.network().interfaces().orElse(List.of()).stream()
            .filter(one -> one.addresses().contains(target.id()))
            .findFirst()
            .map(NetworkInterface::securityGroups)
            .orElse(List.of());
  }
}
