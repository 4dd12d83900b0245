package lbresponder.testing;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Measure;
import lbresponder.facts.PortRange;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.facts.Repair;
import lbresponder.facts.Traits;
import lbresponder.facts.TraitsBuilder;

/// A provider made of facts alone: load balancers on two hosts in a rack, in no cloud. It has no
/// zones, accounts, security groups, network ACLs, scaling groups or functions; servers have names,
/// and its alarms are lines of text: `rack edge-1: shop cannot connect, ALARM at
/// 2026-01-02T17:00:00Z`.
public final class RackProvider implements Provider {
  private static final Pattern ALARM =
      Pattern.compile(
          "rack ([\\w-]+): ([\\w-]+) (cannot connect|has no server), (ALARM|OK) at (\\S+)");

  private static final Traits TRAITS =
      TraitsBuilder.builder()
          .tellsTimeouts(true)
          .sourcePorts(new PortRange(32768, 60999))
          .spareAddresses(0)
          .nodesPerZone(1)
          .counted(EnumSet.of(Measure.CONNECTION_ERRORS, Measure.REQUESTS, Measure.LB_503))
          .build();

  private final Function<Incident, Facts> facts;

  /// @param facts what gathering reads
  public RackProvider(Function<Incident, Facts> facts) {
    this.facts = facts;
  }

  @Override
  public String name() {
    return "rack";
  }

  @Override
  public Recognised recognise(String message) {
    Matcher line = ALARM.matcher(message);
    if (!line.matches()) {
      return new Recognised.NotOurs("no line of a rack");
    }
    LoadBalancerId id =
        new LoadBalancerId(
            name(),
            "rack",
            "",
            "",
            line.group(2),
            "rack://%s/%s".formatted(line.group(1), line.group(2)),
            TRAITS);
    Instant at = Instant.parse(line.group(5));
    Alarm.Watch watch =
        line.group(3).equals("cannot connect")
            ? new Alarm.Watch(
                Measure.CONNECTION_ERRORS, "rack", "connection_errors", null, null, "sum", 60)
            : new Alarm.Watch(Measure.LB_503, "rack", "no_server", null, null, "sum", 60);
    return new Recognised.Alarms(
        List.of(
            new Alarm(
                line.group(2) + "-connect",
                "rack-alarm://" + line.group(2),
                "",
                Alarm.State.valueOf(line.group(4)),
                at,
                at.minusSeconds(180),
                "connections fail",
                Alarm.State.OK,
                at.minusSeconds(3600),
                id,
                List.of(watch),
                null)));
  }

  @Override
  public Recognised resolve(Recognised.Composite composite, Instant deadline) {
    return new Recognised.NotOurs("a rack has no composite alarms");
  }

  @Override
  public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
    return Known.none("a rack has no tags");
  }

  @Override
  public Facts gather(Incident incident, Instant deadline) {
    return facts.apply(incident);
  }

  @Override
  public ProberLocation locate(Facts known, String prober, Instant deadline) {
    return new ProberLocation(known, List.of());
  }

  @Override
  public List<String> commands(Repair repair, Facts known) {
    return repair instanceof Repair.RegisterTargets(String group)
        ? List.of("rackctl add-server --to %s <name>".formatted(group))
        : List.of();
  }

  @Override
  public List<String> undo(Repair repair, Facts known) {
    return repair instanceof Repair.RegisterTargets(String group)
        ? List.of("rackctl remove-server --from %s <name>".formatted(group))
        : List.of();
  }

  @Override
  public List<Link> links(Incident incident) {
    return List.of(
        new Link("Statistics", "http://edge-1.example/" + incident.loadBalancer().name()));
  }
}
