package lbresponder.cause;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.AsClients;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.CheckAnswers;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection.TlsFailed;
import lbresponder.facts.Connection.TlsFailure;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;

/// The check asks for what the targets do not give: they answer it, with a status that says "not
/// this way".
final class HealthCheckMisconfigured extends Check {
  /// "Not now" rather than "not this way": what is asked may be right.
  private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);

  /// The gRPC statuses by which a server refuses the question rather than fails at it: invalid
  /// argument, not found, permission denied, unimplemented, unauthenticated; and success, where
  /// another one is accepted.
  private static final Set<Integer> GRPC_NOT_THIS_WAY = Set.of(0, 3, 5, 7, 12, 16);

  /// From this on answers are clearly slower than in the hour before.
  private static final double SLOWER = 1.5;

  HealthCheckMisconfigured() {
    super(
        "The health check asks for what the targets do not give",
        "Let the check ask for a path that answers with an accepted status, or accept the one"
            + " that is given.",
        Symptom.UNHEALTHY,
        Symptom.NO_TARGET);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    Map<String, List<RegisteredTarget>> refused = new LinkedHashMap<>();
    for (RegisteredTarget target : current.targets().all()) {
      if (isRefused(target)) {
        refused.computeIfAbsent(target.group().id(), _ -> new ArrayList<>()).add(target);
      }
    }
    refused
        .values()
        .forEach(
            targets ->
                findings.cause(AsClients.of(current, targets).weigh(refusal(current, targets))));
    if (!findings.hasCause()) {
      addProbed(current, findings);
    }
    return findings.orRuledOut("no target refuses what the health check asks");
  }

  /// By anything but a 5xx, which is the application's own failure.
  private static boolean isRefused(RegisteredTarget target) {
    List<Integer> codes = target.unexpectedStatuses();
    if (target.group().protocolVersion() == ProtocolVersion.GRPC) {
      return codes.stream().anyMatch(GRPC_NOT_THIS_WAY::contains);
    }
    return !codes.isEmpty() && codes.stream().allMatch(code -> 200 <= code && code < 500);
  }

  private static Confidence atMost(Collection<Integer> codes) {
    return NOT_NOW.containsAll(codes) ? Confidence.POSSIBLE : Confidence.PROVEN;
  }

  private static Verdict.Cause refusal(Case current, List<RegisteredTarget> refused) {
    TargetGroup group = refused.getFirst().group();
    HealthCheck check = group.healthCheck();
    long passing = current.serving().in(group);
    List<Integer> codes =
        refused.stream()
            .flatMap(target -> target.unexpectedStatuses().stream())
            .distinct()
            .sorted()
            .toList();
    List<String> because = new ArrayList<>();
    because.add(
        "%s %s %s%s with %s; accepted: %s"
            .formatted(
                Phrases.count(refused.size(), "target"),
                refused.size() == 1 ? "answers" : "answer",
                check.protocol(),
                check.path() == null ? "" : " " + check.path(),
                list(codes),
                check.matcher()));
    because.add("an answer means that the network to the checked port is open");
    if (passing > 0) {
      because.add(
          "%s of the group %s the same check: the targets differ, perhaps not the check"
              .formatted(Phrases.count(passing, "other target"), passing == 1 ? "passes" : "pass"));
    }
    return Verdict.Cause.of(passing == 0 ? atMost(codes) : Confidence.POSSIBLE, group.id(), because)
        .about(refused)
        .repairedBy(passing == 0 ? repairs(group, codes) : List.of());
  }

  private static String list(Collection<Integer> codes) {
    return codes.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /// A redirect shows that the path is served, so accepting it is enough; a refusal needs another
  /// path, which only the application's owner knows. What is refused for now needs neither.
  ///
  /// @param codes what is answered, the lowest first
  private static List<Repair> repairs(TargetGroup group, Collection<Integer> codes) {
    return NOT_NOW.containsAll(codes) ? List.of() : List.of(repair(group, codes));
  }

  private static Repair repair(TargetGroup group, Collection<Integer> codes) {
    if (codes.stream().allMatch(code -> code / 100 == 3)) {
      String added = codes.stream().map(String::valueOf).collect(Collectors.joining(","));
      String matcher = group.healthCheck().matcher();
      return new Repair.ChangeHealthCheck(
          group.id(), null, matcher == null ? added : matcher + "," + added, null);
    }
    return new Repair.ChangeHealthCheck(
        group.id(), "<path the targets answer with success>", null, null);
  }

  /// Where the load balancer does not say what targets answer, probes may.
  private static void addProbed(Case current, Findings findings) {
    List<RegisteredTarget> open = new ArrayList<>();
    for (RegisteredTarget target : current.targets().all()) {
      if (!isUntold(target)) {
        continue;
      }
      Optional<Verdict.Cause> cause =
          current.probes().asChecked(target).stream()
              .flatMap(probe -> probed(current, target, probe).stream())
              .findFirst();
      cause.ifPresent(findings::cause);
      if (cause.isEmpty() && !CheckAnswers.passes(target, current.probes())) {
        open.add(target);
      }
    }
    if (!open.isEmpty()) {
      findings.missing(untold(open, current.probes()));
    }
  }

  /// It fails, and the load balancer does not say what it answers, if anything.
  private static boolean isUntold(RegisteredTarget target) {
    return target.health().map(health -> health.fails() && isUntold(health)).orElse(true);
  }

  private static boolean isUntold(TargetHealth health) {
    return switch (health.reason()) {
      case TIMED_OUT, ANSWER_TIMED_OUT, MALFORMED, CHECK_FAILED, OTHER -> true;
      case UNEXPECTED_STATUS -> health.statusCodes().isEmpty();
      case null, default -> false;
    };
  }

  private static String untold(List<RegisteredTarget> open, Probes probes) {
    String asked =
        open.stream()
            .flatMap(
                target ->
                    probes.asChecked(target).stream().map(probe -> Probes.result(target, probe)))
            .findFirst()
            .orElse("nobody asked %s from here".formatted(open.size() == 1 ? "it" : "them"));
    return "what %s to the health check: %s"
        .formatted(
            open.size() == 1
                ? open.getFirst().label() + " answers"
                : Phrases.count(open.size(), "target") + " answer",
            asked);
  }

  /// What a probe that asked what the check asks says of the check's settings.
  private static Optional<Verdict.Cause> probed(
      Case current, RegisteredTarget target, ProbeResult probe) {
    HealthCheck check = target.group().healthCheck();
    if (CheckAnswers.areRefusals(probe, check)) {
      Collection<Integer> codes = CheckAnswers.statuses(probe);
      String because =
          "%s answers %s %s with %s from %s; accepted: %s"
              .formatted(
                  target.label(),
                  check.protocol(),
                  check.path() == null ? "/" : check.path(),
                  list(codes),
                  Probes.place(probe),
                  check.matcher());
      return Optional.of(
          AsClients.of(current, List.of(target))
              .weigh(probed(current, target, probe, because))
              .atMost(atMost(codes))
              .repairedBy(isAlone(current, target) ? repairs(target.group(), codes) : List.of()));
    }
    if (CheckAnswers.areLate(probe, check)) {
      String because =
          "%s answers after more than the %d s that the check waits"
              .formatted(target.label(), check.timeoutSeconds());
      return Optional.of(slow(current, probed(current, target, probe, because)));
    }
    return isPlain(probe) ? Optional.of(plain(current, target, probe)) : Optional.empty();
  }

  /// Where clients wait longer than usual too, the targets are slow, and the check is right.
  private static Verdict.Cause slow(Case current, Verdict.Cause cause) {
    double slowness = current.counts().slowness().orElse(1.0);
    return slowness < SLOWER
        ? cause
        : cause
            .and(
                "clients' requests take %s times as long as usual too"
                    .formatted(Phrases.number(slowness)))
            .atMost(Confidence.POSSIBLE);
  }

  private static boolean isPlain(ProbeResult probe) {
    return probe.purpose() == Purpose.HEALTH_CHECK
        && Probes.all(
            probe,
            result ->
                result instanceof TlsFailed failed && failed.failure() == TlsFailure.PLAINTEXT);
  }

  private static Verdict.Cause plain(Case current, RegisteredTarget target, ProbeResult probe) {
    String because =
        "the check speaks %s, and %s does not speak TLS"
            .formatted(target.group().healthCheck().protocol(), Probes.at(target, probe));
    return probed(current, target, probe, because)
        .repairedBy(
            isAlone(current, target)
                ? List.of(
                    new Repair.ChangeHealthCheck(target.group().id(), null, null, Protocol.HTTP))
                : List.of());
  }

  /// Whether no other passes the check: one that does may fail what the check is changed to.
  private static boolean isAlone(Case current, RegisteredTarget target) {
    return !current.serving().remainsIn(target.group());
  }

  /// Where others of the group pass the same check, the targets differ, and perhaps not the check.
  private static Verdict.Cause probed(
      Case current, RegisteredTarget target, ProbeResult probe, String because) {
    return Verdict.Cause.of(
            isAlone(current, target) ? Confidence.ofPlace(probe) : Confidence.POSSIBLE,
            target.group().id(),
            because)
        .about(target);
  }
}
