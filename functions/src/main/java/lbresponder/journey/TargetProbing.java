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
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Guard;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;

/// Probes the registered targets: only what was read as registered, and nothing else.
public final class TargetProbing {
  /// Both ports of as many targets as the largest load balancers have; what is beyond is not
  /// probed.
  private static final int MOST = 4 * Sweep.WAVE;

  /// What is asked besides the targets' ports.
  public enum Also {
    /// How long targets keep an idle connection: takes as long as the load balancer's idle timeout,
    /// two minutes at most.
    KEEP_ALIVE,
    /// The load balancer's own listeners, from this machine.
    LISTENERS
  }

  private TargetProbing() {}

  /// The facts with what probing showed; Unknown where the prober could not be asked at all.
  ///
  /// @param limit how long probing the ports may take; less leaves fewer tries
  public static Facts probed(Facts facts, Prober prober, Duration limit, Set<Also> also) {
    Endpoints endpoints = new Endpoints(facts);
    long end = System.nanoTime() + limit.toNanos();
    List<Answered> ports = ask(prober, endpoints.all(), limit);
    if (!ports.isEmpty() && ports.stream().noneMatch(batch -> batch.answer().isKnown())) {
      return facts.withProbes(ports.getFirst().answer().map(_ -> List.<ProbeResult>of()));
    }
    List<Sweep.Result> first = results(ports);
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    List<Answered> alternate =
        left.compareTo(Limits.ASK_AGAIN) < 0
            ? List.of()
            : ask(prober, endpoints.alternate(first), left);
    List<Answered> held =
        also.contains(Also.KEEP_ALIVE)
            ? ask(prober, endpoints.held(), Duration.ofMillis(Endpoint.MOST_HOLD_MILLIS))
            : List.of();
    Stream<ProbeResult> targets =
        Stream.of(first, results(alternate), results(held))
            .flatMap(List::stream)
            .map(result -> result(result, prober.from(), prober.interfaces()));
    Stream<ProbeResult> listeners =
        also.contains(Also.LISTENERS)
            ? ListenerProbe.results(facts, new Sweep(Guard.anywhere())).stream()
            : Stream.of();
    return facts.withProbes(Known.of(Stream.concat(targets, listeners).toList()));
  }

  static ProbeResult result(Sweep.Result result, Vantage from, List<String> interfaces) {
    Endpoint endpoint = result.endpoint();
    return new ProbeResult(
        endpoint.target(),
        endpoint.address(),
        endpoint.port(),
        endpoint.purpose(),
        from,
        interfaces,
        result.attempts());
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

  private static List<Sweep.Result> results(List<Answered> answers) {
    return answers.stream()
        .flatMap(
            batch ->
                batch
                    .answer()
                    .<Stream<Sweep.Result>>fold(
                        answer -> answer.results().stream(),
                        why -> untried(batch, why),
                        why -> untried(batch, why)))
        .toList();
  }

  /// What a batch without an answer asked for was not tried, for the reason that there is none.
  private static Stream<Sweep.Result> untried(Answered batch, String why) {
    return batch.asked().stream()
        .map(endpoint -> new Sweep.Result(endpoint, List.of(new Connection.NotDialled(why))));
  }
}
