package lbresponder.report.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.evidence.Phrases;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Rule;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Protocol;
import lbresponder.facts.Target;
import lbresponder.facts.TargetDirectory;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.State;
import lbresponder.message.Untrusted;

/// How a load balancer is wired, as a tree that fits one screen: listener, rule, target group,
/// target, and the machine behind it. What is well is counted, what is not is listed.
public final class Tree {
  /// Of one kind under one parent; the others are counted.
  private static final int MOST = 6;

  private final Facts facts;
  private final TargetDirectory directory;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();

  private Tree(Facts facts) {
    this.facts = facts;
    this.directory = new TargetDirectory(facts.fleet());
  }

  /// A line of the tree and what hangs below it.
  private record Node(String text, List<Node> below) {
    static Node leaf(String text) {
      return new Node(text, List.of());
    }
  }

  /// Ends with a newline.
  public static String write(Facts facts) {
    Tree tree = new Tree(facts);
    tree.lines.add(clean(tree.top()));
    tree.add(tree.listeners(), "");
    return String.join("\n", tree.lines) + "\n";
  }

  private String top() {
    LoadBalancerId id = facts.incident().loadBalancer();
    return facts
        .wiring()
        .loadBalancer()
        .fold(
            loadBalancer -> top(id, loadBalancer),
            why -> "%s (%s): %s".formatted(id.name(), id.kind(), why),
            why -> "%s (%s): %s".formatted(id.name(), id.kind(), why));
  }

  private static String top(LoadBalancerId id, LoadBalancer loadBalancer) {
    String zones =
        loadBalancer.zones().stream()
            .map(LoadBalancer.Zone::name)
            .sorted()
            .collect(Collectors.joining(", "));
    return "%s (%s, %s)%s"
        .formatted(
            id.name(),
            id.kind(),
            loadBalancer.internal() ? "internal" : "internet-facing",
            zones.isEmpty() ? "" : " in " + zones);
  }

  private void add(List<Node> nodes, String margin) {
    for (int i = 0; i < nodes.size(); i++) {
      boolean last = i == nodes.size() - 1;
      lines.add(margin + (last ? "└─ " : "├─ ") + clean(nodes.get(i).text()));
      add(nodes.get(i).below(), margin + (last ? "   " : "│  "));
    }
  }

  /// Where there is no load balancer, there is nothing below it either.
  private List<Node> listeners() {
    List<Node> nodes = new ArrayList<>();
    switch (facts.wiring().listeners()) {
      case Known.Unknown<List<Listener>>(String why) -> nodes.add(Node.leaf("listeners: " + why));
      case Known.None<List<Listener>> _ -> {}
      case Known.Value<List<Listener>>(List<Listener> all) -> {
        all.stream().limit(MOST).map(this::listener).forEach(nodes::add);
        more(all.size(), "listener", nodes);
        facts.targetGroups().stream()
            .filter(group -> !shown.contains(group.id()))
            .map(group -> new Node("no listener", List.of(group(group, ""))))
            .forEach(nodes::add);
      }
    }
    return nodes;
  }

  private Node listener(Listener listener) {
    List<Node> nodes = new ArrayList<>();
    switch (listener.rules()) {
      case Known.Unknown<List<Rule>>(String why) -> nodes.add(Node.leaf("rules: " + why));
      case Known.None<List<Rule>> _ -> {}
      case Known.Value<List<Rule>>(List<Rule> rules) -> {
        rules.stream().limit(MOST).map(this::rule).forEach(nodes::add);
        more(rules.size(), "rule", nodes);
      }
    }
    nodes.add(action(nodes.isEmpty() ? "everything" : "otherwise", listener.defaultAction()));
    return new Node("%s:%d".formatted(listener.protocol(), listener.port()), nodes);
  }

  private Node rule(Rule rule) {
    return action("rule %d: %s".formatted(rule.priority(), conditions(rule)), rule.action());
  }

  private static String conditions(Rule rule) {
    return rule.conditions().stream()
        .map(condition -> condition.field() + " " + String.join(" or ", condition.values()))
        .collect(Collectors.joining(", "));
  }

