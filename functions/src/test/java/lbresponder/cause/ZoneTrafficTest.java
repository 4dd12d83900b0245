package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.target;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Port;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Machines `i-1` and `i-2` are in zone `a`, `i-3` in zone `b`.
class ZoneTrafficTest {
  private static Situation ofOwnZone(Situation situation) {
    return situation.groups(group -> group.withCrossZone(Known.of(false)));
  }

  /// Zone `b` has none that takes traffic, and requests were turned away.
  private static Situation withoutB(Situation situation) {
    return ofOwnZone(situation).failing(Reason.TIMED_OUT, "i-3").counted(Measure.LB_503, 1);
  }

  @ParameterizedTest
  @MethodSource
  void zoneWithoutTargets(SituationRow row) {
    row.holdsFor(new ZoneWithoutTargets());
  }

  static List<SituationRow> zoneWithoutTargets() {
    return List.of(
        row(RULED_OUT, "nodes send to all zones", s -> s.failing(Reason.TIMED_OUT, "i-3"))
            .saying("nodes send to all zones, or each enabled zone has a target"),
        row(RULED_OUT, "each zone has one", s -> ofOwnZone(s)),
        row(
            RULED_OUT,
            "each zone has one that is healthy",
            s -> ofOwnZone(s).failing(Reason.TIMED_OUT, "i-2")),
        row(
                PROVEN,
                "one has none that takes traffic, and requests were turned away",
                s -> withoutB(s))
            .saying("tg has 1 target that takes no traffic in b; cross-zone is off", "[i-3:8080]"),
        row(POSSIBLE, "so, and none was turned away", s -> withoutB(s).counted(Measure.LB_503, 0)),
        row(
            POSSIBLE,
            "so, and how many were turned away could not be read",
            s -> withoutB(s).unread(Measure.LB_503)),
        row(
            PROVEN,
            "so, and server errors are not counted apart",
            s -> withoutB(s).notCounting(Measure.LB_503).counted(Measure.LB_5XX, 1)),
        row(PROVEN, "one has no target", s -> withoutB(s).targets(target("i-1")))
            .saying("tg has no target in b"),
        row(
                PROVEN,
                "one has two that take none",
                s ->
                    ofOwnZone(s).failing(Reason.TIMED_OUT, "i-1", "i-2").counted(Measure.LB_503, 1))
            .saying("tg has 2 targets that take no traffic in a", "[i-1:8080, i-2:8080]"),
        row(RULED_OUT, "no zone has any", s -> withoutB(s).failing(Reason.TIMED_OUT, "i-1", "i-2")),
        row(RULED_OUT, "the group has no target", s -> withoutB(s).targets()),
        row(RULED_OUT, "no listener sends to it", s -> withoutB(s).listeners()),
        row(RULED_OUT, "the zone is not enabled", s -> ZoneChecksTest.enabledIn(withoutB(s), "a")),
        row(UNKNOWN, "health of a target could not be read", s -> withoutB(s).healthUnread("i-1"))
            .saying("zone and health of i-1:8080"),
        row(
            UNKNOWN,
            "where targets are could not be read",
            s -> ZoneChecksTest.machinesUnread(withoutB(s))),
        row(
                UNKNOWN,
                "whether nodes send to all zones could not be read",
                s -> withoutB(s).groups(group -> group.withCrossZone(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(
            UNKNOWN,
            "the load balancer could not be read",
            s -> ZoneChecksTest.unread(withoutB(s))),
        row(UNKNOWN, "some targets could not be read", s -> ZoneChecksTest.groupUnread(s)));
  }

  @ParameterizedTest
  @MethodSource
  void zonalShiftActive(SituationRow row) {
    row.holdsFor(new ZonalShiftActive());
  }

  static List<SituationRow> zonalShiftActive() {
    return List.of(
        row(RULED_OUT, "none is", s -> s).saying("no target's zone is shifted away"),
        row(PROVEN, "one zone is", s -> s.health("i-2", shifted()).health("i-1", shifted()))
            .saying("a\n2 targets in a: the load balancer says shifted", "[i-1:8080, i-2:8080]"),
        row(
                PROVEN,
                "both are",
                s ->
                    s.targets(target("i-3"), target("i-1"))
                        .health("i-3", shifted())
                        .health("i-1", shifted("otherwise")))
            .saying("a, b\n2 targets in a, b: the load balancer says shifted"),
        row(
                PROVEN,
                "where is not known",
                s -> ZoneChecksTest.machinesUnread(s).health("i-1", shifted()))
            .saying("1 target in an unknown zone"),
        row(UNKNOWN, "health of one could not be read", s -> s.healthUnread("i-1")).saying(UNREAD),
        row(UNKNOWN, "some targets could not be read", s -> ZoneChecksTest.groupUnread(s))
            .saying(UNREAD));
  }

  private static TargetHealth shifted() {
    return shifted("shifted");
  }

  private static TargetHealth shifted(String word) {
    return new TargetHealth(State.HEALTHY, null, Port.OPEN, "", "", List.of(), null, word);
  }
}
