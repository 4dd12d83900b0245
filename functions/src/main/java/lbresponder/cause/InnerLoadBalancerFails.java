package lbresponder.cause;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Fleet.InnerLoadBalancer;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.State;
import lbresponder.network.Cidr;
import lbresponder.network.Hop;
import lbresponder.network.Ranges;
import lbresponder.network.SecurityGroupRules;

/// A target is itself a load balancer, and what is sent to it goes no further: it does not listen
/// there, its groups admit nobody, or nothing behind it is well. Why its own targets fail is for a
/// diagnosis of its own.
final class InnerLoadBalancerFails extends Check {
  /// Where it serves, whatever else is the matter.
  private static final String ACTIVE = "active";

  /// Stands for any client on the internet.
  private static final Cidr CLIENT = Objects.requireNonNull(Cidr.parse("198.51.100.1"));

  /// What a listener for TLS answers to a request in plain words.
  private static final int PLAIN = 400;

  InnerLoadBalancerFails() {
    super(
        "The load balancer behind this one fails",
        "Diagnose it itself, by its name.",
        Symptom.REFUSED,
        Symptom.TIMEOUT,
        Symptom.RESET,
        Symptom.SILENT,
        Symptom.UNHEALTHY,
        Symptom.NO_TARGET);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings().require(current.targetGroups());
    List<TargetGroup> groups =
        current.facts().targetGroups().stream()
            .filter(group -> group.targetType() == TargetType.LOAD_BALANCER)
            .toList();
    if (groups.isEmpty() && findings.isComplete()) {
      return new Verdict.NotApplicable("no target is a load balancer");
    }
    List<String> well = new ArrayList<>();
    for (TargetGroup group : groups) {
      findings.require(group.targets());
      RegisteredTarget.of(group).forEach(target -> look(current, target, findings, well));
    }
    return findings.orRuledOut(
        well.isEmpty() ? "nothing is sent to a load balancer behind" : String.join("; ", well));
  }

  private static void look(
      Case current, RegisteredTarget target, Findings findings, List<String> well) {
    Known<List<InnerLoadBalancer>> read = current.facts().fleet().loadBalancers();
    Optional<InnerLoadBalancer> found =
        read.orElse(List.of()).stream().filter(one -> one.id().equals(target.id())).findFirst();
    findings.require(read);
    if (found.isPresent()) {
      new Look(current, target, found.get(), findings, well).around();
    } else if (read.isKnown()) {
      findings.missing("how %s is wired, which is a load balancer".formatted(target.label()));
    }
  }

