package lbresponder.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.StatusCheck;

/// Unrelated targets of one zone fail together while those of other zones are well. A subnet's
/// rules can do the same, so that without failed checks of the provider's own it is possible at
/// most.
final class ZoneImpaired implements Check {

  @Override
  public String title() {
    return "One zone fails as a whole";
  }

  @Override
  public String advice() {
    return "Look at the provider's status of the zone; shift traffic away from it while it lasts.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.TIMEOUT, Symptom.SILENT, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    if (!seen.missing().isEmpty()) {
      return new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    List<Member> failing = seen.members().stream().filter(Trouble::fails).toList();
    Set<String> zones =
        failing.stream()
            .map(one -> Objects.toString(facts.zoneOf(one.target()), "?"))
            .collect(Collectors.toSet());
    if (zones.size() != 1 || zones.contains("?")) {
      return new Verdict.RuledOut("failing targets are not all of one zone");
    }
    String zone = zones.iterator().next();
    boolean whole =
        seen.members().stream()
            .allMatch(
                one ->
                    zone.equals(facts.zoneOf(one.target()))
                        ? Trouble.fails(one)
                        : one.takesTraffic());
    long targets = failing.stream().map(one -> one.target().id()).distinct().count();
    boolean elsewhere = seen.members().size() > failing.size();
    if (!whole || targets < 2 || !elsewhere) {
      return new Verdict.RuledOut(
          "%s does not fail as a whole while other zones are well".formatted(zone));
    }
    return accuse(facts, failing, zone);
  }

  private static Verdict accuse(Facts facts, List<Member> failing, String zone) {
    Set<String> ids = failing.stream().map(one -> one.target().id()).collect(Collectors.toSet());
    Known<List<StatusCheck>> checks = facts.fleet().statusChecks();
    long impaired =
        checks.orElse(List.of()).stream()
            .filter(one -> one.state() == StatusCheck.State.IMPAIRED && one.name().equals("system"))
            .map(StatusCheck::instance)
            .filter(ids::contains)
            .distinct()
            .count();
    return new Verdict.Cause(
        impaired > 1 ? Confidence.LIKELY : Confidence.POSSIBLE,
        zone,
        failing,
        List.of(
            "all %s in %s fail, and those of other zones are healthy"
                .formatted(Words.count(ids.size(), "target"), zone),
            impaired > 1
                ? "%d of their instances fail the system status check".formatted(impaired)
                : checks.isKnown()
                    ? "the provider's own checks of them find nothing"
                    : "the provider's own checks of them could not be read"),
        List.of());
  }
}
