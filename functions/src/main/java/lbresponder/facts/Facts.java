package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// Everything that was read about one incident: each part a value, or why not. Grows only by a new
/// kind of fact, never for one check.
///
/// @param readAt when reading began
@RecordBuilder
public record Facts(
    Incident incident,
    Instant readAt,
    Wiring wiring,
    Known<Load> load,
    Fleet fleet,
    Network network,
    Evidence evidence)
    implements FactsBuilder.With {

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
