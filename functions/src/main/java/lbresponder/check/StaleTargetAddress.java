package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Repair;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.network.Ranges;

/// An address is registered that nothing carries any more: its task, pod or machine is gone and
/// nobody deregistered it. It can be told only inside a subnet of this account; elsewhere others
/// may carry it unseen.
final class StaleTargetAddress implements Check {

  @Override
  public String title() {
    return "A registered address belongs to nothing";
  }

  @Override
  public String advice() {
    return "Deregister the address, and mend whatever should have done so.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.TIMEOUT, Symptom.SILENT, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Member> failing =
        seen.members().stream()
            .filter(one -> one.group().targetType() == TargetType.IP && mayBeStale(one))
            .toList();
    List<String> missing = new ArrayList<>(seen.missing());
    seen.members().stream()
        .filter(one -> one.group().targetType() == TargetType.IP)
        .filter(one -> !one.target().health().isKnown())
        .forEach(one -> missing.add("the health of " + one.label()));
    if (failing.isEmpty()) {
      return missing.isEmpty()
          ? new Verdict.RuledOut("no target that is registered by address fails without an answer")
          : new Verdict.Unknown(String.join("; ", missing));
    }
    if (!(facts.network().subnets() instanceof Known.Value<List<Subnet>>(List<Subnet> subnets))) {
      return new Verdict.Unknown(((Known.Unknown<List<Subnet>>) facts.network().subnets()).why());
    }
    if (!(facts.network().interfaces()
        instanceof Known.Value<List<NetworkInterface>>(List<NetworkInterface> interfaces))) {
      return new Verdict.Unknown(
          ((Known.Unknown<List<NetworkInterface>>) facts.network().interfaces()).why());
    }
    Map<Member, Subnet> stale = new LinkedHashMap<>();
    for (Member member : failing) {
      String address = member.target().id();
      if (interfaces.stream().noneMatch(one -> carries(one, address))) {
        home(address, subnets, facts)
            .ifPresentOrElse(
                subnet -> stale.put(member, subnet),
                () -> missing.add("who has " + address + ", outside the subnets of this account"));
      }
    }
    if (!stale.isEmpty()) {
      return accuse(stale);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("an interface carries each failing address")
        : new Verdict.Unknown(String.join("; ", missing));
  }

  private static boolean mayBeStale(Member member) {
    return member.is(Reason.TIMED_OUT) || member.is(Reason.CHECK_FAILED);
  }

  private static boolean carries(NetworkInterface one, String address) {
    return one.addresses().contains(address)
        || one.prefixes().stream().anyMatch(prefix -> Ranges.holds(prefix, address));
  }

  private static Optional<Subnet> home(String address, List<Subnet> subnets, Facts facts) {
    return subnets.stream()
        .filter(one -> one.owner().equals(facts.incident().loadBalancer().account()))
        .filter(one -> one.ranges().stream().anyMatch(range -> Ranges.holds(range, address)))
        .findFirst();
  }

  private static Verdict accuse(Map<Member, Subnet> stale) {
    List<Member> members = List.copyOf(stale.keySet());
    List<Repair> repairs = new ArrayList<>();
    members.stream()
        .collect(
            Collectors.groupingBy(
                one -> one.group().id(),
                LinkedHashMap::new,
                Collectors.mapping(Member::target, Collectors.<Target>toList())))
        .forEach((group, targets) -> repairs.add(new Repair.Deregister(group, targets)));
    return new Verdict.Cause(
        Confidence.PROVEN,
        members.getFirst().target().id(),
        members,
        stale.entrySet().stream()
            .map(
                one ->
                    "no interface in %s carries %s"
                        .formatted(one.getValue().id(), one.getKey().target().id()))
            .distinct()
            .toList(),
        repairs);
  }
}
