package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;

/// The port refuses connections. A dead process, one bound to loopback and a rejecting firewall on
/// the host look the same from outside.
final class NothingListening implements Check {

  @Override
  public String title() {
    return "The target refuses connections on its port";
  }

  @Override
  public String advice() {
    return "See on the host whether anything listens on the port: a dead process, one bound to"
        + " 127.0.0.1, and a firewall that rejects look the same from outside.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.REFUSED, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    return Dialled.judge(
        facts, Connection.Refused.class::isInstance, Dials::accepts, "refuses connections");
  }
}
