package lbresponder.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lbresponder.diagnosis.Impact;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.message.Untrusted;
import lbresponder.report.Report.AttemptPart;
import lbresponder.report.Report.DialPart;
import org.jspecify.annotations.Nullable;

/// What probing the targets met, as data.
final class Dials {
  private Dials() {}

  static List<DialPart> of(Impact impact, ProbeTable probes) {
    return impact.targets().stream()
        .flatMap(
            target ->
                Stream.of(Purpose.values())
                    .map(purpose -> probes.of(target, purpose))
                    .flatMap(Stream::ofNullable)
                    .map(probe -> part(target, probe)))
        .toList();
  }

  private static DialPart part(RegisteredTarget target, ProbeResult probe) {
    return new DialPart(
        Untrusted.clean(target.label(), 200),
        Untrusted.clean(target.group().name(), 100),
        probe.purpose().name(),
        probe.port(),
        probe.from().name(),
        probe.attempts().stream().map(Dials::attempt).toList());
  }

  private static AttemptPart attempt(Connection result) {
    return new AttemptPart(
        result.getClass().getSimpleName(),
        switch (result) {
          case Connection.Answered(_, int status, _) -> status;
          default -> null;
        },
        switch (result) {
          case Connection.NotDialled(String why) -> Untrusted.clean(why, 300);
          case Connection.TlsFailed failed ->
              failed.failure().name().toLowerCase(Locale.ROOT).replace('_', ' ');
          default -> null;
        },
        millis(result));
  }

  private static @Nullable Long millis(Connection result) {
    return switch (result) {
      case Connection.Connected(long millis) -> millis;
      case Connection.Secured(long millis, _, _) -> millis;
      case Connection.Answered(long millis, _, _) -> millis;
      case Connection.AnsweredHttp2(long millis) -> millis;
      case Connection.HeldOpen(long millis, _) -> millis;
      case Connection.ClosedIdle(long millis, _) -> millis;
      case Connection.Refused(long millis) -> millis;
      case Connection.TimedOut(long millis) -> millis;
      case Connection.HostUnreachable(long millis) -> millis;
      case Connection.NetworkUnreachable(long millis) -> millis;
      case Connection.Reset(long millis, _) -> millis;
      case Connection.Closed(long millis, _) -> millis;
      case Connection.Silent(long millis, _) -> millis;
      case Connection.TlsFailed(long millis, _, _) -> millis;
      case Connection.Malformed(long millis, _) -> millis;
      case Connection.NotDialled _ -> null;
    };
  }
}
