package lbresponder.testing;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.facts.Connection;
import lbresponder.facts.Connection.Stage;
import lbresponder.facts.Connection.TlsFailure;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;

/// What probing the targets of a {@link Situation} showed.
public final class SituationProbes {
  private SituationProbes() {}

  /// Of port 8080.
  public static ProbeResult probe(String id, Purpose purpose, Vantage from, String tries) {
    return probe(id, 8080, purpose, from, tries);
  }

  /// Of any port of a target that is registered with 8080.
  ///
  /// @param tries as in {@link #tries}
  public static ProbeResult probe(
      String id, int port, Purpose purpose, Vantage from, String tries) {
    return new ProbeResult(id + ":8080", id, port, purpose, from, List.of(), tries(tries));
  }

  /// Reads `4 Refused, 1 Answered 200`: how often, what, and its detail: a status, and after it the
  /// milliseconds it took; of idle connections and unreachable hosts the milliseconds alone; of
  /// failed handshakes why.
  public static List<Connection> tries(String text) {
    return Stream.of(text.split(", ", -1)).flatMap(SituationProbes::same).toList();
  }

  private static Stream<Connection> same(String text) {
    String[] words = text.split(" ", -1);
    Connection result =
        result(words[1], words.length > 2 ? words[2] : "", words.length > 3 ? words[3] : "1");
    return IntStream.range(0, Integer.parseInt(words[0])).mapToObj(_ -> result);
  }

  private static Connection result(String name, String detail, String millis) {
    return switch (name) {
      case "Connected" -> new Connection.Connected(1);
      case "Secured" -> new Connection.Secured(1, "TLSv1.3", "any");
      case "Answered" ->
          new Connection.Answered(Long.parseLong(millis), Integer.parseInt(detail), null);
      case "AnsweredHttp2" -> new Connection.AnsweredHttp2(1);
      case "HeldOpen" -> new Connection.HeldOpen(1, Long.parseLong(detail));
      case "ClosedIdle" -> new Connection.ClosedIdle(1, Long.parseLong(detail));
      case "Refused" -> new Connection.Refused(1);
      case "TimedOut" -> new Connection.TimedOut(1);
      case "HostUnreachable" -> new Connection.HostUnreachable(Long.parseLong(detail));
      case "NetworkUnreachable" -> new Connection.NetworkUnreachable(1);
      case "Reset" -> new Connection.Reset(1, Stage.HTTP);
      case "Closed" -> new Connection.Closed(1, Stage.HTTP);
      case "Silent" -> new Connection.Silent(1, Stage.HTTP);
      case "TlsFailed" -> new Connection.TlsFailed(1, TlsFailure.valueOf(detail), "");
      case "Malformed" -> new Connection.Malformed(1, "no HTTP");
      case "NotDialled" -> new Connection.NotDialled(Situation.UNREAD);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
