package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;

/// The target accepts and never answers.
final class TargetHangs implements Check {

  @Override
  public String title() {
    return "The target accepts connections and does not answer";
  }

  @Override
  public String advice() {
    return "Look at what its threads or workers wait for.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.SILENT, Symptom.TIMEOUT, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    return Dialled.judge(
        facts, Connection.Silent.class::isInstance, Dials::answers, "accepts and does not answer");
  }
}
