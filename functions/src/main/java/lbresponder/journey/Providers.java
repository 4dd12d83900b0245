package lbresponder.journey;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lbresponder.facts.Alarm;
import lbresponder.facts.AlarmReader.AlarmNow;
import lbresponder.facts.Facts;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.facts.Repair;

/// Several providers as one: a message goes to whoever recognises it, everything else to the
/// provider that the load balancer or the alarm names.
public final class Providers implements Provider {
  private final List<Provider> all;

  /// @param all at least one, in the order in which they are asked to recognise a message
  public Providers(List<Provider> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no provider");
    }
    this.all = List.copyOf(all);
  }

  /// All names, with commas between.
  @Override
  public String name() {
    return all.stream().map(Provider::name).collect(Collectors.joining(","));
  }

  /// The first answer of a provider that can read the message as its own; else the first that says
  /// it cannot be read; else why it is nobody's.
  @Override
  public Recognised recognise(String message) {
    List<Recognised> answers = all.stream().map(provider -> provider.recognise(message)).toList();
    return answers.stream()
        .filter(answer -> !(answer instanceof Recognised.NotOurs))
        .filter(answer -> !(answer instanceof Recognised.Unreadable))
        .findFirst()
        .or(() -> answers.stream().filter(Recognised.Unreadable.class::isInstance).findFirst())
        .orElseGet(() -> nobodys(answers));
  }

  private static Recognised nobodys(List<Recognised> answers) {
    return new Recognised.NotOurs(
        answers.stream()
            .map(answer -> answer instanceof Recognised.NotOurs(String why) ? why : "")
            .distinct()
            .collect(Collectors.joining("; ")));
  }

  @Override
  public Recognised resolve(Recognised.Composite composite, Instant deadline) {
    return named(composite.provider()).resolve(composite, deadline);
  }

  /// Each alarm's own provider of its own.
  @Override
  public Map<String, Known<AlarmNow>> now(List<Alarm> alarms, Instant deadline) {
    Map<String, List<Alarm>> byProvider =
        alarms.stream()
            .collect(
                Collectors.groupingBy(
                    alarm -> alarm.loadBalancer().provider(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<String, Known<AlarmNow>> found = new LinkedHashMap<>();
    byProvider.forEach((name, theirs) -> found.putAll(named(name).now(theirs, deadline)));
    return found;
  }

  @Override
  public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
    return named(loadBalancer.provider()).tags(loadBalancer, deadline);
  }

  @Override
  public String refusal(LoadBalancerId loadBalancer, Instant deadline) {
    return named(loadBalancer.provider()).refusal(loadBalancer, deadline);
  }

  @Override
  public Facts gather(Incident incident, Instant deadline) {
    return of(incident).gather(incident, deadline);
  }

  @Override
  public Known<Picture> picture(Incident incident, Instant began, Instant deadline) {
    return of(incident).picture(incident, began, deadline);
  }

  @Override
  public ProberLocation locate(Facts facts, String prober, Instant deadline) {
    return of(facts.incident()).locate(facts, prober, deadline);
  }

  @Override
  public List<String> commands(Repair repair, Facts facts) {
    return of(facts.incident()).commands(repair, facts);
  }

  @Override
  public List<String> undo(Repair repair, Facts facts) {
    return of(facts.incident()).undo(repair, facts);
  }

  /// Whoever knows the reasons as its own.
  @Override
  public List<String> refused(List<String> gaps) {
    return all.stream()
        .map(provider -> provider.refused(gaps))
        .filter(refused -> !refused.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /// Whoever knows the reasons as its own.
  @Override
  public String grant(List<String> gaps) {
    return all.stream()
        .map(provider -> provider.grant(gaps))
        .filter(grant -> !grant.isEmpty())
        .findFirst()
        .orElse("");
  }

  @Override
  public List<Link> links(Incident incident) {
    return of(incident).links(incident);
  }

  private Provider of(Incident incident) {
    return named(incident.loadBalancer().provider());
  }

  private Provider named(String name) {
    return all.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "provider: found `%s`, expected one of %s".formatted(name, name())));
  }
}
