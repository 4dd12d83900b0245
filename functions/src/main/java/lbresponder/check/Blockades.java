package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.network.Hop;
import lbresponder.network.Latent;
import lbresponder.network.Path;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.Step;
import lbresponder.network.Paths;
import lbresponder.network.Repairs;

/// What the checks of the network have in common: which targets' paths are looked at, and what a
/// blocked one means.
///
/// A path that the load balancer itself shows to be open (a passing check, an answer of any status,
/// and on an Application Load Balancer a failure that is not a time-out) cannot be blocked,
/// whatever the rules seem to say.
final class Blockades {
  /// Which ports are looked at.
  enum Port {
    TRAFFIC,
    /// The health check's, where it is another than the traffic port and traffic is not blocked.
    HEALTH_CHECK,
    EITHER
  }

  /// What would open a blocked step; empty: nobody can tell.
  interface Opening {
    /// @param facts with the openings before it made already
    List<Repair> of(Facts facts, Path path, Step step);
  }

  /// One blocked path.
  private record Blocked(Member member, Path path, Step step) {}

  private final Facts facts;
  private final Paths paths;
  private final Dials dials;
  private final Set<Control> controls;
  private final List<Blocked> denied = new ArrayList<>();
  private final List<Blocked> partial = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final Set<String> latent = new LinkedHashSet<>();

  private Blockades(Facts facts, Set<Control> controls) {
    this.facts = facts;
    this.paths = new Paths(facts);
    this.dials = new Dials(facts);
    this.controls = controls;
  }

