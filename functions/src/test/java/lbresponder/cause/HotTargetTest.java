package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.Situation.minute;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.target;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.Usage;
import lbresponder.facts.Usage.Holder;
import lbresponder.facts.Usage.Resource;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HotTargetTest {
  @ParameterizedTest
  @MethodSource
  void hotTarget(SituationRow row) {
    row.holdsFor(new HotTarget());
  }

  private static Situation used(Situation situation, Usage... usage) {
    return situation
        .failing(Reason.TIMED_OUT, "i-1")
        .fleet(fleet -> fleet.withUsage(Known.of(List.of(usage))));
  }

  private static Usage machine(String id, double before, double now) {
    return usage(id, Holder.MACHINE, before, now);
  }

  private static Usage usage(String id, Holder holder, double before, double now) {
    return new Usage(
        id,
        holder,
        Resource.CPU,
        Known.of(List.of(new Point(minute(-30), before), new Point(minute(5), now))));
  }

  /// Two targets in one zone and one in the other, of which each keeps its requests.
  private static Situation lopsided(Situation situation, double seconds) {
    return situation
        .groups(group -> group.withCrossZone(Known.of(false)))
        .load(load -> load.during(Measure.RESPONSE_TIME, null, seconds));
  }

  static List<SituationRow> hotTarget() {
    return List.of(
        row(RULED_OUT, "all is well", s -> s).saying("in no group"),
        row(
                LIKELY,
                "one is full, another idle",
                s -> used(s, machine("i-1", 40, 90), machine("i-2", 40, 59)))
            .saying(
                "i-1: CPU was 90 %, 40 % in the time before", "i-2: CPU was 59 %", "[i-1:8080]"),
        row(
                LIKELY,
                "and clients stay where they are",
                s ->
                    used(s, machine("i-1", 40, 97), machine("i-2", 40, 30))
                        .group("tg", group -> group.withSticky(Known.of(true))))
            .saying("clients stay with the target"),
        row(
            RULED_OUT,
            "one is not quite full",
            s -> used(s, machine("i-1", 40, 89), machine("i-2", 40, 9))),
        row(
            RULED_OUT,
            "the others are as busy",
            s -> used(s, machine("i-1", 40, 97), machine("i-2", 40, 60))),
        row(
            POSSIBLE,
            "it was nearly full before",
            s -> used(s, machine("i-1", 75, 97), machine("i-2", 40, 30))),
        row(UNKNOWN, "the others were not read", s -> used(s, machine("i-1", 40, 97))),
        row(UNKNOWN, "it was not read", s -> used(s, machine("i-2", 40, 30))),
        row(
            UNKNOWN,
            "an older recording",
            s -> used(s).fleet(fleet -> fleet.withUsage(Known.unknown(UNREAD)))),
        row(
                LIKELY,
                "the mean of its scaling group is low",
                s ->
                    used(s, machine("i-1", 40, 97), usage("asg", Holder.SCALING_GROUP, 40, 55))
                        .machine("i-1", SituationFleet.keptBy("asg")))
            .saying("asg: the mean CPU was 55 %"),
        row(
            UNKNOWN,
            "the mean is another scaling group's",
            s -> used(s, machine("i-1", 40, 97), usage("other", Holder.SCALING_GROUP, 40, 55))),
        row(
            RULED_OUT,
            "there is only one",
            s -> used(s.targets(target("i-1")), machine("i-1", 40, 97))),
        row(
            RULED_OUT,
            "two fail",
            s ->
                used(s, machine("i-1", 40, 97), machine("i-3", 40, 30))
                    .failing(Reason.TIMED_OUT, "i-2")),
        row(POSSIBLE, "one has a zone for itself, and answers are slower", s -> lopsided(s, 0.75))
            .saying("1 target in b, 2 in another zone", "1.5 times as long", "[i-3:8080]"),
        row(RULED_OUT, "so, and they are not", s -> lopsided(s, 0.74)),
        row(
            UNKNOWN,
            "so, and how long they take was not read",
            s -> lopsided(s, 2).unread(Measure.RESPONSE_TIME)),
        row(
            RULED_OUT,
            "so, and nodes send to all zones",
            s -> lopsided(s, 2).groups(group -> group.withCrossZone(Known.of(true)))),
        row(
            RULED_OUT,
            "as many in each zone",
            s -> lopsided(s, 2).targets(target("i-1"), target("i-3"))),
        row(
            UNKNOWN,
            "its zone was not read",
            s -> lopsided(s, 2).fleet(fleet -> fleet.withInstances(Known.unknown(UNREAD)))));
  }
}
