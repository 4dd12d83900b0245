package lbresponder.report;

import java.util.List;
import lbresponder.evidence.Case;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;

/// What the load balancer's own ports answered a client at this machine, and who it was that
/// answered.
final class ListenerAnswers {
  private ListenerAnswers() {}

  static List<String> of(Case current) {
    return current.probes().read().orElse(List.of()).stream()
        .filter(probe -> probe.purpose() == Purpose.LISTENER)
        .map(probe -> Untrusted.clean(line(probe, current.traits().serverHeader()), 300))
        .toList();
  }

  /// @param own how the load balancer signs its own answers; null: it does not
  private static String line(ProbeResult probe, @Nullable String own) {
    return switch (probe.attempts().getLast()) {
      case Connection.Answered(_, int status, String server) ->
          "%s answers %d%s".formatted(probe.target(), status, by(server, own));
      case Connection.NotDialled(String why) ->
          "%s was not probed: %s".formatted(probe.target(), why);
      case Connection.TimedOut _ ->
          probe.target() + " lets nothing in from this machine, or nobody answers";
      case Connection other -> "%s: %s".formatted(probe.target(), other.getClass().getSimpleName());
    };
  }

  private static String by(@Nullable String server, @Nullable String own) {
    if (server == null) {
      return own == null ? "" : ", passed on from a target or by a rule";
    }
    return own != null && server.startsWith(own)
        ? ", the load balancer itself (%s)".formatted(server)
        : ", passed on from a target (%s)".formatted(server);
  }
}
