package lbresponder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import lbresponder.aws.AwsProvider;
import lbresponder.facts.Alarm;
import lbresponder.facts.AlarmReader.AlarmNow;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.Recognised;
import lbresponder.json.RecordedIncident;

/// AWS as a recorded incident left it: reads messages and words repairs as AWS does, and gathers
/// what was recorded.
public class Recorded extends Forwarding {
  private final RecordedIncident incident;
  private final List<Instant> deadlines = new CopyOnWriteArrayList<>();

  /// @param file below `events/incidents`
  public Recorded(String file) {
    super(new AwsProvider());
    try {
      incident = RecordedIncident.read(RecordedFacts.INCIDENTS.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The deadline of each gathering.
  public List<Instant> deadlines() {
    return List.copyOf(deadlines);
  }

  /// What a composite alarm is about is not in a recording.
  @Override
  public Recognised resolve(Recognised.Composite composite, Instant deadline) {
    return new Recognised.Unreadable(composite.name() + ": children are not recorded");
  }

  /// Nor is what became of an alarm.
  @Override
  public Map<String, Known<AlarmNow>> now(List<Alarm> alarms, Instant deadline) {
    return alarms.stream()
        .collect(
            Collectors.toMap(Alarm::arn, _ -> Known.unknown("not recorded"), (first, _) -> first));
  }

  @Override
  public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
    return recorded(Incident.asked(loadBalancer, deadline))
        .wiring()
        .loadBalancer()
        .flatMap(LoadBalancer::tags);
  }

  @Override
  public Facts gather(Incident about, Instant deadline) {
    deadlines.add(deadline);
    return recorded(about);
  }

  /// Where a prober stands is not in a recording either.
  @Override
  public ProberLocation locate(Facts facts, String prober, Instant deadline) {
    return new ProberLocation(facts, List.of());
  }

  private Facts recorded(Incident about) {
    return incident.facts(about);
  }
}
