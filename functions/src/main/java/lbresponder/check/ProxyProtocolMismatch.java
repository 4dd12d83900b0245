package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;

/// The proxy protocol's header is sent to a target that does not expect it, or expected by one that
/// gets none.
final class ProxyProtocolMismatch implements Check {
  private static final Set<String> KEYS =
      Set.of("proxy_protocol_v2.enabled", "proxy_protocol_v1.enabled");

  @Override
  public String title() {
    return "The load balancer and the target do not agree on the proxy protocol";
  }

  @Override
  public String advice() {
    return "Turn the proxy protocol on or off on the side that is wrong, and on both at the same"
        + " time.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(
        Symptom.RESET, Symptom.SILENT, Symptom.UNHEALTHY, Symptom.TLS, Symptom.BAD_ANSWER);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.incident().loadBalancer().kind() == Kind.APPLICATION) {
      return new Verdict.RuledOut("Application Load Balancers do not send the header");
    }
    Seen seen = Seen.in(facts);
    Dials dials = new Dials(facts);
    List<Verdict.Cause> causes = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>(seen.missing());
    for (Member member : seen.members()) {
      if (member.group().protocol().startsWith("HTTP")) {
        continue;
      }
      switch (sends(member.group())) {
        case Known.Unknown<Boolean>(String why) -> missing.add(why);
        case Known.Value<Boolean>(Boolean sent) -> judge(member, dials, sent, causes, missing);
      }
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("no target answers only with, or only without the header")
        : new Verdict.Unknown(missing.stream().limit(3).collect(Collectors.joining("; ")));
  }

  private static Known<Boolean> sends(TargetGroup group) {
    return group
        .attributes()
        .map(
            (Map<String, String> all) ->
                KEYS.stream().anyMatch(key -> all.getOrDefault(key, "").equals("true")));
  }

  private static void judge(
      Member member, Dials dials, boolean sent, List<Verdict.Cause> causes, Set<String> missing) {
    List<Dial> traffic = dials.of(member, Purpose.TRAFFIC);
    List<Dial> other = dials.of(member, Purpose.OTHERWISE);
    for (Dial dial : traffic) {
      if (Dials.all(dial, met -> Dials.accepts(met) && !Dials.isUnderstood(met))
          && dials.answersOtherwise(member)) {
        causes.add(
            new Verdict.Cause(
                Dials.sure(member, dial, List.of()),
                member.group().id(),
                List.of(member),
                List.of(
                    "%s, %s the header; %s it answers"
                        .formatted(
                            Dials.met(member, dial),
                            sent ? "with" : "without",
                            sent ? "without" : "with"),
                    "%s %s it".formatted(member.group().name(), sent ? "sends" : "does not send")),
                List.of(new Repair.SendProxyHeader(member.group().id(), !sent))));
      }
    }
    boolean tried =
        traffic.stream().anyMatch(dial -> Dials.any(dial, Dials::isUnderstood)) || !other.isEmpty();
    if (Trouble.fails(member) && !tried) {
      missing.add("nobody spoke to %s with and without the header".formatted(member.label()));
    }
  }
}
