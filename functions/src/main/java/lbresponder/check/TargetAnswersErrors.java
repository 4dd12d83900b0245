package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;

/// The application itself answers with server errors: the load balancer reaches it and passes them
/// on.
final class TargetAnswersErrors implements Check {

  @Override
  public String title() {
    return "The application answers server errors";
  }

  @Override
  public String advice() {
    return "Look at the application's own log from the first error on: the network to it is open.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.TARGET_ERROR, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Known<Double> counted = Metrics.total(facts, Measure.TARGET_5XX);
    List<Member> failing =
        Seen.in(facts).members().stream().filter(one -> !codes(one).isEmpty()).toList();
    List<Verdict.Cause> asked = asked(facts);
    double errors = counted.orElse(0.0);
    if (errors > 0 || !failing.isEmpty()) {
      return accuse(facts, errors, failing);
    }
    if (!asked.isEmpty()) {
      return Merge.of(asked);
    }
    if (counted instanceof Known.Unknown<Double>(String why)
        && facts.incident().loadBalancer().kind() != Kind.NETWORK) {
      return new Verdict.Unknown(why);
    }
    return Seen.in(facts).missing().isEmpty()
        ? new Verdict.RuledOut("no target answered a server error")
        : new Verdict.Unknown(String.join("; ", Seen.in(facts).missing()));
  }

  private static Verdict accuse(Facts facts, double errors, List<Member> failing) {
    List<String> because = new ArrayList<>();
    Set<Symptom> shows = EnumSet.noneOf(Symptom.class);
    if (errors > 0) {
      shows.add(Symptom.TARGET_ERROR);
      because.add(
          "targets answered %s server errors".formatted(Words.number(errors)) + rate(facts));
    }
    if (!failing.isEmpty()) {
      shows.add(Symptom.UNHEALTHY);
      because.add(
          "%s: health checks are answered with %s"
              .formatted(
                  failing.stream().map(Member::label).collect(Collectors.joining(", ")),
                  failing.stream()
                      .flatMap(one -> codes(one).stream())
                      .distinct()
                      .sorted()
                      .map(String::valueOf)
                      .collect(Collectors.joining(", "))));
    }
    return new Verdict.Cause(
        Confidence.PROVEN,
        failing.isEmpty()
            ? facts.incident().loadBalancer().name()
            : failing.getFirst().group().id(),
        failing,
        because,
        List.of(),
        shows);
  }

  /// Targets of which the load balancer does not say what they answer, and a prober does.
  private static List<Verdict.Cause> asked(Facts facts) {
    Dials dials = new Dials(facts);
    List<Verdict.Cause> causes = new ArrayList<>();
    for (Member member : Seen.in(facts).members()) {
      for (Dial dial : dials.asChecked(member)) {
        if (!member.takesTraffic() && AskedAsChecked.fails(dial)) {
          causes.add(
              new Verdict.Cause(
                  dial.from() == Dial.Vantage.LOAD_BALANCER
                      ? Confidence.PROVEN
                      : Dials.sure(member, dial, List.of()),
                  member.group().id(),
                  List.of(member),
                  List.of(
                      "%s answers what the health check asks with a server error"
                          .formatted(member.label())),
                  List.of(),
                  EnumSet.of(Symptom.UNHEALTHY)));
        }
      }
    }
    return causes;
  }

  private static String rate(Facts facts) {
    Known<Double> requests = Metrics.total(facts, Measure.REQUESTS);
    return requests.orElse(0.0) > 0
        ? " in %s requests".formatted(Words.number(requests.orElse(0.0)))
        : "";
  }

  private static List<Integer> codes(Member member) {
    return member.unexpectedStatuses().stream().filter(code -> code >= 500).toList();
  }
}
