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
import org.jspecify.annotations.Nullable;

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
    if (!left(deadline).isPositive()) {
      return facts.withProbes(Known.unknown("no time was left to probe"));
    }
    Known<Map<String, String>> places =
        Background.start(() -> probers.places(""))
            .within(deadline.minus(Limits.INVOKE))
            .orElse(Known.unknown("which probers there are was not told in time"));
    if (!(places instanceof Known.Value<Map<String, String>>(Map<String, String> byPlace))) {
      return facts.withProbes(places.map(_ -> List.<ProbeResult>of()));
    }
    String own = byPlace.get(facts.incident().loadBalancer().arn());
    String near = byPlace.get(facts.wiring().loadBalancer().map(LoadBalancer::network).orElse(""));
    if (own != null) {
      return probe(facts, own, true, deadline);
    }
    return near != null
        ? probe(facts, near, false, deadline)
        : facts.withProbes(
            Known.unknown(
                "no prober is deployed for %s or its VPC (%s)"
                    .formatted(facts.incident().loadBalancer().name(), Settings.PROBERS)));
  }

  /// For the prober itself.
  private static Duration left(Instant deadline) {
    return Duration.between(Instant.now(), deadline).minus(Limits.INVOKE);
  }

  /// Where it stands is read while it probes: what it meets is the same wherever that is.
  ///
  /// @param promised whether it was deployed in the load balancer's place
  private Facts probe(Facts facts, String id, boolean promised, Instant deadline) {
    Background<ProberLocation> locating =
        Background.start(() -> gatherer.locate(facts, id, deadline));
    Facts probed = TargetProbing.probed(facts, prober(id), left(deadline), also);
    ProberLocation location =
        locating
            .within(deadline)
            .orElse(new ProberLocation(facts, List.of(), Known.unknown("it was not read in time")));
    return promised ? judged(location, probed, id) : from(location, probed, null);
  }

  /// The promise that a prober stands in the load balancer's place is held against where it stands
  /// now: security groups and subnets change after a deployment. One that does not, or of which
  /// nobody can tell, speaks for its own path, so that its silence is not blamed on a host.
  private Facts judged(ProberLocation location, Facts probed, String id) {
    String displaced =
        ProberLocation.differences(
                location.place(), probed.wiring().loadBalancer().flatMap(ProberLocation::of))
            .fold(differences -> differences, why -> why, why -> why);
    return displaced.isEmpty() || !probed.evidence().probes().isKnown()
        ? probed
        : from(location, probed, "the prober %s: %s".formatted(probers.name(id), displaced));
  }

  /// The same results, from a prober somewhere in the network.
  private static Facts from(ProberLocation location, Facts probed, @Nullable String displaced) {
    return location
        .facts()
        .withEvidence(
            probed
                .evidence()
                .withDisplaced(displaced)
                .withProbes(
                    probed
                        .evidence()
                        .probes()
                        .map(all -> all.stream().map(probe -> from(location, probe)).toList())));
  }

  private static ProbeResult from(ProberLocation location, ProbeResult probe) {
    return probe.from() == Vantage.HERE
        ? probe
        : probe.withFrom(Vantage.NETWORK).withInterfaces(location.interfaces());
  }

  private Prober prober(String id) {
    return new Prober(
        "the prober " + probers.name(id),
        Vantage.LOAD_BALANCER,
        List.of(),
        request -> ask(probers, id, request, Instant.now().plus(limit(request))));
  }

  /// How long a request may take, there and back.
  private static Duration limit(ProbeRequest request) {
    Integer limit = request.limitMillis();
    return Duration.ofMillis(limit == null ? 0 : limit).plus(Limits.INVOKE);
  }

  /// Asks a prober nothing, to see whether it answers, and to keep it awake.
  ///
  /// @param prober its id, as {@link Probers#places} gives it
  /// @return why not; empty: it does
  public static String reach(Probers probers, String prober, Instant deadline) {
    return ask(probers, prober, new ProbeRequest(List.of(), 1000), deadline)
        .fold(_ -> "", why -> why, why -> why);
  }

  private static Known<ProbeAnswer> ask(
      Probers probers, String prober, ProbeRequest request, Instant deadline) {
    return probers
        .invoke(prober, left -> FactsJson.line(within(request, left)), deadline)
        .flatMap(answer -> read(probers.name(prober), answer, request.endpoints().size()));
  }

  /// The request for a try that begins later: its limit does not outlast the time that is left.
  private static ProbeRequest within(ProbeRequest request, Duration left) {
    Integer limit = request.limitMillis();
    long most = Math.max(1, left.minus(Limits.INVOKE).toMillis());
    return new ProbeRequest(
        request.endpoints(), (int) Math.min(most, limit == null ? Integer.MAX_VALUE : limit));
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
