package lbresponder.probe;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import lbresponder.facts.Connection;
import org.jspecify.annotations.Nullable;

/// Many endpoints at once, in waves that fit the 1,024 descriptors of a function. What did not
/// connect at first is tried again, a few representatives of each group, zone and port often enough
/// to tell a port that never answers from one that sometimes does.
public final class Sweep {
  /// How long a connect may take, in milliseconds: a packet that is lost once is sent again after
  /// one second.
  public static final int CONNECT_MILLIS = 1500;

  /// How many are dialled at the same time.
  public static final int WAVE = 900;

  static final int MOST_ENDPOINTS = 1000;

  /// For each group, zone and port.
  public static final int REPRESENTATIVES = 20;

  /// In all, for a representative.
  public static final int TRIES = 5;

  private final Guard guard;

  public Sweep(Guard guard) {
    this.guard = guard;
  }

  /// No sweep takes longer, in milliseconds, but for the machine's own delays: for each wave two
  /// connects, and three more for the representatives. Where anything is said after the connect,
  /// each of these may take one longest answer more, and so may asking again those that accept.
  public static long bound(List<Endpoint> endpoints) {
    long waves = Math.ceilDiv((long) endpoints.size(), WAVE);
    long answer = endpoints.stream().mapToLong(Sweep::answer).max().orElse(0);
    long again = answer == 0 ? 0 : Math.ceilDiv((long) endpoints.size() * (TRIES - 1), WAVE);
    return (2 * waves + TRIES - 2 + again) * (CONNECT_MILLIS + answer);
  }

  private static long answer(Endpoint endpoint) {
    return endpoint.stages().isEmpty() ? 0 : endpoint.answerMillis() + endpoint.holdMillis();
  }

  /// What dialling one endpoint met.
  ///
  /// @param attempts in the order they were made; never empty
  public record Result(Endpoint endpoint, List<Connection> attempts) {}

  private record Line(Endpoint endpoint, InetAddress address, List<Connection> met) {
    boolean isDropped() {
      return met.getLast() instanceof Connection.TimedOut;
    }

    /// It accepts, and then something is wrong: that does not depend on when it is asked.
    boolean isAccepted() {
      return !(met.getLast() instanceof Connection.TimedOut
          || met.getLast() instanceof Connection.Refused
          || met.getLast() instanceof Connection.HostUnreachable
          || met.getLast() instanceof Connection.NetworkUnreachable);
    }
  }

  /// Every round of every attempt.
  ///
  /// @return in the order of the endpoints
  /// @throws IllegalArgumentException where an endpoint is malformed: then nothing is dialled
  public List<Result> run(List<Endpoint> endpoints) {
    return run(new ProbeRequest(endpoints, null)).results();
  }

  /// @throws IllegalArgumentException naming the field of the request that cannot be used: then
  ///   nothing is dialled
  public ProbeAnswer run(ProbeRequest request) {
    long began = System.nanoTime();
    List<Endpoint> endpoints = request.endpoints();
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
    try (Rounds rounds = new Rounds(began, request.limitMillis())) {
      rounds.all(allowed);
    }
    return new ProbeAnswer(
        lines.stream().map(line -> new Result(line.endpoint(), List.copyOf(line.met()))).toList(),
        passed(began),
        bound(endpoints));
  }

  private static long passed(long began) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
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

  /// The attempts of one sweep, round by round.
  private static final class Rounds implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final long began;
    private final long limitMillis;

    Rounds(long began, @Nullable Integer limitMillis) {
      this.began = began;
      this.limitMillis = limitMillis == null ? Long.MAX_VALUE : limitMillis;
    }

    void all(List<Line> lines) {
      for (int i = 0; i < lines.size(); i += WAVE) {
        List<Line> wave = lines.subList(i, Math.min(lines.size(), i + WAVE));
        round(wave, true);
        round(wave.stream().filter(Line::isDropped).toList(), false);
      }
      List<Line> accepted = representatives(lines, Line::isAccepted);
      List<Line> again = new ArrayList<>();
      for (Line one : accepted) {
        for (int tries = one.met().size(); tries < TRIES; tries++) {
          again.add(one);
        }
      }
      for (int i = 0; i < again.size(); i += WAVE) {
        round(again.subList(i, Math.min(again.size(), i + WAVE)), false);
      }
      for (int i = 1; i < TRIES; i++) {
        round(representatives(lines, one -> !one.isAccepted()), false);
      }
    }

    /// Each attempt is awaited before the next round, and written down in the order of the lines.
    private void round(List<Line> lines, boolean always) {
      if (lines.isEmpty() || (!always && passed(began) + longest(lines) > limitMillis)) {
        return;
      }
      List<Future<Connection>> attempts =
          lines.stream()
              .map(
                  one ->
                      threads.submit(
                          () -> Attempt.at(one.endpoint(), one.address(), CONNECT_MILLIS)))
              .toList();
      for (int i = 0; i < attempts.size(); i++) {
        lines.get(i).met().add(await(attempts.get(i)));
      }
    }

    private static long longest(Collection<Line> lines) {
      return CONNECT_MILLIS
          + lines.stream().mapToLong(one -> answer(one.endpoint())).max().orElse(0);
    }

    @Override
    public void close() {
      threads.close();
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
  private static List<Line> representatives(List<Line> lines, Predicate<Line> of) {
    Map<String, Integer> chosen = new HashMap<>();
    List<Line> again = new ArrayList<>();
    for (Line one : lines) {
      Endpoint endpoint = one.endpoint();
      String place =
          "%s %s %d %s"
              .formatted(endpoint.group(), endpoint.zone(), endpoint.port(), endpoint.purpose());
      if (one.met().stream().noneMatch(Sweep::isWell)
          && of.test(one)
          && chosen.merge(place, 1, Integer::sum) <= REPRESENTATIVES
          && one.met().size() < TRIES) {
        again.add(one);
      }
    }
    return again;
  }

  private static boolean isWell(Connection connection) {
    return switch (connection) {
      case Connection.Connected _,
          Connection.Secured _,
          Connection.Answered _,
          Connection.AnsweredHttp2 _,
          Connection.HeldOpen _,
          Connection.ClosedIdle _,
          Connection.NotDialled _ ->
          true;
      case Connection.Refused _,
          Connection.TimedOut _,
          Connection.HostUnreachable _,
          Connection.NetworkUnreachable _,
          Connection.Reset _,
          Connection.Closed _,
          Connection.Silent _,
          Connection.TlsFailed _,
          Connection.Malformed _ ->
          false;
    };
  }
}
