package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;

/// Health checks ask on another port than traffic goes to, and only one of the two works: a dead
/// application looks healthy, or a working one does not.
final class HealthCheckPortDiffers implements Check {

  @Override
  public String title() {
    return "Health checks ask on another port than traffic uses, and only one of them works";
  }

  @Override
  public String advice() {
    return "Look at the application on its traffic port; let the health check ask there.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.REFUSED, Symptom.TIMEOUT, Symptom.RESET, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Member> apart = seen.members().stream().filter(HealthCheckPortDiffers::differs).toList();
    if (apart.isEmpty()) {
      return seen.missing().isEmpty()
          ? new Verdict.RuledOut("health checks ask on the port that traffic uses")
          : new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    List<Verdict.Cause> causes = new ArrayList<>();
    List<String> missing = new ArrayList<>(seen.missing());
    Dials dials = new Dials(facts);
    apart.forEach(member -> compare(member, dials, causes));
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    for (TargetGroup group : apart.stream().map(Member::group).distinct().toList()) {
      List<Member> here = seen.members().stream().filter(one -> one.group().equals(group)).toList();
      if (here.stream().allMatch(Member::takesTraffic)) {
        judgeTraffic(facts, here, causes, missing);
      } else if (here.stream().allMatch(HealthCheckPortDiffers::failsUntold)) {
        judgeChecks(facts, here, causes, missing);
      } else {
        missing.add("what the targets of %s answer on both ports".formatted(group.name()));
      }
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("the ports differ, and connections to the traffic port succeed")
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }

  private static boolean differs(Member member) {
    Integer checked = member.checkedPort();
    return checked != null
        && member.target().port() != null
        && !Objects.equals(checked, member.target().port());
  }

  /// What was met on both ports, by the same prober.
  private static void compare(Member member, Dials dials, List<Verdict.Cause> causes) {
    for (Dial traffic : dials.of(member, Purpose.TRAFFIC)) {
      for (Dial check : dials.of(member, Purpose.HEALTH_CHECK)) {
        boolean trafficWorks = Dials.any(traffic, Dials::isWell);
        boolean checkWorks = Dials.any(check, Dials::isWell);
        if (traffic.from() == check.from() && trafficWorks != checkWorks) {
          causes.add(apart(member, trafficWorks ? check : traffic, trafficWorks));
        }
      }
    }
  }

  /// Silence may be the network's: it alone shows nothing.
  private static Verdict.Cause apart(Member member, Dial dead, boolean trafficWorks) {
    boolean dropped = !Dials.any(dead, met -> !(met instanceof Connection.TimedOut));
    String group = member.group().id();
    return new Verdict.Cause(
        dropped ? Confidence.POSSIBLE : Dials.sure(member, dead, List.of()),
        group,
        List.of(member),
        List.of("%s; the other port works".formatted(Dials.met(member, dead)), ports(member)),
        trafficWorks ? List.of(new Repair.CheckTrafficPort(group)) : List.of(),
        trafficWorks
            ? EnumSet.of(Symptom.UNHEALTHY)
            : EnumSet.of(Symptom.REFUSED, Symptom.TIMEOUT, Symptom.RESET));
  }

  private static boolean failsUntold(Member member) {
    return differs(member) && (member.is(Reason.TIMED_OUT) || member.is(Reason.CHECK_FAILED));
  }

  /// All pass, so an error is the traffic port's. Where nothing at all is answered, the port is
  /// dead; otherwise some of them may merely be overloaded.
  private static void judgeTraffic(
      Facts facts, List<Member> here, List<Verdict.Cause> causes, List<String> missing) {
    boolean alone = facts.targetGroups().orElse(List.of()).size() == 1;
    String group =
        facts.incident().loadBalancer().kind() == Kind.APPLICATION
            ? here.getFirst().group().id()
            : null;
    switch (Metrics.total(facts, Measure.CONNECTION_ERRORS, group)) {
      case Known.Unknown<Double>(String why) -> missing.add(why);
      case Known.Value<Double>(Double errors) when errors > 0 ->
          causes.add(
              new Verdict.Cause(
                  alone && answered(facts).map(count -> count == 0).orElse(false)
                      ? Confidence.LIKELY
                      : Confidence.POSSIBLE,
                  here.getFirst().group().id(),
                  here,
                  List.of(
                      "%s connections failed although every target passes its health check"
                          .formatted(Words.number(errors)),
                      ports(here.getFirst())),
                  List.of(),
                  EnumSet.of(Symptom.REFUSED, Symptom.TIMEOUT)));
      case Known.Value<Double> _ -> {}
    }
  }

  /// None passes, and where all fail the load balancer sends to them all the same: answers show
  /// that traffic works.
  private static void judgeChecks(
      Facts facts, List<Member> here, List<Verdict.Cause> causes, List<String> missing) {
    boolean alone = facts.targetGroups().orElse(List.of()).size() == 1;
    Known<Double> errors = Metrics.total(facts, Measure.CONNECTION_ERRORS, null);
    if (alone
        && facts.incident().loadBalancer().kind() == Kind.APPLICATION
        && answered(facts).map(count -> count > 0).orElse(false)
        && errors.map(count -> count == 0).orElse(false)) {
      String group = here.getFirst().group().id();
      causes.add(
          new Verdict.Cause(
              Confidence.LIKELY,
              group,
              here,
              List.of(
                  "%s answers came from targets of which none passes its health check"
                      .formatted(Words.number(answered(facts).orElse(0.0))),
                  ports(here.getFirst())),
              List.of(new Repair.CheckTrafficPort(group)),
              EnumSet.of(Symptom.UNHEALTHY)));
    } else {
      missing.add("what the targets answer on the traffic port: nobody asked them from here");
    }
  }

  private static Known<Double> answered(Facts facts) {
    Known<Double> sum = Known.of(0.0);
    for (Measure code :
        List.of(Measure.TARGET_2XX, Measure.TARGET_3XX, Measure.TARGET_4XX, Measure.TARGET_5XX)) {
      Known<Double> one = Metrics.total(facts, code, null);
      sum = sum.flatMap(before -> one.map(more -> before + more));
    }
    return sum;
  }

  private static String ports(Member one) {
    return "traffic goes to port %s, health checks ask on port %s"
        .formatted(one.target().port(), one.checkedPort());
  }
}
