package lbresponder.probe;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult.Purpose;
import org.jspecify.annotations.Nullable;

/// The attempts of one sweep: those at one port follow each other as fast as descriptors allow.
final class Attempts {
  /// Of the time that an answer may take: a first attempt that has met nothing for so long is
  /// doubted, and the other attempts and the question in the other protocol begin beside it. A slow
  /// target that answers earlier is asked once.
  private static final double DOUBTED = 0.75;

  /// Between the last attempts of a representative: several at the same moment say no more than
  /// one.
  private static final int STAGGER_MILLIS = 100;

  /// @param objection why it may not be probed; empty: it may
  record Port(Endpoint endpoint, InetAddress address, String objection) {
    /// Of one target, whose label it has: others may have the same address and port.
    private String place() {
      return "%s %s %d".formatted(endpoint.target(), endpoint.address(), endpoint.port());
    }

    private boolean is(Purpose purpose) {
      return endpoint.purpose() == purpose;
    }
  }

  private final Semaphore descriptors = new Semaphore(Sweep.WAVE, true);
  private final Map<String, Integer> chosen = new ConcurrentHashMap<>();

  /// Whether targets' traffic ports accept and then fail, as soon as that is known.
  private final Map<String, CompletableFuture<Boolean>> misunderstood = new HashMap<>();

  private final long began;
  private final int limitMillis;

  /// @param limitMillis as {@link ProbeRequest#limitMillis}
  Attempts(long began, @Nullable Integer limitMillis) {
    this.began = began;
    this.limitMillis = limitMillis == null ? Integer.MAX_VALUE : limitMillis;
  }

  /// To be called once.
  ///
  /// @return in the order of the ports
  List<Sweep.Result> all(List<Port> ports) {
    ports.stream()
        .filter(port -> port.is(Purpose.TRAFFIC))
        .forEach(port -> misunderstood.put(port.place(), new CompletableFuture<>()));
    List<Sweep.Result> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Connection>>> attempts =
          ports.stream().map(port -> threads.submit(() -> told(port, threads))).toList();
      for (int i = 0; i < ports.size(); i++) {
        results.add(new Sweep.Result(ports.get(i).endpoint(), await(attempts.get(i))));
      }
    }
    return results;
  }

  /// Whoever waits for what is met at a traffic port hears of it, whatever becomes of the attempts.
  private List<Connection> told(Port port, ExecutorService threads)
      throws InterruptedException, ExecutionException {
    if (!port.objection().isEmpty()) {
      tell(port, false);
      return List.of(new Connection.NotDialled(port.objection()));
    }
    if (port.is(Purpose.ALTERNATE_PROTOCOL)) {
      return List.of(otherwise(port));
    }
    try {
      return at(port, threads);
    } finally {
      tell(port, false);
    }
  }

  /// The first word counts.
  private void tell(Port port, boolean isMisunderstood) {
    CompletableFuture<Boolean> waiting = misunderstood.get(port.place());
    if (port.is(Purpose.TRAFFIC) && waiting != null) {
      waiting.complete(isMisunderstood);
    }
  }

  private Connection otherwise(Port port) throws InterruptedException, ExecutionException {
    CompletableFuture<Boolean> traffic = misunderstood.get(port.place());
    if (traffic != null && !traffic.get()) {
      return new Connection.NotDialled("its traffic port gave no reason to ask otherwise");
    }
    return isRepresentative(port.endpoint()) && isInTime(port, 0)
        ? once(port)
        : new Connection.NotDialled("others like it were asked, or no time was left");
  }

  private List<Connection> at(Port port, ExecutorService threads) throws InterruptedException {
    descriptors.acquire();
    Future<List<Connection>> first = threads.submit(() -> List.of(released(port)));
    Connection met = doubted(port, first);
    if (met == null || Sweep.isMisunderstood(met)) {
      tell(port, true);
    }
    List<Connection> again =
        met instanceof Connection.TimedOut && isInTime(port, 0) ? List.of(once(port)) : List.of();
    boolean isWell = (met != null && Sweep.isWell(met)) || again.stream().anyMatch(Sweep::isWell);
    List<Future<List<Connection>>> more =
        isWell || !isRepresentative(port.endpoint())
            ? List.of()
            : more(port, Sweep.TRIES - 1 - again.size(), threads);
    List<Connection> results = new ArrayList<>(await(first));
    if (met == null && Sweep.isWell(results.getFirst())) {
      more.forEach(doubting -> doubting.cancel(true));
      return results;
    }
    results.addAll(again);
    more.forEach(result -> results.addAll(await(result)));
    return results;
  }

  /// What the first attempt met; null where it is doubted.
  private static @Nullable Connection doubted(Port port, Future<List<Connection>> first)
      throws InterruptedException {
    try {
      Endpoint endpoint = port.endpoint();
      return endpoint.stages().isEmpty() || endpoint.holdMillis() > 0
          ? await(first).getFirst()
          : first.get(doubtedMillis(endpoint), TimeUnit.MILLISECONDS).getFirst();
    } catch (TimeoutException silent) {
      return null;
    } catch (ExecutionException failed) {
      return await(first).getFirst();
    }
  }

  /// Never while it may still connect.
  private static long doubtedMillis(Endpoint endpoint) {
    return Math.max(Sweep.CONNECT_MILLIS + 100, (long) (DOUBTED * endpoint.answerMillis()));
  }

  private List<Future<List<Connection>>> more(Port port, int tries, ExecutorService threads) {
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
    return results;
  }

  private Connection once(Port port) throws InterruptedException {
    descriptors.acquire();
    return released(port);
  }

  /// With a descriptor, which is given back.
  private Connection released(Port port) {
    try {
      int left = (int) (limitMillis - passed());
      return left <= 0
          ? new Connection.NotDialled("not finished: no time was left to probe")
          : Attempt.at(port.endpoint(), port.address(), Sweep.CONNECT_MILLIS, left);
    } finally {
      descriptors.release();
    }
  }

  private long passed() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  /// Whether an attempt would be over before the limit, if it began so many staggers from now.
  private boolean isInTime(Port port, int staggers) {
    long most =
        Sweep.CONNECT_MILLIS + Sweep.answer(port.endpoint()) + (long) staggers * STAGGER_MILLIS;
    return passed() + most <= limitMillis;
  }

  private boolean isRepresentative(Endpoint endpoint) {
    String kind =
        "%s %s %d %s"
            .formatted(endpoint.group(), endpoint.zone(), endpoint.port(), endpoint.purpose());
    return chosen.merge(kind, 1, Integer::sum) <= Sweep.REPRESENTATIVES;
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
}
