package lbresponder.testing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lbresponder.facts.Alarm;
import lbresponder.facts.AlarmReader.AlarmNow;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.facts.Repair;

/// A provider that does what another does, but for what a test overrides.
public class Forwarding implements Provider {
  private final Provider other;

  public Forwarding(Provider other) {
    this.other = other;
  }

  @Override
  public String name() {
    return other.name();
  }

  @Override
  public Recognised recognise(String message) {
    return other.recognise(message);
  }

  @Override
  public Recognised resolve(Recognised.Composite composite, Instant deadline) {
    return other.resolve(composite, deadline);
  }

  @Override
  public Map<String, Known<AlarmNow>> now(List<Alarm> alarms, Instant deadline) {
    return other.now(alarms, deadline);
  }

  @Override
  public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
    return other.tags(loadBalancer, deadline);
  }

  @Override
  public Facts gather(Incident incident, Instant deadline) {
    return other.gather(incident, deadline);
  }

  @Override
  public ProberLocation locate(Facts facts, String prober, Instant deadline) {
    return other.locate(facts, prober, deadline);
  }

  @Override
  public List<String> commands(Repair repair, Facts facts) {
    return other.commands(repair, facts);
  }

  @Override
  public List<String> undo(Repair repair, Facts facts) {
    return other.undo(repair, facts);
  }

  @Override
  public List<Link> links(Incident incident) {
    return other.links(incident);
  }
}
