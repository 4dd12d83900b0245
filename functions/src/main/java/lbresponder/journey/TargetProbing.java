package lbresponder.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
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

  /// The facts with what probing showed; Unknown where the prober could not be asked at all. What
  /// it did not answer in time was not tried.
  ///
  /// @param limit how long probing the ports may take; less leaves fewer tries. The prober's answer
  ///   is waited for a little longer, and nothing beyond that
  public static Facts probed(Facts facts, Prober prober, Duration limit, Set<Also> also) {
    Endpoints endpoints = new Endpoints(facts);
    Instant end = Instant.now().plus(limit).plus(Limits.INVOKE);
    Background<List<ProbeResult>> listeners =
        Background.start(
            () ->
                also.contains(Also.LISTENERS)
                    ? ListenerProbe.results(facts, new Sweep(Guard.anywhere()), millis(limit))
                    : List.of());
    List<Answered> ports = ask(prober, batches(endpoints), limit, end);
    if (!ports.isEmpty() && ports.stream().noneMatch(batch -> batch.answer().isKnown())) {
      return facts.withProbes(ports.getFirst().answer().map(_ -> List.<ProbeResult>of()));
    }
    Duration hold = Duration.ofMillis(Endpoint.MOST_HOLD_MILLIS);
    List<Answered> held =
        also.contains(Also.KEEP_ALIVE) && !endpoints.held().isEmpty()
            ? ask(prober, List.of(endpoints.held()), hold, end.plus(hold))
            : List.of();
    Stream<ProbeResult> targets =
        Stream.concat(counting(results(ports)), results(held).stream())
            .map(result -> result(result, prober.from(), prober.interfaces()));
    return facts.withProbes(
        Known.of(
            Stream.concat(targets, listeners.within(end).orElse(List.of()).stream()).toList()));
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

  /// A wave of ports each, and with a target's traffic port its question in the other protocol.
  private static List<List<Endpoint>> batches(Endpoints endpoints) {
    List<Endpoint> all = endpoints.all();
    List<List<Endpoint>> batches = new ArrayList<>();
    int most = Math.min(MOST, all.size());
    for (int i = 0; i < most; i += Sweep.WAVE) {
      List<Endpoint> batch = all.subList(i, Math.min(most, i + Sweep.WAVE));
      batches.add(
          Stream.concat(
                  batch.stream(),
                  batch.stream().flatMap(endpoint -> endpoints.alternate(endpoint).stream()))
              .toList());
    }
    return batches;
  }

  /// One request for each batch, all at the same time.
  ///
  /// @param end an answer that is not there by then is given up
  private static List<Answered> ask(
      Prober prober, List<List<Endpoint>> batches, Duration limit, Instant end) {
    List<Background<Known<ProbeAnswer>>> asked =
        batches.stream()
            .map(batch -> Background.start(() -> answer(prober, batch, millis(limit))))
            .toList();
    List<Answered> answers = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      answers.add(
          new Answered(
              batches.get(i),
              asked
                  .get(i)
                  .within(end)
                  .orElse(
                      Known.unknown(
                          "%s had not finished when the time to probe was over"
                              .formatted(prober.name())))));
    }
    return answers;
  }

  private static int millis(Duration limit) {
    return (int) Math.min(limit.toMillis(), Integer.MAX_VALUE);
  }

  private static Known<ProbeAnswer> answer(Prober prober, List<Endpoint> batch, int limitMillis) {
    try {
      return prober.ask().apply(new ProbeRequest(batch, limitMillis));
    } catch (RuntimeException failed) {
      return Known.unknown("%s could not be asked: %s".formatted(prober.name(), failed));
    }
  }

  /// What was met in the other protocol tells something only of a target whose traffic port never
  /// told anything else.
  private static Stream<Sweep.Result> counting(List<Sweep.Result> results) {
    Set<String> misunderstood =
        results.stream()
            .filter(result -> result.endpoint().purpose() == Purpose.TRAFFIC)
            .filter(Sweep.Result::isMisunderstood)
            .map(result -> result.endpoint().target())
            .collect(Collectors.toSet());
    return results.stream()
        .filter(
            result ->
                result.endpoint().purpose() != Purpose.ALTERNATE_PROTOCOL
                    || (result.isTried() && misunderstood.contains(result.endpoint().target())));
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
