package lbresponder.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;

/// Somebody, or the provider, has shifted traffic away from a zone on purpose: its targets are as
/// they were and get nothing.
final class ZonalShiftActive implements Check {

  @Override
  public String title() {
    return "Traffic is shifted away from a zone on purpose";
  }

  @Override
  public String advice() {
    return "Leave it while the zone is in trouble; cancel the zonal shift when it is over.";
  }

  /// It breaks nothing by itself; it only tells why a zone gets no traffic.
  @Override
  public Set<Symptom> shows() {
    return EnumSet.noneOf(Symptom.class);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Member> shifted =
        seen.members().stream().filter(one -> override(one).isPresent()).toList();
    if (shifted.isEmpty()) {
      return seen.missing().isEmpty()
          ? new Verdict.RuledOut("no target's zone is shifted away")
          : new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    String zones =
        shifted.stream()
            .map(one -> Objects.toString(facts.zoneOf(one.target()), "an unknown zone"))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return new Verdict.Cause(
        Confidence.PROVEN,
        zones,
        shifted,
        List.of(
            "%s in %s: the load balancer says %s"
                .formatted(
                    Words.count(shifted.size(), "target"),
                    zones,
                    override(shifted.getFirst()).orElse(""))),
        List.of());
  }

  private static Optional<String> override(Member member) {
    return member
        .target()
        .health()
        .map(health -> Optional.ofNullable(health.override()))
        .orElse(Optional.empty());
  }
}
