package lbresponder.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Gatherer;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.Probers;
import lbresponder.journey.TargetProbing.Also;
import lbresponder.json.FactsJson;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;

/// Probing by the prober that is deployed for the load balancer, else by the one for its network.
/// Whatever goes wrong is why targets were not probed, and nothing more: the diagnosis goes on
/// without.
public final class DeployedProbing implements Probing {
  private final Probers probers;
  private final Gatherer gatherer;
  private final Set<Also> also;

  /// @param gatherer reads where a prober stands that is not in its load balancer's place
  /// @param also what is asked besides the targets' ports
  public DeployedProbing(Probers probers, Gatherer gatherer, Set<Also> also) {
    this.probers = probers;
    this.gatherer = gatherer;
    this.also = Set.copyOf(also);
  }

  @Override
  public Facts probe(Facts facts, Instant deadline) {
    if (facts.wiring().loadBalancer() instanceof Known.None<LoadBalancer>) {
      return facts;
    }
    Known<Map<String, String>> places = probers.places("");
    if (!(places instanceof Known.Value<Map<String, String>>(Map<String, String> byPlace))) {
      return facts.withProbes(places.map(_ -> List.<ProbeResult>of()));
    }
    Duration limit = Duration.between(Instant.now(), deadline).minus(Limits.INVOKE);
    if (limit.isNegative()) {
      return facts.withProbes(Known.unknown("no time was left to probe"));
    }
    String own = byPlace.get(facts.incident().loadBalancer().arn());
    if (own != null) {
      Prober prober = prober(own, Vantage.LOAD_BALANCER, List.of());
      return TargetProbing.probed(facts, prober, limit, also);
    }
    String near = byPlace.get(facts.wiring().loadBalancer().map(LoadBalancer::network).orElse(""));
    if (near == null) {
      return facts.withProbes(
          Known.unknown(
              "no prober is deployed for %s or its VPC (%s)"
                  .formatted(facts.incident().loadBalancer().name(), Settings.PROBERS)));
    }
    ProberLocation location = gatherer.locate(facts, near, deadline);
    Prober prober = prober(near, Vantage.NETWORK, location.interfaces());
    return TargetProbing.probed(location.facts(), prober, limit, also);
  }

  private Prober prober(String id, Vantage from, List<String> interfaces) {
    return new Prober("the prober " + id, from, interfaces, request -> ask(probers, id, request));
  }

  /// Asks a prober nothing, to see whether it answers.
  ///
  /// @param prober its id, as {@link Probers#places} gives it
  /// @return why not; empty: it does
  public static String reach(Probers probers, String prober) {
    return ask(probers, prober, new ProbeRequest(List.of(), 1000))
        .fold(_ -> "", why -> why, why -> why);
  }

  private static Known<ProbeAnswer> ask(Probers probers, String prober, ProbeRequest request) {
    int limit = request.limitMillis() == null ? 0 : request.limitMillis();
    Duration patience = Duration.ofMillis(limit).plus(Limits.INVOKE);
    return probers
        .invoke(prober, FactsJson.line(request), patience)
        .flatMap(answer -> read(prober, answer, request.endpoints().size()));
  }

  private static Known<ProbeAnswer> read(String prober, String json, int asked) {
    try {
      ProbeAnswer answer = FactsJson.read(json, ProbeAnswer.class);
      return answer.results().size() == asked
          ? Known.of(answer)
          : Known.unknown(
              "the prober %s answered %d of %d".formatted(prober, answer.results().size(), asked));
    } catch (IllegalArgumentException malformed) {
      return Known.unknown("the prober %s: %s".formatted(prober, malformed.getMessage()));
    }
  }
}
