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

  /// How many are probed at the same time.
  public static final int WAVE = 900;

  static final int MOST_ENDPOINTS = 1000;

  /// For each group, zone and port.
  public static final int REPRESENTATIVES = 20;

  /// In all, for a representative.
  private static final int TRIES = 5;

  /// Between the last tries of a representative: several at the same moment say no more than one.
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

  /// What probing one endpoint showed.
  ///
  /// @param attempts in the order they were made; never empty
  public record Result(Endpoint endpoint, List<Connection> attempts) {}

  private record Port(Endpoint endpoint, InetAddress address, List<Connection> attempts) {}

  /// All attempts, however long they take.
  ///
  /// @return in the order of the endpoints
  /// @throws IllegalArgumentException where an endpoint is malformed: then nothing is probed
  public List<Result> run(List<Endpoint> endpoints) {
    return run(new ProbeRequest(endpoints, null)).results();
  }

  /// @throws IllegalArgumentException naming the field of the request that cannot be used: then
  ///   nothing is probed
  public ProbeAnswer run(ProbeRequest request) {
    long began = System.nanoTime();
    List<Endpoint> endpoints = request.endpoints();
    if (endpoints.size() > MOST_ENDPOINTS) {
      throw new IllegalArgumentException(
          "endpoints: found %,d, expected at most %,d".formatted(endpoints.size(), MOST_ENDPOINTS));
    }
    List<Port> ports = new ArrayList<>();
    for (int i = 0; i < endpoints.size(); i++) {
      ports.add(new Port(endpoints.get(i), address(endpoints.get(i), i), new ArrayList<>()));
    }
    List<Port> allowed = new ArrayList<>();
    for (Port port : ports) {
      String objection = guard.objection(port.address());
      if (objection.isEmpty()) {
        allowed.add(port);
      } else {
        port.attempts().add(new Connection.NotDialled(objection));
      }
    }
    new Attempts(began, request.limitMillis()).all(allowed);
    return new ProbeAnswer(
        ports.stream()
            .map(port -> new Result(port.endpoint(), List.copyOf(port.attempts())))
            .toList(),
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

  /// The attempts of one sweep: those at one port follow each other as fast as descriptors allow.
  private static final class Attempts {
    private final Semaphore descriptors = new Semaphore(WAVE, true);
    private final Map<String, Integer> chosen = new ConcurrentHashMap<>();
    private final long began;
    private final long limitMillis;

    Attempts(long began, @Nullable Integer limitMillis) {
      this.began = began;
      this.limitMillis = limitMillis == null ? Long.MAX_VALUE : limitMillis;
    }

    void all(List<Port> ports) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<List<Connection>>> results =
            ports.stream().map(port -> threads.submit(() -> at(port, threads))).toList();
        for (int i = 0; i < results.size(); i++) {
          ports.get(i).attempts().addAll(await(results.get(i)));
        }
      }
    }

    private List<Connection> at(Port port, ExecutorService threads) throws InterruptedException {
      List<Connection> results = new ArrayList<>();
      results.add(once(port));
      if (results.getFirst() instanceof Connection.TimedOut && isInTime(port, 0)) {
        results.add(once(port));
      }
      if (results.stream().noneMatch(Sweep::isWell) && isRepresentative(port.endpoint())) {
        results.addAll(more(port, TRIES - results.size(), threads));
      }
      return results;
    }

    private List<Connection> more(Port port, int tries, ExecutorService threads) {
      List<Future<List<Connection>>> results = new ArrayList<>();
      for (int i = 0; i < tries && isInTime(port, i); i++) {
        int later = i * STAGGER_MILLIS;
        results.add(
            threads.submit(
                () -> {
                  Thread.sleep(later);
                  return List.of(once(port));
                }));
      }
      return results.stream().flatMap(result -> await(result).stream()).toList();
    }

    private Connection once(Port port) throws InterruptedException {
      descriptors.acquire();
      try {
        return Attempt.at(port.endpoint(), port.address(), CONNECT_MILLIS);
      } finally {
        descriptors.release();
      }
    }

    /// Whether an attempt would be over before the limit, if it began so many staggers from now.
    private boolean isInTime(Port port, int staggers) {
      long most = CONNECT_MILLIS + answer(port.endpoint()) + (long) staggers * STAGGER_MILLIS;
      return passed(began) + most <= limitMillis;
    }

    private boolean isRepresentative(Endpoint endpoint) {
      String kind =
          "%s %s %d %s"
              .formatted(endpoint.group(), endpoint.zone(), endpoint.port(), endpoint.purpose());
      return chosen.merge(kind, 1, Integer::sum) <= REPRESENTATIVES;
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
