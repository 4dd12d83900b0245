package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;

/// The target answers what is no HTTP.
final class MalformedResponse implements Check {

  @Override
  public String title() {
    return "The target answers what the load balancer cannot use";
  }

  @Override
  public String advice() {
    return "Ask the target directly and look at the first bytes of its answer: it may be another"
        + " protocol on that port.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.BAD_ANSWER, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    return Dialled.judge(
        facts.withTargetGroups(
            facts
                .targetGroups()
                .map(all -> all.stream().filter(one -> !Member.speaksHttp2(one)).toList())),
        Connection.Malformed.class::isInstance,
        Dials::answers,
        "answers what is no HTTP");
  }
}
