package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;

/// The target accepts, then closes or resets before any answer.
final class TargetResetsConnections implements Check {

  @Override
  public String title() {
    return "The target closes or resets connections before it answers";
  }

  @Override
  public String advice() {
    return "Look at the application's log for crashes, and for limits or lists by which it turns"
        + " clients away.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.RESET, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    return Dialled.judge(
        facts,
        met -> met instanceof Connection.Reset || met instanceof Connection.Closed,
        Dials::answers,
        "closes or resets connections before any answer");
  }
}