  /// @param open what the innocent sentence says is not blocked: `security groups`
  static Verdict judge(Facts facts, Set<Control> controls, Port port, String open, Opening repair) {
    Seen seen = Seen.in(facts);
    Blockades blockades = new Blockades(facts, controls);
    List<Member> reached =
        seen.members().stream().filter(one -> isReached(one) && hasPath(one)).toList();
    if (reached.isEmpty()) {
      return seen.missing().isEmpty()
          ? new Verdict.RuledOut("no target that has a network path fails to answer")
          : new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    if (!blockades.paths.missing().isEmpty()) {
      return new Verdict.Unknown(blockades.paths.missing());
    }
    reached.forEach(member -> blockades.look(member, port));
    blockades.missing.addAll(seen.missing());
    return blockades.verdict(open, repair);
  }

  private static boolean hasPath(Member member) {
    TargetType type = member.group().targetType();
    return type == TargetType.INSTANCE || type == TargetType.IP;
  }

  /// Whether anything is sent to it: what is stopped, unused or leaving is not reached for other
  /// reasons than the network.
  private static boolean isReached(Member member) {
    return member
        .target()
        .health()
        .map(
            health ->
                health.state() == State.HEALTHY
                    || health.state() == State.UNHEALTHY
                    || health.state() == State.UNHEALTHY_DRAINING
                    || health.state() == State.UNAVAILABLE)
        .orElse(true);
  }

  private void look(Member member, Port port) {
    Integer traffic = member.target().port();
    Integer checked = member.checkedPort();
    if (traffic == null || isUdp(member.group())) {
      return;
    }
    if (port == Port.TRAFFIC || port == Port.EITHER) {
      collect(member, traffic, checked == null || checked.equals(traffic));
    }
    if (checked != null
        && !checked.equals(traffic)
        && port != Port.TRAFFIC
        && (port == Port.EITHER || !isDenied(member, traffic))) {
      collect(member, checked, true);
    }
  }

  private static boolean isUdp(TargetGroup group) {
    return group.protocol().equals("UDP") || group.protocol().equals("QUIC");
  }

  private boolean isDenied(Member member, int port) {
    return paths.to(member.group(), member.target(), port).stream()
        .flatMap(path -> path.blockers().stream())
        .anyMatch(step -> controls.contains(step.control()));
  }

  /// @param told whether health speaks of this port
  private void collect(Member member, int port, boolean told) {
    if ((told && isShownOpen(member)) || dials.passesAll(member, port)) {
      return;
    }
    List<Path> all = paths.to(member.group(), member.target(), port);
    if (all.isEmpty()) {
      missing.add("where %s is".formatted(member.label()));
    }
    if (controls.contains(Control.TARGET_GROUPS)) {
      latent.addAll(Latent.of(paths, member.group(), member.target(), port));
    }
    for (Path path : all) {
      for (Step step : path.steps()) {
        if (!controls.contains(step.control())) {
          continue;
        }
        switch (step.hop()) {
          case Hop.Denied _ -> denied.add(new Blocked(member, path, step));
          case Hop.Partial _ -> partial.add(new Blocked(member, path, step));
          case Hop.Unknown(String why) -> missing.add(why);
          case Hop.Allowed _ -> {}
        }
      }
    }
  }

  private boolean isShownOpen(Member member) {
    return member
        .target()
        .health()
        .map(
            health ->
                health.state() == State.HEALTHY
                    || health.reason() == Reason.UNEXPECTED_STATUS
                    || (health.reason() == Reason.CHECK_FAILED
                        && facts.incident().loadBalancer().kind() == Kind.APPLICATION))
        .orElse(false);
  }

  private Verdict verdict(String open, Opening repair) {
    if (!denied.isEmpty()) {
      return accuse(denied, Confidence.PROVEN, repair);
    }
    if (!partial.isEmpty()) {
      return accuse(
          partial,
          partial.stream().allMatch(one -> one.path().from().isAddress())
              ? Confidence.LIKELY
              : Confidence.POSSIBLE,
          repair);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut(
            Stream.concat(
                    Stream.of("no %s block what the load balancer sends".formatted(open)),
                    latent.stream().limit(2))
                .collect(Collectors.joining("; ")))
        : new Verdict.Unknown(
            String.join("; ", missing.stream().limit(3).toList())
                + (missing.size() > 3 ? "; and more" : ""));
  }

  private Verdict.Cause accuse(List<Blocked> blocked, Confidence surest, Opening repair) {
    boolean known = blocked.stream().allMatch(one -> one.member().target().health().isKnown());
    List<Member> members = blocked.stream().map(Blocked::member).distinct().toList();
    return new Verdict.Cause(
        known ? surest : Confidence.POSSIBLE,
        blocked.getFirst().step().by(),
        members,
        sentences(blocked),
        repairs(blocked, repair),
        shows(members));
  }

  /// Each seen with those before it made, so that no two are the same or take the same place.
  private List<Repair> repairs(List<Blocked> blocked, Opening repair) {
    List<Repair> repairs = new ArrayList<>();
    Facts mended = facts;
    for (Blocked one : blocked) {
      for (Repair next : repair.of(mended, one.path(), one.step())) {
        if (repairs.stream().noneMatch(made -> opensTheSame(made, next))) {
          repairs.add(next);
          mended = Repairs.apply(mended, next).orElse(mended);
        }
      }
    }
    return repairs;
  }

  private static boolean opensTheSame(Repair one, Repair other) {
    return one.equals(other)
        || (one
                instanceof
                Repair.AllowEntry(String acl, _, boolean egress, String cidr, int from, int to)
            && other instanceof Repair.AllowEntry entry
            && entry.equals(new Repair.AllowEntry(acl, entry.number(), egress, cidr, from, to)));
  }

  /// One for each way in which it is blocked, with how many it blocks.
  private static List<String> sentences(List<Blocked> blocked) {
    Map<String, Set<String>> byReason = new LinkedHashMap<>();
    for (Blocked one : blocked) {
      byReason
          .computeIfAbsent(
              one.step().control().words() + ": " + reason(one.step().hop()),
              _ -> new LinkedHashSet<>())
          .add(one.member().label() + " from " + one.path().zone());
    }
    return byReason.entrySet().stream()
        .limit(10)
        .map(
            one ->
                "%s (%s)"
                    .formatted(
                        one.getKey(),
                        one.getValue().size() == 1
                            ? "the path to " + one.getValue().iterator().next()
                            : one.getValue().size() + " paths"))
        .collect(Collectors.toList());
  }

  private static String reason(Hop hop) {
    return switch (hop) {
      case Hop.Allowed(String by) -> by;
      case Hop.Denied(String by) -> by;
      case Hop.Partial(String by, String open) -> "%s lets only %s pass".formatted(by, open);
      case Hop.Unknown(String why) -> why;
    };
  }

  /// Where all targets of a Classic Load Balancer are cut off, it has nowhere to send.
  private Set<Symptom> shows(List<Member> members) {
    Set<Symptom> shows = EnumSet.of(Symptom.TIMEOUT, Symptom.SILENT, Symptom.UNHEALTHY);
    if (facts.incident().loadBalancer().kind() == Kind.CLASSIC
        && !Serving.remains(facts, members)) {
      shows.add(Symptom.NO_TARGET);
      shows.add(Symptom.OVERFLOW);
    }
    return shows;
  }

  /// What a check of the network can look like at all.
  static Set<Symptom> shows() {
    return EnumSet.of(
        Symptom.TIMEOUT, Symptom.SILENT, Symptom.UNHEALTHY, Symptom.NO_TARGET, Symptom.OVERFLOW);
  }
}
