package lbresponder.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;

/// The check asks for what the targets do not give: they answer it, with a status that says "not
/// this way".
final class HealthCheckMisconfigured implements Check {
  /// Redirects, and the client errors by which a server refuses the question rather than fails at
  /// it. A 5xx is the application's own failure.
  private static final Set<Integer> NOT_THIS_WAY = Set.of(400, 401, 403, 404, 405, 421);

  /// The gRPC statuses that say the same: not found, permission denied, unimplemented,
  /// unauthenticated.
  private static final Set<Integer> GRPC_NOT_THIS_WAY = Set.of(5, 7, 12, 16);

  @Override
  public String title() {
    return "The health check asks for what the targets do not give";
  }

  @Override
  public String advice() {
    return "Let the check ask for a path that answers with an accepted status, or accept the one"
        + " that is given.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.UNHEALTHY, Symptom.NO_TARGET);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Member> refused = seen.members().stream().filter(one -> isRefused(one)).toList();
    if (!refused.isEmpty()) {
      return Merge.of(
          refused.stream()
              .map(Member::group)
              .distinct()
              .map(
                  group ->
                      accuse(
                          group,
                          refused.stream().filter(one -> one.group().equals(group)).toList()))
              .toList());
    }
    Dials dials = new Dials(facts);
    List<Verdict.Cause> asked =
        seen.members().stream()
            .filter(one -> isUntold(one))
            .flatMap(one -> AskedAsChecked.of(one, dials).stream())
            .toList();
    if (!asked.isEmpty()) {
      return Merge.of(asked);
    }
    if (!seen.missing().isEmpty()) {
      return new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    List<Member> untold =
        seen.members().stream()
            .filter(one -> isUntold(one) && !AskedAsChecked.passes(one, dials))
            .toList();
    return untold.isEmpty()
        ? new Verdict.RuledOut("no target refuses what the health check asks")
        : new Verdict.Unknown(untold(untold, dials));
  }

  private static String untold(List<Member> untold, Dials dials) {
    String asked =
        untold.stream()
            .flatMap(one -> dials.asChecked(one).stream().map(dial -> Dials.met(one, dial)))
            .findFirst()
            .orElse("nobody asked %s from here".formatted(untold.size() == 1 ? "it" : "them"));
    return "what %s to the health check: %s"
        .formatted(
            untold.size() == 1
                ? untold.getFirst().label() + " answers"
                : Words.count(untold.size(), "target") + " answer",
            asked);
  }

  private static boolean isRefused(Member member) {
    List<Integer> codes = member.unexpectedStatuses();
    if ("GRPC".equals(member.group().protocolVersion())) {
      return codes.stream().anyMatch(GRPC_NOT_THIS_WAY::contains);
    }
    return codes.stream().anyMatch(code -> code / 100 == 3 || NOT_THIS_WAY.contains(code))
        && codes.stream().noneMatch(code -> code >= 500);
  }

  /// It fails, and the load balancer does not say what it answers, if anything.
  private static boolean isUntold(Member member) {
    return switch (member.target().health()) {
      case Known.Unknown<TargetHealth> _ -> true;
      case Known.Value<TargetHealth>(TargetHealth health) ->
          Trouble.fails(member)
              && (health.reason() == Reason.TIMED_OUT
                  || health.reason() == Reason.CHECK_FAILED
                  || health.reason() == Reason.OTHER
                  || (health.reason() == Reason.UNEXPECTED_STATUS
                      && health.statusCodes().isEmpty()));
    };
  }

  private static Verdict.Cause accuse(TargetGroup group, List<Member> here) {
    long passing =
        group.targets().orElse(List.of()).stream()
            .filter(target -> target.health().map(TargetHealth::takesTraffic).orElse(false))
            .count();
    HealthCheck check = group.healthCheck();
    List<Integer> codes =
        here.stream()
            .flatMap(one -> one.unexpectedStatuses().stream())
            .distinct()
            .sorted()
            .toList();
    List<String> because = new ArrayList<>();
    because.add(
        "%s %s %s%s with %s; accepted: %s"
            .formatted(
                Words.count(here.size(), "target"),
                here.size() == 1 ? "answers" : "answer",
                check.protocol(),
                check.path() == null ? "" : " " + check.path(),
                codes.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                check.matcher()));
    because.add("an answer means that the network to the checked port is open");
    if (passing > 0) {
      because.add(
          "%s of the group %s the same check: the targets differ, perhaps not the check"
              .formatted(
                  Words.count((int) passing, "other target"), passing == 1 ? "passes" : "pass"));
    }
    return new Verdict.Cause(
        passing == 0 ? Confidence.PROVEN : Confidence.POSSIBLE,
        group.id(),
        here,
        because,
        List.of(repair(group, codes)));
  }

  /// A redirect shows that the path is served, so accepting it is enough; a refusal needs another
  /// path, which only the application's owner knows.
  ///
  /// @param codes what is answered, the lowest first
  static Repair repair(TargetGroup group, Collection<Integer> codes) {
    if (codes.stream().allMatch(code -> code / 100 == 3)) {
      String added = codes.stream().map(String::valueOf).collect(Collectors.joining(","));
      String matcher = group.healthCheck().matcher();
      return new Repair.ChangeHealthCheck(
          group.id(), null, matcher == null ? added : matcher + "," + added, null);
    }
    return new Repair.ChangeHealthCheck(
        group.id(), "<path the targets answer with success>", null, null);
  }
}