  /// One of them, as one target.
  ///
  /// @param outer where it is registered
  /// @param well what shows that it works, one sentence for each
  private record Look(
      Case current,
      RegisteredTarget outer,
      InnerLoadBalancer inner,
      Findings findings,
      List<String> well) {

    void around() {
      Integer port = outer.target().port();
      if (port == null) {
        findings.missing("on which port %s is asked".formatted(inner.name()));
        return;
      }
      switch (inner.wiring().loadBalancer()) {
        case Known.None<LoadBalancer>(String gone) -> accuse(Confidence.PROVEN, gone);
        case Known.Unknown<LoadBalancer>(String why) -> findings.missing(why);
        case Known.Value<LoadBalancer>(LoadBalancer read) -> {
          byState(read.state());
          byRules(read, port);
          findings
              .readFirst(inner.wiring().listeners())
              .ifPresent(listeners -> byListeners(listeners, port));
        }
      }
    }

    private void byState(String state) {
      if (!state.isEmpty() && !state.equals(ACTIVE)) {
        accuse(
            state.startsWith(ACTIVE) ? Confidence.POSSIBLE : Confidence.PROVEN,
            "its state is " + state);
      }
    }

    /// Health checks come from the nodes, clients from anywhere.
    private void byRules(LoadBalancer read, int port) {
      SecurityGroupRules rules = current.paths().inbound(read.securityGroups());
      List<Cidr> nodes = nodes();
      Known<List<String>> groups = current.loadBalancer().flatMap(LoadBalancer::securityGroups);
      if (rules == null || nodes.isEmpty() || !groups.isKnown()) {
        findings
            .missing("whether the groups at %s admit this one".formatted(inner.name()))
            .require(groups);
        return;
      }
      List<String> own = groups.orElse(List.of());
      List<Hop> hops = nodes.stream().map(node -> rules.tcp(port, node, own)).toList();
      if (hops.stream().allMatch(Hop.Denied.class::isInstance)) {
        accuse(Confidence.PROVEN, ((Hop.Denied) hops.getFirst()).by());
      } else if (hops.stream().anyMatch(Hop.Unknown.class::isInstance)) {
        findings.missing("whether %s admit this one".formatted(rules.ids()));
      } else if (shutsClientsOut(rules, port, own)) {
        findings.cause(
            cause(
                    Confidence.PROVEN,
                    "client addresses are kept, and no rule of %s admits an address outside private networks on tcp/%d"
                        .formatted(rules.ids(), port))
                .showingAs(Symptom.TIMEOUT));
      }
    }

    private List<Cidr> nodes() {
      return current.facts().network().interfaces().orElse(List.of()).stream()
          .filter(NetworkInterface::node)
          .flatMap(node -> node.addresses().stream().limit(1))
          .map(Cidr::parse)
          .flatMap(Stream::ofNullable)
          .toList();
    }

    private boolean shutsClientsOut(SecurityGroupRules rules, int port, List<String> own) {
      return outer.group().keepsClientAddress().orElse(false)
          && !current.loadBalancer().map(LoadBalancer::internal).orElse(true)
          && rules.isWhole()
          && rules.named(port).stream().allMatch(Ranges::isPrivate)
          && !(rules.tcp(port, CLIENT, own) instanceof Hop.Allowed);
    }

    private void byListeners(List<Listener> listeners, int port) {
      on(listeners, port)
          .ifPresentOrElse(
              this::byTargets,
              () ->
                  accuse(
                      Confidence.PROVEN,
                      "it has no listener on port %d, but on %s"
                          .formatted(port, ports(listeners))));
      byChecks(listeners, port);
    }

    /// What health checks ask, where they fail.
    private void byChecks(List<Listener> listeners, int port) {
      HealthCheck check = outer.group().healthCheck();
      Integer asked = outer.checkedPort();
      if (asked == null || !check.enabled() || !check.protocol().isHttp() || !outer.fails()) {
        return;
      }
      Optional<Listener> checked = on(listeners, asked);
      if (checked.isEmpty() && asked != port) {
        accuseOfChecks("health checks ask on port %d, where it has no listener".formatted(asked));
      }
      checked
          .filter(listener -> listener.protocol().isTls() != check.protocol().isTls())
          .filter(listener -> check.protocol().isTls() || !check.accepts(PLAIN))
          .ifPresent(
              listener ->
                  accuseOfChecks(
                      "health checks speak %s on port %d, where it listens for %s"
                          .formatted(check.protocol(), asked, listener.protocol())));
    }

    private static Optional<Listener> on(List<Listener> listeners, int port) {
      return listeners.stream().filter(listener -> listener.port() == port).findFirst();
    }

    private static String ports(List<Listener> listeners) {
      return listeners.isEmpty()
          ? "none"
          : listeners.stream()
              .map(listener -> String.valueOf(listener.port()))
              .distinct()
              .collect(Collectors.joining(", "));
    }

    /// Which of its groups a request goes to is for its rules to say: only where none of them can
    /// serve, none can.
    private void byTargets(Listener listener) {
      Set<String> used = new LinkedHashSet<>(used(listener.defaultAction()));
      listener.rules().orElse(List.of()).forEach(rule -> used.addAll(used(rule.action())));
      List<TargetGroup> groups =
          inner.wiring().targetGroups().orElse(List.of()).stream()
              .filter(group -> used.contains(group.id()))
              .toList();
      List<TargetGroup> dead = groups.stream().filter(group -> is(false, group)).toList();
      boolean all = listener.rules().isKnown() && dead.size() == used.size();
      String name = "its listener on port %d".formatted(listener.port());
      if (used.isEmpty() && listener.rules().isKnown()) {
        well.add("%s: %s answers by itself".formatted(inner.name(), name));
      } else if (!dead.isEmpty() && (all || outer.fails())) {
        accuse(
            all && !outer.takesTraffic() ? Confidence.PROVEN : Confidence.POSSIBLE,
            "%s sends to %s, of which no target is healthy%s"
                .formatted(name, names(dead), all ? "" : ", and to others"));
      } else if (groups.stream().filter(group -> is(true, group)).count() == used.size()
          && listener.rules().isKnown()) {
        well.add("%s: %s has healthy targets".formatted(inner.name(), name));
      } else {
        findings.missing("the targets behind " + inner.name());
      }
    }

    private static List<String> used(Listener.Action action) {
      return action instanceof Listener.Forward(List<Listener.WeightedTargetGroup> groups, _)
          ? groups.stream()
              .filter(group -> group.weight() > 0)
              .map(Listener.WeightedTargetGroup::targetGroup)
              .toList()
          : List.of();
    }

    /// Whether it is known that some, or that none, of its targets can serve. Functions are mostly
    /// not checked, and starting ones may be well in a moment.
    private static boolean is(boolean serving, TargetGroup group) {
      List<RegisteredTarget> targets = RegisteredTarget.of(group);
      return serving
          ? targets.stream().anyMatch(RegisteredTarget::takesTraffic)
          : group.targetType() != TargetType.FUNCTION
              && group.targets().isKnown()
              && targets.stream().allMatch(target -> target.fails() || target.isIn(State.DRAINING));
    }

    private static String names(List<TargetGroup> groups) {
      return groups.stream()
          .map(group -> "%s (%d)".formatted(group.name(), group.targets().orElse(List.of()).size()))
          .collect(Collectors.joining(", "));
    }

    private void accuseOfChecks(String sentence) {
      findings.cause(cause(Confidence.PROVEN, sentence).showingAs(Symptom.UNHEALTHY));
    }

    /// Of what a passing check contradicts.
    private void accuse(Confidence confidence, String sentence) {
      Verdict.Cause cause = cause(confidence, sentence);
      findings.cause(
          outer.takesTraffic()
              ? cause.and("but its health checks pass").atMost(Confidence.LIKELY)
              : outer.health().isKnown() ? cause : cause.atMost(Confidence.LIKELY));
    }

    private Verdict.Cause cause(Confidence confidence, String sentence) {
      return Verdict.Cause.of(confidence, inner.name(), "%s: %s".formatted(inner.name(), sentence))
          .about(outer)
          .repairedBy(
              new Repair.Decide(
                  "Diagnose it itself: diagnose --load-balancer %s.".formatted(inner.name())));
    }
  }
}
