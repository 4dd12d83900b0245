package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that was read about one incident: each part a value, or why not. Grows only by a new
/// kind of fact, never for one check.
///
/// @param readAt when reading began
/// @param doubt why nobody could tell whether all this is of the load balancer's own account; null:
///   it is, or there are no accounts
@RecordBuilder
public record Facts(
    Incident incident,
    Instant readAt,
    Wiring wiring,
    Known<Load> load,
    Fleet fleet,
    Network network,
    Evidence evidence,
    @Nullable String doubt)
    implements FactsBuilder.With {

  /// Facts of the load balancer's own account.
  public Facts(
      Incident incident,
      Instant readAt,
      Wiring wiring,
      Known<Load> load,
      Fleet fleet,
      Network network,
      Evidence evidence) {
    this(incident, readAt, wiring, load, fleet, network, evidence, null);
  }

  /// Facts of which nothing was read, for one reason.
  public static Facts unknown(Incident incident, Instant readAt, String why) {
    return new Facts(
        incident,
        readAt,
        Wiring.unknown(why),
        Known.unknown(why),
        Fleet.unknown(why),
        Network.unknown(why),
        new Evidence(Known.unknown(why), Known.unknown(why)));
  }

  /// The one reason for which nothing was read; empty: something was, or the reasons differ.
  public Optional<String> unread() {
    Stream<Known<?>> read =
        Stream.of(
            wiring.loadBalancer(),
            wiring.listeners(),
            wiring.targetGroups(),
            load,
            fleet.instances(),
            network.securityGroups());
    List<String> reasons =
        read.map(fact -> fact instanceof Known.Unknown<?>(String why) ? why : "")
            .distinct()
            .toList();
    return reasons.size() == 1 && !reasons.getFirst().isEmpty()
        ? Optional.of(reasons.getFirst())
        : Optional.empty();
  }

  /// The target groups that could be read.
  public List<TargetGroup> targetGroups() {
    return wiring.targetGroups().orElse(List.of());
  }

  /// Copies with each target group that could be read changed.
  public Facts mapTargetGroups(UnaryOperator<TargetGroup> change) {
    return withWiring(
        wiring.withTargetGroups(
            wiring.targetGroups().map(all -> all.stream().map(change).toList())));
  }

  /// A copy with other probe results.
  public Facts withProbes(Known<List<ProbeResult>> probes) {
    return withEvidence(evidence.withProbes(probes));
  }
}
