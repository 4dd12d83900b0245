package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.Situation.minute;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.ArrayList;
import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Measure;
import lbresponder.facts.Usage;
import lbresponder.facts.Usage.Holder;
import lbresponder.facts.Usage.Resource;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResourceChecksTest {
  @ParameterizedTest
  @MethodSource
  void instanceLimitsReached(SituationRow row) {
    row.holdsFor(new InstanceLimitsReached());
  }

  static List<SituationRow> instanceLimitsReached() {
    return List.of(
        row(UNKNOWN, "nothing was read of them", s -> s).saying("how much CPU"),
        row(
            UNKNOWN,
            "an older recording",
            s -> s.fleet(fleet -> fleet.withUsage(Known.unknown(UNREAD)))),
        row(UNKNOWN, "another's was read", s -> used(s, cpu("i-77", 20, 99))),
        row(RULED_OUT, "there is room", s -> used(s, cpu("i-1", 20, 59)))
            .saying("i-1: CPU was 59 %"),
        row(UNKNOWN, "its mean is between", s -> used(s, cpu("i-1", 20, 60))),
        row(LIKELY, "full now, and slower", s -> slower(used(s, cpu("i-1", 74, 90)), 1.5))
            .saying("i-1: CPU was 90 %, 74 % in the time before", "1.5 times slower"),
        row(POSSIBLE, "full now, and no slower", s -> used(s, cpu("i-1", 20, 99))),
        row(POSSIBLE, "nearly full before", s -> slower(used(s, cpu("i-1", 75, 99)), 3)),
        row(UNKNOWN, "as full before", s -> slower(used(s, cpu("i-1", 95, 99)), 3)),
        row(UNKNOWN, "not quite full", s -> slower(used(s, cpu("i-1", 20, 89)), 3)),
        row(
            LIKELY,
            "its credits are spent, and it does less",
            s -> slower(used(s, cpu("i-1", 60, 20), usage("i-1", Resource.CPU_CREDITS, 50, 0)), 3)),
        row(
            RULED_OUT,
            "its credits are spent, and it goes on",
            s -> slower(used(s, cpu("i-1", 40, 55), usage("i-1", Resource.CPU_CREDITS, 50, 0)), 3)),
        row(
            RULED_OUT,
            "it never has credits",
            s -> slower(used(s, cpu("i-1", 40, 20), usage("i-1", Resource.CPU_CREDITS, 0, 0)), 3)),
        row(
            LIKELY,
            "a scaling group's machines are full",
            s ->
                slower(
                    used(
                        s.machine("i-1", SituationFleet.keptBy("asg")),
                        new Usage("asg", Holder.SCALING_GROUP, Resource.CPU, points(20, 97))),
                    2)));
  }

  @ParameterizedTest
  @MethodSource
  void workersExhausted(SituationRow row) {
    row.holdsFor(new WorkersExhausted());
  }

  static List<SituationRow> workersExhausted() {
    return List.of(
        row(RULED_OUT, "as fast as usual", s -> s).saying("1 times"),
        row(UNKNOWN, "slower, and CPU was not read", s -> slower(s, 4)),
        row(UNKNOWN, "the time was not read", s -> s.unread(Measure.RESPONSE_TIME)),
        row(LIKELY, "much slower, and idle", s -> slower(used(s, cpu("i-1", 20, 20)), 2))
            .saying("2 times slower", "1 times the demand", "CPU was 20 %"),
        row(POSSIBLE, "slower, and idle", s -> slower(used(s, cpu("i-1", 20, 20)), 1.9)),
        row(UNKNOWN, "hardly slower", s -> slower(used(s, cpu("i-1", 20, 20)), 1.4)),
        row(RULED_OUT, "it computes", s -> slower(used(s, cpu("i-1", 20, 50)), 4)),
        row(RULED_OUT, "it computes more", s -> slower(used(s, cpu("i-1", 10, 20)), 4)),
        row(
            UNKNOWN,
            "more is asked of it",
            s ->
                slower(used(s, cpu("i-1", 20, 20)), 4)
                    .load(load -> load.during(Measure.REQUESTS, null, 121))),
        row(
                LIKELY,
                "what took too long is in no response time",
                s -> used(s, cpu("i-1", 20, 20)).counted(Measure.LB_504, 15))
            .saying("gave up on 15 requests more than usual"),
        row(
            POSSIBLE,
            "one page takes too long",
            s -> used(s, cpu("i-1", 20, 20)).counted(Measure.LB_504, 14)),
        row(
            RULED_OUT,
            "as many took too long before",
            s -> used(s, cpu("i-1", 20, 20)).load(load -> load.steady(Measure.LB_504, null, 15))),
        row(
            UNKNOWN,
            "perhaps no connection was made",
            s ->
                used(s, cpu("i-1", 20, 20))
                    .counted(Measure.LB_504, 15)
                    .counted(Measure.CONNECTION_ERRORS, 15)),
        row(
            UNKNOWN,
            "how many took too long was not read",
            s -> used(s, cpu("i-1", 20, 20)).unread(Measure.LB_504)),
        row(
            RULED_OUT,
            "nobody counts what took too long",
            s -> used(s, cpu("i-1", 20, 20)).notCounting(Measure.LB_504)),
        row(
            POSSIBLE,
            "its credits are spent",
            s -> slower(used(s, cpu("i-1", 20, 20), usage("i-1", Resource.CPU_CREDITS, 0, 0)), 4)),
        row(
            POSSIBLE,
            "a new release is rolled out",
            s -> slower(used(s, cpu("i-1", 20, 20)), 4).fleet(SituationFleet::rollingOut)));
  }

  @ParameterizedTest
  @MethodSource
  void loadBalancerImpaired(SituationRow row) {
    row.holdsFor(new LoadBalancerImpaired());
  }

  static List<SituationRow> loadBalancerImpaired() {
    return List.of(
        row(RULED_OUT, "active", s -> s),
        row(RULED_OUT, "it has none", s -> s.loadBalancer(known -> known.withState(""))),
        row(PROVEN, "impaired", s -> s.loadBalancer(known -> known.withState("active_impaired")))
            .saying("the load balancer's state is active_impaired"),
        row(
            UNKNOWN,
            "not read",
            s -> s.wiring(wiring -> wiring.withLoadBalancer(Known.unknown(UNREAD)))));
  }

  private static Situation slower(Situation situation, double times) {
    return situation.load(load -> load.during(Measure.RESPONSE_TIME, null, 0.5 * times));
  }

  private static Situation used(Situation situation, Usage... usage) {
    return situation.fleet(fleet -> fleet.withUsage(Known.of(List.of(usage))));
  }

  private static Usage cpu(String machine, double before, double now) {
    return usage(machine, Resource.CPU, before, now);
  }

  private static Usage usage(String machine, Resource resource, double before, double now) {
    return new Usage(machine, Holder.MACHINE, resource, points(before, now));
  }

  /// Every five minutes.
  private static Known<List<Point>> points(double before, double now) {
    List<Point> points = new ArrayList<>();
    for (int minute = -60; minute < 15; minute += 5) {
      points.add(new Point(minute(minute), minute < 0 ? before : now));
    }
    return Known.of(points);
  }
}
