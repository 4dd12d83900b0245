package lbresponder.cause;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;

/// Somebody, or the provider, has shifted traffic away from a zone on purpose: its targets are as
/// they were and get nothing. It breaks nothing by itself; it only says why a zone gets no traffic.
final class ZonalShiftActive extends Check {
  ZonalShiftActive() {
    super(
        "Traffic is shifted away from a zone on purpose",
        "Leave it while the zone is in trouble; cancel the zonal shift when it is over.");
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.ofHealth(current.targets());
    List<RegisteredTarget> shifted =
        current.targets().all().stream().filter(target -> override(target).isPresent()).toList();
    if (!shifted.isEmpty()) {
      findings.cause(cause(current, shifted));
    }
    return findings.orRuledOut("no target's zone is shifted away");
  }

  private static Verdict.Cause cause(Case current, List<RegisteredTarget> shifted) {
    String zones =
        shifted.stream()
            .map(target -> Objects.toString(current.zone(target), "an unknown zone"))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return Verdict.Cause.of(
            Confidence.PROVEN,
            zones,
            "%s in %s: the load balancer says %s"
                .formatted(
                    Phrases.count(shifted.size(), "target"),
                    zones,
                    override(shifted.getFirst()).orElse("")))
        .about(shifted);
  }

  private static Optional<String> override(RegisteredTarget target) {
    return target
        .health()
        .map(health -> Optional.ofNullable(health.override()))
        .orElse(Optional.empty());
  }
}
