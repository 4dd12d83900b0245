package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Function;
import lbresponder.facts.Known;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;

/// A Lambda target cannot be invoked, or fails: its policy does not admit the load balancer, or
/// invocations were counted as failed.
final class LambdaTargetFails implements Check {

  @Override
  public String title() {
    return "The Lambda target fails or may not be invoked";
  }

  @Override
  public String advice() {
    return "Look at the function's own log and its concurrency from the first error on.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.BAD_ANSWER, Symptom.TARGET_ERROR, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Member> members =
        seen.members().stream()
            .filter(one -> one.group().targetType() == TargetType.LAMBDA)
            .toList();
    if (members.isEmpty()) {
      return seen.missing().isEmpty()
          ? new Verdict.RuledOut("no target is a Lambda function")
          : new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    List<Verdict.Cause> causes = new ArrayList<>();
    List<String> missing = new ArrayList<>(seen.missing());
    for (Member member : members) {
      judge(facts, member, causes, missing);
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("the functions admit the load balancer, and no invocation failed")
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }

  private static void judge(
      Facts facts, Member member, List<Verdict.Cause> causes, List<String> missing) {
    String id = member.target().id();
    switch (facts.fleet().functions()) {
      case Known.Unknown<List<Function>>(String why) -> missing.add(why);
      case Known.Value<List<Function>>(List<Function> functions) ->
          functions.stream()
              .filter(one -> one.id().equals(id))
              .forEach(one -> judge(one, member, causes, missing));
    }
    for (Measure measure : List.of(Measure.FUNCTION_ERRORS, Measure.FUNCTION_INTERNAL_ERRORS)) {
      count(facts, measure, member, causes, missing);
    }
  }

  private static void judge(
      Function function, Member member, List<Verdict.Cause> causes, List<String> missing) {
    switch (function.admits()) {
      case Known.Unknown<Boolean>(String why) -> missing.add(why);
      case Known.Value<Boolean>(Boolean admits) -> {
        if (!admits) {
          causes.add(
              cause(
                  member,
                  "no statement of the function's policy lets the load balancer invoke it",
                  List.of(new Repair.AdmitInvocation(function.id(), member.group().id()))));
        }
      }
    }
  }

  private static void count(
      Facts facts,
      Measure measure,
      Member member,
      List<Verdict.Cause> causes,
      List<String> missing) {
    TargetGroup group = member.group();
    switch (Metrics.total(facts, measure, group.id())) {
      case Known.Unknown<Double>(String why) -> missing.add(why);
      case Known.Value<Double>(Double errors) -> {
        if (errors > 0) {
          causes.add(
              cause(
                  member,
                  "%s invocations for %s failed (%s)"
                      .formatted(
                          Words.number(errors),
                          group.name(),
                          Metrics.series(facts, measure, group.id(), null)
                              .map(Series::metric)
                              .orElse(measure.name())),
                  List.of()));
        }
      }
    }
  }

  private static Verdict.Cause cause(Member member, String because, List<Repair> repairs) {
    return new Verdict.Cause(
        Confidence.PROVEN, member.target().id(), List.of(member), List.of(because), repairs);
  }
}
