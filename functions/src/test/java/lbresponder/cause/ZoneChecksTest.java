package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer.Zone;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Machines `i-1` and `i-2` are in zone `a`, `i-3` in zone `b`.
class ZoneChecksTest {
  static Situation groupUnread(Situation situation) {
    return situation.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)));
  }

  static Situation machinesUnread(Situation situation) {
    return situation.fleet(fleet -> fleet.withInstances(Known.unknown(UNREAD)));
  }

  @ParameterizedTest
  @MethodSource
  void zoneImpaired(SituationRow row) {
    row.holdsFor(new ZoneImpaired());
  }

  static List<SituationRow> zoneImpaired() {
    return List.of(
        row(RULED_OUT, "none fails", s -> s).saying("no target fails"),
        row(RULED_OUT, "one of two in a zone fails", s -> s.failing(Reason.TIMED_OUT, "i-1"))
            .saying("a does not fail as a whole while other zones are well"),
        row(RULED_OUT, "the only one in a zone fails", s -> s.failing(Reason.TIMED_OUT, "i-3")),
        row(POSSIBLE, "both of a zone fail", s -> zoneFails(s))
            .saying(
                "a\nall 2 targets in a fail, and those of other zones are healthy",
                "the provider's own checks of them find nothing",
                "[i-1:8080, i-2:8080]"),
        row(RULED_OUT, "one of each zone fails", s -> s.failing(Reason.TIMED_OUT, "i-1", "i-3"))
            .saying("failing targets are not all of one zone"),
        row(RULED_OUT, "all fail", s -> s.failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3")),
        row(
            RULED_OUT,
            "that of the other zone is not healthy",
            s -> zoneFails(s).inState(State.INITIAL, "i-3")),
        row(
            RULED_OUT,
            "there is no other zone",
            s -> zoneFails(s.targets(target("i-1"), target("i-2")))),
        row(
            RULED_OUT,
            "one machine fails on two ports",
            s -> zoneFails(s.targets(target("i-1"), target("i-1").withPort(9), target("i-3")))),
        row(UNKNOWN, "where they are is not known", s -> machinesUnread(zoneFails(s)))
            .saying("which zone i-1:8080 is in; which zone i-2:8080 is in; which zone i-3"),
        row(
                UNKNOWN,
                "where one that is healthy is, is not known",
                s -> zoneFails(s.targets(target("i-1"), target("i-2"), target("i-9"))))
            .saying("which zone i-9:8080 is in"),
        row(
                RULED_OUT,
                "a function fails",
                s ->
                    machinesUnread(zoneFails(s))
                        .groups(group -> group.withTargetType(TargetType.FUNCTION)))
            .saying("what fails has no address, and so no zone"),
        row(
            UNKNOWN,
            "a function fails, and health of another is not known",
            s ->
                zoneFails(s)
                    .groups(group -> group.withTargetType(TargetType.FUNCTION))
                    .targets(target("f-1"), target("f-2"))
                    .failing(Reason.TIMED_OUT, "f-1")
                    .healthUnread("f-2")),
        row(UNKNOWN, "health of one is not known", s -> zoneFails(s).healthUnread("i-3"))
            .saying(UNREAD),
        row(
            RULED_OUT,
            "both zones fail, whatever the health of another",
            s -> s.failing(Reason.TIMED_OUT, "i-1", "i-3").healthUnread("i-2")),
        row(LIKELY, "checks of two hosts find it", s -> checks(zoneFails(s), "i-1", "i-2"))
            .saying("2 of their instances fail the system status check"),
        row(POSSIBLE, "checks of one host find it", s -> checks(zoneFails(s), "i-1", "i-1", "i-3"))
            .saying("1 of their instances fails the system status check"),
        row(
                POSSIBLE,
                "checks could not be read",
                s -> zoneFails(s).fleet(fleet -> fleet.withStatusChecks(Known.unknown(UNREAD))))
            .saying("the provider's own checks of them could not be read"),
        row(
                POSSIBLE,
                "the provider checks no machines",
                s ->
                    zoneFails(s)
                        .fleet(fleet -> fleet.withStatusChecks(Known.none("no such thing"))))
            .saying("the provider does not check them"),
        row(
                POSSIBLE,
                "checks of hosts pass, and those of machines do not",
                s ->
                    zoneFails(s)
                        .fleet(
                            fleet ->
                                fleet.withStatusChecks(
                                    Known.of(
                                        List.of(
                                            status(
                                                "i-1", Subject.MACHINE, StatusCheck.State.IMPAIRED),
                                            status(
                                                "i-2", Subject.MACHINE, StatusCheck.State.IMPAIRED),
                                            status("i-1", Subject.HOST, StatusCheck.State.OK),
                                            status("i-2", Subject.HOST, StatusCheck.State.OK))))))
            .saying("2 of their instances fail the instance status check, which speaks of"),
        row(UNKNOWN, "some targets could not be read", s -> groupUnread(zoneFails(s))));
  }

  private static Situation zoneFails(Situation situation) {
    return situation.failing(Reason.TIMED_OUT, "i-1", "i-2");
  }

  private static StatusCheck status(String id, Subject of, StatusCheck.State state) {
    return SituationFleet.statusCheck(id, of, state);
  }

  private static Situation checks(Situation situation, String... impaired) {
    return situation.fleet(
        fleet ->
            fleet.withStatusChecks(
                Known.of(
                    List.of(impaired).stream()
                        .map(id -> status(id, Subject.HOST, StatusCheck.State.IMPAIRED))
                        .toList())));
  }

  static Situation enabledIn(Situation situation, String... zones) {
    return situation.loadBalancer(
        found ->
            found.withZones(
                List.of(zones).stream().map(zone -> new Zone(zone, "subnet-" + zone)).toList()));
  }

  @ParameterizedTest
  @MethodSource
  void zoneNotEnabled(SituationRow row) {
    row.holdsFor(new ZoneNotEnabled());
  }

  static List<SituationRow> zoneNotEnabled() {
    return List.of(
        row(RULED_OUT, "both zones are enabled", s -> s)
            .saying("every target is in an enabled zone"),
        row(PROVEN, "one zone is not", s -> enabledIn(s, "a"))
            .saying("i-3:8080 is in b: healthy", "the load balancer is enabled in a", "[i-3:8080]"),
        row(PROVEN, "the load balancer says so", s -> s.failing(Reason.ZONE_NOT_ENABLED, "i-1"))
            .saying("i-1:8080 is in a: unused (ZONE_NOT_ENABLED)", "[i-1:8080]"),
        row(
                PROVEN,
                "it says so of a target whose zone is not known",
                s -> machinesUnread(s).failing(Reason.ZONE_NOT_ENABLED, "i-1"))
            .saying("i-1:8080 is in another zone"),
        row(
                PROVEN,
                "it says so, and could not be read itself",
                s -> unread(s).failing(Reason.ZONE_NOT_ENABLED, "i-1"))
            .saying("(ZONE_NOT_ENABLED)\n[i-1:8080]"),
        row(RULED_OUT, "the load balancer has no zones", s -> enabledIn(s)),
        row(RULED_OUT, "it could not be read, and health says nothing of it", s -> unread(s)),
        row(
                UNKNOWN,
                "neither it nor a target's health could be read",
                s -> unread(s).healthUnread("i-1"))
            .saying(UNREAD),
        row(
            RULED_OUT,
            "a target's health could not be read, and its zone is enabled",
            s -> s.healthUnread("i-1")),
        row(
            UNKNOWN,
            "so, and machines could not be read either",
            s -> machinesUnread(s).healthUnread("i-1")),
        row(
            RULED_OUT,
            "so, and registrations tell the zone",
            s ->
                machinesUnread(s)
                    .healthUnread("i-1")
                    .target("i-1", found -> found.withZone("a"))
                    .target("i-2", found -> found.withZone("a"))
                    .target("i-3", found -> found.withZone("b"))),
        row(
            UNKNOWN,
            "so, and all registrations but one tell the zone",
            s ->
                machinesUnread(s)
                    .healthUnread("i-1")
                    .target("i-1", found -> found.withZone("a"))
                    .target("i-2", found -> found.withZone("a"))),
        row(
            RULED_OUT,
            "so, and targets are registered by address",
            s ->
                machinesUnread(s)
                    .healthUnread("i-1")
                    .groups(group -> group.withTargetType(TargetType.ADDRESS))),
        row(UNKNOWN, "some targets could not be read", s -> groupUnread(s)));
  }

  static Situation unread(Situation situation) {
    return situation.wiring(wiring -> wiring.withLoadBalancer(Known.unknown(UNREAD)));
  }

  @Test
  void requestsFindNoTargetOnlyWhereNoneIsLeft() {
    assertThat(cause(enabledIn(new Situation(), "a")).symptoms())
        .isEqualTo(Set.of(Symptom.UNHEALTHY));
    assertThat(cause(enabledIn(new Situation(), "c")).symptoms())
        .isEqualTo(Set.of(Symptom.UNHEALTHY, Symptom.NO_TARGET));
  }

  private static Verdict.Cause cause(Situation situation) {
    return (Verdict.Cause) situation.examine(new ZoneNotEnabled());
  }
}
