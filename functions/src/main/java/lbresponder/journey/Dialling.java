package lbresponder.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Guard;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;

/// Dials the registered targets: built from what was read as registered, and from nothing else.
public final class Dialling {
  /// What the largest load balancers have, both ports of each; what is beyond is not dialled.
  private static final int MOST = 4 * Sweep.WAVE;

  /// One connect and one longest answer.
  private static final Duration TO_ASK_AGAIN = Duration.ofSeconds(8);

  /// What is asked for besides the targets' ports.
  public enum Also {
    /// How long targets keep an idle connection: takes as long as the load balancer's idle timeout,
    /// two minutes at most.
    KEEP_ALIVE,
    /// The load balancer's own listeners, from this machine.
    FRONT_DOOR
  }

  private Dialling() {}

  /// The facts with what dialling met; Unknown where the prober could not be asked at all.
  ///
  /// @param limit how long dialling the ports may take; less leaves fewer tries
  public static Facts dialled(Facts facts, Prober prober, Duration limit, Set<Also> also) {
    Endpoints endpoints = new Endpoints(facts);
    List<Endpoint> all = endpoints.all();
    long end = System.nanoTime() + limit.toNanos();
    List<Answered> first = ask(prober, all, limit);
    if (!first.isEmpty() && first.stream().allMatch(one -> !one.answer().isKnown())) {
      return facts.withDials(
          first.getFirst().answer().flatMap(_ -> Known.<List<Dial>>of(List.of())));
    }
    List<Sweep.Result> results = results(first);
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    List<Answered> second =
        left.compareTo(TO_ASK_AGAIN) < 0
            ? List.of()
            : ask(prober, endpoints.otherwise(results), left);
    List<Answered> third =
        also.contains(Also.KEEP_ALIVE)
            ? ask(prober, endpoints.held(), Duration.ofMillis(Endpoint.MOST_HOLD_MILLIS))
            : List.of();
    Stream<Dial> targets =
        Stream.of(results, results(second), results(third))
            .flatMap(List::stream)
            .map(one -> dial(one.endpoint(), one.attempts(), prober.from(), prober.interfaces()));
    Stream<Dial> door =
        also.contains(Also.FRONT_DOOR)
            ? FrontDoor.dials(facts, new Sweep(Guard.anywhere())).stream()
            : Stream.of();
    return facts.withDials(Known.of(Stream.concat(targets, door).toList()));
  }

  static Dial dial(
      Endpoint endpoint, List<Connection> attempts, Dial.Vantage from, List<String> interfaces) {
    return new Dial(
        endpoint.target(),
        endpoint.address(),
        endpoint.port(),
        endpoint.purpose(),
        from,
        interfaces,
        attempts);
  }

  private record Answered(List<Endpoint> asked, Known<ProbeAnswer> answer) {}

  /// One request for each wave, all at the same time.
  private static List<Answered> ask(Prober prober, List<Endpoint> endpoints, Duration limit) {
    List<List<Endpoint>> batches = new ArrayList<>();
    int most = Math.min(MOST, endpoints.size());
    for (int i = 0; i < most; i += Sweep.WAVE) {
      batches.add(endpoints.subList(i, Math.min(most, i + Sweep.WAVE)));
    }
    int limitMillis = (int) Math.min(limit.toMillis(), Integer.MAX_VALUE);
    List<Answered> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Known<ProbeAnswer>>> asked =
          batches.stream()
              .map(
                  batch ->
                      threads.submit(
                          () -> prober.ask().apply(new ProbeRequest(batch, limitMillis))))
              .toList();
      for (int i = 0; i < asked.size(); i++) {
        answers.add(new Answered(batches.get(i), await(asked.get(i))));
      }
    }
    return answers;
  }

  private static Known<ProbeAnswer> await(Future<Known<ProbeAnswer>> answer) {
    try {
      return answer.get();
    } catch (ExecutionException failed) {
      return Known.unknown("the prober could not be asked: " + failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Known.unknown("interrupted");
    }
  }

  /// What a batch without an answer asked for is not dialled, for the reason there is none.
  private static List<Sweep.Result> results(List<Answered> answers) {
    List<Sweep.Result> results = new ArrayList<>();
    for (Answered one : answers) {
      switch (one.answer()) {
        case Known.Value<ProbeAnswer>(ProbeAnswer answer) -> results.addAll(answer.results());
        case Known.Unknown<ProbeAnswer>(String why) ->
            one.asked()
                .forEach(
                    endpoint ->
                        results.add(
                            new Sweep.Result(endpoint, List.of(new Connection.NotDialled(why)))));
      }
    }
    return results;
  }
}
