package lbresponder.probe;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import lbresponder.facts.Connection;
import org.jspecify.annotations.Nullable;

/// Many endpoints at once, as many as fit the 1,024 descriptors of a function. What says nothing is
/// tried again, and a few representatives of each group, zone and port that fail are tried often
/// enough to tell a port that never answers from one that sometimes does.
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
  private static final int TRIES = 5;

  /// Between the last tries of a representative: all at one moment would be one try.
  private static final int STAGGER_MILLIS = 100;

  private final Guard guard;

  public Sweep(Guard guard) {
    this.guard = guard;
  }

  /// No sweep takes longer, in milliseconds, but for the machine's own delays: two connects for
  /// each {@link #WAVE} endpoints, and three more for the representatives. Where anything is said
  /// after the connect, each of these may take one longest answer more, and so may asking again
  /// those that accept.
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

  private record Line(Endpoint endpoint, InetAddress address, List<Connection> met) {}

  /// All attempts, however long they take.
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
    new Chase(began, request.limitMillis()).all(allowed);
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

  /// The attempts of one sweep: each endpoint's follow one another as fast as descriptors allow.
  private static final class Chase {
    private final Semaphore descriptors = new Semaphore(WAVE, true);
    private final Map<String, Integer> chosen = new ConcurrentHashMap<>();
    private final long began;
    private final long limitMillis;

    Chase(long began, @Nullable Integer limitMillis) {
      this.began = began;
      this.limitMillis = limitMillis == null ? Long.MAX_VALUE : limitMillis;
    }

    void all(List<Line> lines) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<List<Connection>>> met =
            lines.stream().map(line -> threads.submit(() -> tries(line, threads))).toList();
        for (int i = 0; i < met.size(); i++) {
          lines.get(i).met().addAll(await(met.get(i)));
        }
      }
    }

    private List<Connection> tries(Line line, ExecutorService threads) throws InterruptedException {
      List<Connection> met = new ArrayList<>();
      met.add(attempt(line));
      if (met.getFirst() instanceof Connection.TimedOut && isInTime(line, 0)) {
        met.add(attempt(line));
      }
      if (met.stream().noneMatch(Sweep::isWell) && isRepresentative(line.endpoint())) {
        List<Future<List<Connection>>> more = new ArrayList<>();
        for (int i = 0; met.size() + i < TRIES && isInTime(line, i); i++) {
          int later = i * STAGGER_MILLIS;
          more.add(
              threads.submit(
                  () -> {
                    Thread.sleep(later);
                    return List.of(attempt(line));
                  }));
        }
        more.forEach(one -> met.addAll(await(one)));
      }
      return met;
    }

    private Connection attempt(Line line) throws InterruptedException {
      descriptors.acquire();
      try {
        return Attempt.at(line.endpoint(), line.address(), CONNECT_MILLIS);
      } finally {
        descriptors.release();
      }
    }

    private boolean isInTime(Line line, int place) {
      long most = CONNECT_MILLIS + answer(line.endpoint()) + (long) place * STAGGER_MILLIS;
      return passed(began) + most <= limitMillis;
    }

    private boolean isRepresentative(Endpoint one) {
      String place = "%s %s %d %s".formatted(one.group(), one.zone(), one.port(), one.purpose());
      return chosen.merge(place, 1, Integer::sum) <= REPRESENTATIVES;
    }
  }

  private static List<Connection> await(Future<List<Connection>> attempts) {
    try {
      return attempts.get();
    } catch (ExecutionException failed) {
      return List.of(new Connection.NotDialled("the attempt failed: " + failed.getCause()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of(new Connection.NotDialled("interrupted"));
    }
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