  private Node action(String when, Listener.Action action) {
    return switch (action) {
      case Listener.Forward(List<WeightedTargetGroup> groups, _) ->
          new Node(when, groups.stream().map(group -> group(group, groups.size())).toList());
      case Listener.FixedResponse(int status) ->
          Node.leaf("%s: answers %d".formatted(when, status));
      case Listener.Redirect(int status, _) ->
          Node.leaf("%s: redirects, %d".formatted(when, status));
      case Listener.Authenticate(String type, _) -> Node.leaf("%s: %s".formatted(when, type));
      case Listener.OtherAction(String type) -> Node.leaf("%s: %s".formatted(when, type));
    };
  }

  /// @param among how many the action sends to
  private Node group(WeightedTargetGroup weighted, int among) {
    String weight = among == 1 && weighted.weight() > 0 ? "" : ", weight " + weighted.weight();
    return facts.targetGroups().stream()
        .filter(group -> group.id().equals(weighted.targetGroup()))
        .findFirst()
        .map(group -> group(group, weight))
        .orElse(Node.leaf(weighted.targetGroup() + weight));
  }

  private Node group(TargetGroup group, String weight) {
    String name = "%s (%s)%s%s".formatted(group.name(), type(group), weight, keeper(group));
    if (!shown.add(group.id())) {
      return Node.leaf(name + ", see above");
    }
    return group
        .targets()
        .fold(
            targets -> group(name, targets),
            why -> Node.leaf(name + ": " + why),
            why -> Node.leaf(name + ": " + why));
  }

  private Node group(String name, List<Target> targets) {
    List<Target> unwell = targets.stream().filter(target -> !isHealthy(target)).toList();
    List<Node> nodes = new ArrayList<>();
    unwell.stream().limit(MOST).map(target -> Node.leaf(target(target))).forEach(nodes::add);
    more(unwell.size(), "target", nodes);
    String healthy =
        targets.isEmpty()
            ? "no target"
            : "%d of %d healthy".formatted(targets.size() - unwell.size(), targets.size());
    return new Node(name + ", " + healthy, nodes);
  }

  /// `machine HTTP:8080`, `function`.
  private static String type(TargetGroup group) {
    String type =
        switch (group.targetType()) {
          case MACHINE -> "machine";
          case ADDRESS -> "address";
          case FUNCTION -> "function";
          case LOAD_BALANCER -> "load balancer";
        };
    if (group.protocol() == Protocol.NONE) {
      return type;
    }
    String port = group.port() == null ? "" : ":" + group.port();
    return "%s %s%s".formatted(type, group.protocol(), port);
  }

  private String keeper(TargetGroup group) {
    return facts.fleet().services().orElse(List.of()).stream()
        .filter(service -> service.targetGroups().contains(group.id()))
        .map(service -> ", service " + service.name())
        .collect(Collectors.joining());
  }

  private static boolean isHealthy(Target target) {
    return target.health().map(health -> health.state() == State.HEALTHY).orElse(false);
  }

  private String target(Target target) {
    String health =
        target
            .health()
            .fold(
                known ->
                    Stream.of(Phrases.state(known.state()), known.code(), known.description())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" ")),
                why -> "health unknown: " + why,
                why -> "without health: " + why);
    String zone = Objects.toString(directory.zone(target), "zone unknown");
    return "%s in %s: %s%s".formatted(target.label(), zone, health, machine(target));
  }

  private String machine(Target target) {
    return directory
        .known(target.id())
        .map(
            machine ->
                "; machine %s%s"
                    .formatted(
                        Phrases.state(machine.state()),
                        machine.scalingGroup() == null ? "" : " of " + machine.scalingGroup()))
        .orElse("");
  }

  private static void more(int all, String what, List<Node> nodes) {
    if (all > MOST) {
      nodes.add(
          Node.leaf("and %d more %s".formatted(all - MOST, what + (all - MOST == 1 ? "" : "s"))));
    }
  }

  private static String clean(String text) {
    return Untrusted.clean(text, 160);
  }
}
