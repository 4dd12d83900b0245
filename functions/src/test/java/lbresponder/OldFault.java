package lbresponder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Evidence;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Condition;
import lbresponder.facts.Listener.Rule;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Service;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.json.FactsJson;

/// The target groups of one recorded incident, with all that stands behind them, beside another
/// incident of the same load balancer: under ids, names and addresses of their own, behind a path
/// of their own, with metrics that have been the same all the time that was read.
final class OldFault {
  private static final Pattern IPV4 = Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.)(\\d+)");

  private OldFault() {}

  static Facts beside(Facts incident, Facts fault) {
    Facts old = renamed(fault, incident);
    List<TargetGroup> groups = old.targetGroups();
    Facts counted = SteadyCount.allOf(old, incident);
    for (TargetGroup group : groups) {
      counted = withHealth(group, counted);
    }
    return counted
        .withWiring(
            incident
                .wiring()
                .withTargetGroups(plus(incident.wiring().targetGroups(), Known.of(groups)))
                .withListeners(
                    incident
                        .wiring()
                        .listeners()
                        .map(all -> all.stream().map(one -> sending(one, groups)).toList())))
        .withFleet(fleet(incident.fleet(), old.fleet()))
        .withNetwork(network(incident.network(), old.network()))
        .withEvidence(
            new Evidence(
                plus(incident.evidence().probes(), old.evidence().probes()),
                incident.evidence().changes()));
  }

  /// As many were well, and were not, all the time.
  private static Facts withHealth(TargetGroup group, Facts facts) {
    List<RegisteredTarget> targets = RegisteredTarget.of(group);
    double well = targets.stream().filter(RegisteredTarget::takesTraffic).count();
    double fail =
        targets.stream().filter(one -> one.fails() && !one.isIn(TargetHealth.State.UNUSED)).count();
    return SteadyCount.of(Measure.HEALTHY_TARGETS, group.id(), well)
        .in(SteadyCount.of(Measure.UNHEALTHY_TARGETS, group.id(), fail).in(facts));
  }

  private static Listener sending(Listener listener, List<TargetGroup> groups) {
    List<Rule> rules = new ArrayList<>(listener.rules().orElse(List.of()));
    for (TargetGroup group : groups) {
      rules.add(
          new Rule(
              "rule-" + group.name(),
              900 + rules.size(),
              List.of(new Condition("path-pattern", List.of("/" + group.name()))),
              new Listener.Forward(List.of(new WeightedTargetGroup(group.id(), 1)))));
    }
    return listener.withRules(listener.rules().map(_ -> List.copyOf(rules)));
  }

  private static Fleet fleet(Fleet own, Fleet old) {
    return new Fleet(
        plus(own.instances(), old.instances()),
        plus(own.hosts(), old.hosts()),
        plus(own.statusChecks(), old.statusChecks()),
        plus(own.scalingGroups(), old.scalingGroups()),
        plus(own.services(), old.services()),
        plus(own.functions(), old.functions()),
        plus(own.usage(), old.usage()),
        plus(own.loadBalancers(), old.loadBalancers()));
  }

  /// Subnets, ACLs and routes of the load balancer's are the incident's own.
  private static Network network(Network own, Network old) {
    return own.withSecurityGroups(
            byId(own.securityGroups(), old.securityGroups(), SecurityGroup::id))
        .withInterfaces(byId(own.interfaces(), old.interfaces(), NetworkInterface::id))
        .withSubnets(byId(own.subnets(), old.subnets(), Subnet::id));
  }

  private static <T> Known<List<T>> byId(
      Known<List<T>> own, Known<List<T>> old, Function<T, String> id) {
    Set<String> there = own.orElse(List.of()).stream().map(id).collect(Collectors.toSet());
    return plus(
        own, old.map(all -> all.stream().filter(one -> !there.contains(id.apply(one))).toList()));
  }

  /// What could not be read of the incident stays so.
  private static <T> Known<List<T>> plus(Known<List<T>> own, Known<List<T>> old) {
    return own.map(
        known -> Stream.concat(known.stream(), old.orElse(List.of()).stream()).distinct().toList());
  }

  /// What the fleet did, it did days before.
  private static Facts renamed(Facts fault, Facts incident) {
    Map<String, String> names = names(fault);
    String any = names.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    String json =
        Pattern.compile("(?<![\\w.-])(%s)(?![\\w-]|\\.\\d)".formatted(any))
            .matcher(FactsJson.write(fault))
            .replaceAll(found -> Matcher.quoteReplacement(names.get(found.group())));
    String day = fault.readAt().toString().substring(0, 10);
    String before = fault.readAt().minus(Duration.ofDays(3)).toString().substring(0, 10);
    return FactsJson.read(json, incident.incident())
        .withFleet(FactsJson.read(json.replace(day, before), incident.incident()).fleet());
  }

  /// Of all that is not the load balancer's own, to what it is called beside it.
  private static Map<String, String> names(Facts fault) {
    List<String> own =
        fault.wiring().loadBalancer().flatMap(LoadBalancer::securityGroups).orElse(List.of());
    Stream<String> interfaces =
        fault.network().interfaces().orElse(List.of()).stream()
            .filter(one -> !one.node())
            .flatMap(one -> Stream.concat(Stream.of(one.id()), one.addresses().stream()));
    Stream<String> instances =
        fault.fleet().instances().orElse(List.of()).stream()
            .flatMap(one -> Stream.of(one.id(), one.address()));
    Stream<String> rest =
        Stream.of(
                fault.targetGroups().stream().map(TargetGroup::name),
                fault.targetGroups().stream()
                    .flatMap(group -> group.targets().orElse(List.of()).stream())
                    .map(Target::id),
                fault.network().securityGroups().orElse(List.of()).stream()
                    .map(SecurityGroup::id)
                    .filter(id -> !own.contains(id)),
                fault.fleet().services().orElse(List.of()).stream().map(Service::name),
                fault.fleet().scalingGroups().orElse(List.of()).stream().map(ScalingGroup::name))
            .flatMap(all -> all);
    Map<String, String> names = new LinkedHashMap<>();
    Stream.of(interfaces, instances, rest)
        .flatMap(all -> all)
        .filter(name -> name != null && !name.isEmpty() && !name.startsWith("arn:"))
        .forEach(name -> names.put(name, another(name)));
    return names;
  }

  private static String another(String name) {
    Matcher address = IPV4.matcher(name);
    return address.matches()
        ? address.group(1) + (Integer.parseInt(address.group(2)) + 100) % 256
        : name + "-old";
  }
}
