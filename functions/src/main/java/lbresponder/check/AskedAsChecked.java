package lbresponder.check;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lbresponder.facts.Connection;
import lbresponder.facts.Connection.Answered;
import lbresponder.facts.Connection.TlsFailed;
import lbresponder.facts.Connection.TlsFailure;
import lbresponder.facts.Dial;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Repair;

/// What a target answered a prober that asked what the health check asks.
final class AskedAsChecked {
  private AskedAsChecked() {}

  /// Whether it gave what the check accepts, in time.
  static boolean passes(Member member, Dials dials) {
    HealthCheck check = member.group().healthCheck();
    return dials.asChecked(member).stream()
        .anyMatch(
            dial ->
                Dials.any(
                    dial,
                    met ->
                        met instanceof Answered answer
                            && check.accepts(answer.status())
                            && !isLate(answer, check)));
  }

  /// Whether it answered with an error of the application's own, every time.
  static boolean fails(Dial dial) {
    return Dials.all(dial, met -> met instanceof Answered answer && answer.status() >= 500);
  }

  private static boolean isLate(Answered answer, HealthCheck check) {
    return answer.millis() > check.timeoutSeconds() * 1000L;
  }

  /// The accusation of the check's settings, where an answer makes one.
  static Optional<Verdict.Cause> of(Member member, Dials dials) {
    return dials.asChecked(member).stream().flatMap(dial -> of(member, dial).stream()).findFirst();
  }

  private static Optional<Verdict.Cause> of(Member member, Dial dial) {
    HealthCheck check = member.group().healthCheck();
    if (Dials.all(dial, met -> isRefusal(met, check))) {
      return Optional.of(
          cause(
              member,
              dial,
              "%s answers %s %s with %s from %s; accepted: %s"
                  .formatted(
                      member.label(),
                      check.protocol(),
                      check.path() == null ? "/" : check.path(),
                      codes(dial).stream().map(String::valueOf).collect(Collectors.joining(", ")),
                      Dials.place(dial),
                      check.matcher()),
              List.of(HealthCheckMisconfigured.repair(member.group(), codes(dial)))));
    }
    if (Dials.all(dial, met -> met instanceof Answered answer && isLate(answer, check))) {
      return Optional.of(
          cause(
              member,
              dial,
              "%s answers after more than the %d s that the check waits"
                  .formatted(member.label(), check.timeoutSeconds()),
              List.of()));
    }
    boolean plain =
        dial.purpose() == Dial.Purpose.HEALTH_CHECK
            && Dials.all(
                dial,
                met -> met instanceof TlsFailed failed && failed.failure() == TlsFailure.PLAINTEXT);
    return plain
        ? Optional.of(
            cause(
                member,
                dial,
                "the check speaks %s, and %s:%d does not speak TLS"
                    .formatted(check.protocol(), member.target().id(), dial.port()),
                List.of(new Repair.ChangeHealthCheck(member.group().id(), null, null, "HTTP"))))
        : Optional.empty();
  }

  private static boolean isRefusal(Connection met, HealthCheck check) {
    return met instanceof Answered answer
        && answer.status() < 500
        && !check.accepts(answer.status());
  }

  private static SortedSet<Integer> codes(Dial dial) {
    TreeSet<Integer> codes = new TreeSet<>();
    for (Connection met : dial.attempts()) {
      if (met instanceof Answered answer) {
        codes.add(answer.status());
      }
    }
    return codes;
  }

  /// Where others of the group pass the same check, the targets differ, and perhaps not the check.
  private static Verdict.Cause cause(
      Member member, Dial dial, String because, List<Repair> repairs) {
    boolean alone = Member.of(member.group()).stream().noneMatch(Member::takesTraffic);
    return new Verdict.Cause(
        alone ? Dials.surest(dial) : Confidence.POSSIBLE,
        member.group().id(),
        List.of(member),
        List.of(because),
        repairs);
  }
}
