package lbresponder.probe;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lbresponder.facts.Connection;

/// Many endpoints at once, in waves that fit the 1,024 descriptors of a function. What did not
/// connect at first is tried again, a few representatives of each group, zone and port often enough
/// to tell a port that never answers from one that sometimes does.
public final class Sweep {
  /// How long a connect may take, in milliseconds: a packet that is lost once is sent again after
  /// one second.
  public static final int CONNECT_MILLIS = 1500;

  static final int WAVE = 900;
  static final int MOST_ENDPOINTS = 1000;

  /// For each group, zone and port.
  private static final int REPRESENTATIVES = 20;

  /// In all, for a representative.
  private static final int TRIES = 5;

  private final Guard guard;

  public Sweep(Guard guard) {
    this.guard = guard;
  }

  /// No sweep takes longer, in milliseconds: two connects for each wave, three more for the
  /// representatives, and one longest answer for each of these rounds.
  public static long bound(List<Endpoint> endpoints) {
    long waves = Math.ceilDiv((long) endpoints.size(), WAVE);
    long answer =
        endpoints.stream()
            .filter(one -> !one.stages().isEmpty())
            .mapToInt(Endpoint::answerMillis)
            .max()
            .orElse(0);
    return (2 * waves + 3) * (CONNECT_MILLIS + answer);
  }

  /// What dialling one endpoint met.
  ///
  /// @param attempts in the order they were made; never empty
  public record Result(Endpoint endpoint, List<Connection> attempts) {}

  private record Line(Endpoint endpoint, InetAddress address, List<Connection> met) {
    boolean isDropped() {
      return met.getLast() instanceof Connection.TimedOut;
    }
  }

  /// @return in the order of the endpoints
  /// @throws IllegalArgumentException where an endpoint is malformed: then nothing is dialled
  public List<Result> run(List<Endpoint> endpoints) {
    if (endpoints.size() > MOST_ENDPOINTS) {
      throw new IllegalArgumentException(
          "endpoints: found %,d, expected at most %,d".formatted(endpoints.size(), MOST_ENDPOINTS));
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < endpoints.size(); i++) {
      lines.add(new Line(endpoints.get(i), address(endpoints.get(i), i), new ArrayList<>()));
    }
    List<Line> allowed = new ArrayList<>();
    for (Line line : lines) {
      String objection = guard.objection(line.address());
      if (objection.isEmpty()) {
        allowed.add(line);
      } else {
        line.met().add(new Connection.NotDialled(objection));
      }
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < allowed.size(); i += WAVE) {
        List<Line> wave = allowed.subList(i, Math.min(allowed.size(), i + WAVE));
        round(wave, threads);
        round(wave.stream().filter(Line::isDropped).toList(), threads);
      }
      for (int i = 1; i < TRIES; i++) {
        round(representatives(allowed), threads);
      }
    }
    return lines.stream()
        .map(line -> new Result(line.endpoint(), List.copyOf(line.met())))
        .toList();
  }

  private static InetAddress address(Endpoint endpoint, int index) {
    String wrong = endpoint.wrong();
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("endpoints[%d].%s".formatted(index, wrong));
    }
    try {
      return InetAddress.ofLiteral(endpoint.address());
    } catch (IllegalArgumentException name) {
      throw new IllegalArgumentException(
          "endpoints[%d].address: found `%s`, expected an IPv4 or IPv6 address"
              .formatted(index, endpoint.address().replaceAll("[^ -~]", "?")),
          name);
    }
  }

  /// Each line is written to by its own attempt only, and read when all have ended.
  private static void round(List<Line> lines, ExecutorService threads) {
    List<Future<Connection>> attempts =
        lines.stream()
            .map(
                one ->
                    threads.submit(() -> Attempt.at(one.endpoint(), one.address(), CONNECT_MILLIS)))
            .toList();
    for (int i = 0; i < attempts.size(); i++) {
      lines.get(i).met().add(await(attempts.get(i)));
    }
  }

  private static Connection await(Future<Connection> attempt) {
    try {
      return attempt.get();
    } catch (ExecutionException failed) {
      return new Connection.NotDialled("the attempt failed: " + failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Connection.NotDialled("interrupted");
    }
  }

  /// Those that failed every time and have not been tried often enough.
  private static List<Line> representatives(List<Line> lines) {
    Map<String, Integer> chosen = new HashMap<>();
    List<Line> again = new ArrayList<>();
    for (Line one : lines) {
      Endpoint endpoint = one.endpoint();
      String place = "%s %s %d".formatted(endpoint.group(), endpoint.zone(), endpoint.port());
      if (one.met().stream().noneMatch(Sweep::isWell)
          && chosen.merge(place, 1, Integer::sum) <= REPRESENTATIVES
          && one.met().size() < TRIES) {
        again.add(one);
      }
    }
    return again;
  }

  private static boolean isWell(Connection connection) {
    return connection instanceof Connection.Connected
        || connection instanceof Connection.Secured
        || connection instanceof Connection.Answered
        || connection instanceof Connection.AnsweredHttp2
        || connection instanceof Connection.NotDialled;
  }
}
