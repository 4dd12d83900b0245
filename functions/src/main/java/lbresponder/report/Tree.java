package lbresponder.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Service;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;

/// How a load balancer is wired, as a tree that fits one screen: listener, rule, target group,
/// target, and the instance behind it. What is well is counted, what is not is listed.
public final class Tree {
  /// Of one kind under one parent; the others are counted.
  private static final int MOST = 6;

  private final Facts facts;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();

  private Tree(Facts facts) {
    this.facts = facts;
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
    String name = facts.incident().loadBalancer().name();
    String kind = facts.incident().loadBalancer().kind().name().toLowerCase(Locale.ROOT);
    return switch (facts.loadBalancer()) {
      case Known.Unknown<LoadBalancer>(String why) -> "%s (%s): %s".formatted(name, kind, why);
      case Known.Value<LoadBalancer>(LoadBalancer balancer) ->
          "%s (%s, %s) in %s"
              .formatted(
                  name,
                  kind,
                  balancer.internal() ? "internal" : "internet-facing",
                  balancer.zones().stream()
                      .map(LoadBalancer.Zone::name)
                      .sorted()
                      .collect(Collectors.joining(", ")));
    };
  }

  private void add(List<Node> nodes, String margin) {
    for (int i = 0; i < nodes.size(); i++) {
      boolean last = i == nodes.size() - 1;
      lines.add(margin + (last ? "└─ " : "├─ ") + clean(nodes.get(i).text()));
      add(nodes.get(i).below(), margin + (last ? "   " : "│  "));
    }
  }

  private List<Node> listeners() {
    List<Node> nodes = new ArrayList<>();
    switch (facts.listeners()) {
      case Known.Unknown<List<Listener>>(String why) -> nodes.add(Node.leaf("listeners: " + why));
      case Known.Value<List<Listener>>(List<Listener> all) ->
          all.stream().limit(MOST).map(this::listener).forEach(nodes::add);
    }
    more(facts.listeners().orElse(List.of()).size(), "listener", nodes);
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
      if (!shown.contains(group.id()) && facts.listeners().isKnown()) {
        nodes.add(new Node("no listener", List.of(group(group, ""))));
      }
    }
    return nodes;
  }

  private Node listener(Listener listener) {
    List<Node> nodes = new ArrayList<>();
    switch (listener.rules()) {
      case Known.Unknown<List<Listener.Rule>>(String why) -> nodes.add(Node.leaf("rules: " + why));
      case Known.Value<List<Listener.Rule>>(List<Listener.Rule> rules) -> {
        rules.stream()
            .limit(MOST)
            .map(
                rule ->
                    action(
                        "rule %d: %s".formatted(rule.priority(), conditions(rule)), rule.action()))
            .forEach(nodes::add);
        more(rules.size(), "rule", nodes);
      }
    }
    nodes.add(action(nodes.isEmpty() ? "everything" : "otherwise", listener.otherwise()));
    return new Node("%s:%d".formatted(listener.protocol(), listener.port()), nodes);
  }

  private static String conditions(Listener.Rule rule) {
    return rule.conditions().stream()
        .map(one -> one.field() + " " + String.join(" or ", one.values()))
        .collect(Collectors.joining(", "));
  }

  private Node action(String when, Listener.Action action) {
    return switch (action) {
      case Listener.Forward(List<WeightedTargetGroup> groups) ->
          new Node(
              when,
              groups.stream()
                  .map(
                      one ->
                          group(
                              one.targetGroup(),
                              groups.size() == 1 && one.weight() > 0
                                  ? ""
                                  : ", weight " + one.weight()))
                  .toList());
      case Listener.FixedResponse(int status) ->
          Node.leaf("%s: answers %d".formatted(when, status));
      case Listener.Redirect(int status) -> Node.leaf("%s: redirects, %d".formatted(when, status));
      case Listener.OtherAction(String type) -> Node.leaf("%s: %s".formatted(when, type));
    };
  }

  private Node group(String id, String weight) {
    return facts.targetGroups().orElse(List.of()).stream()
        .filter(group -> group.id().equals(id))
        .findFirst()
        .map(group -> group(group, weight))
        .orElse(Node.leaf(id + weight));
  }

  private Node group(TargetGroup group, String weight) {
    String name = "%s (%s)%s%s".formatted(group.name(), protocol(group), weight, keeper(group));
    if (!shown.add(group.id())) {
      return Node.leaf(name + ", see above");
    }
    return switch (group.targets()) {
      case Known.Unknown<List<Target>>(String why) -> Node.leaf(name + ": " + why);
      case Known.Value<List<Target>>(List<Target> targets) -> {
        List<Target> unwell = targets.stream().filter(one -> !isHealthy(one)).toList();
        List<Node> nodes = new ArrayList<>();
        unwell.stream().limit(MOST).map(one -> Node.leaf(target(one))).forEach(nodes::add);
        more(unwell.size(), "target", nodes);
        yield new Node(
            "%s, %s"
                .formatted(
                    name,
                    targets.isEmpty()
                        ? "no target"
                        : "%d of %d healthy"
                            .formatted(targets.size() - unwell.size(), targets.size())),
            nodes);
      }
    };
  }

  private static String protocol(TargetGroup group) {
    return Stream.of(
            group.targetType().name().toLowerCase(Locale.ROOT),
            group.protocol() + (group.port() == null ? "" : ":" + group.port()))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private String keeper(TargetGroup group) {
    return facts.fleet().services().orElse(List.of()).stream()
        .filter(service -> service.targetGroups().contains(group.id()))
        .map(Service::name)
        .map(name -> ", service " + name)
        .collect(Collectors.joining());
  }

  private static boolean isHealthy(Target target) {
    return target
        .health()
        .map(health -> health.state() == TargetHealth.State.HEALTHY)
        .orElse(false);
  }

  private String target(Target target) {
    String health =
        switch (target.health()) {
          case Known.Unknown<TargetHealth>(String why) -> "health unknown: " + why;
          case Known.Value<TargetHealth>(TargetHealth known) ->
              Stream.of(
                      known.state().name().toLowerCase(Locale.ROOT).replace('_', '.'),
                      known.code(),
                      known.description())
                  .filter(word -> !word.isEmpty())
                  .collect(Collectors.joining(" "));
        };
    String zone = Objects.toString(facts.zoneOf(target), "zone unknown");
    return "%s in %s: %s%s".formatted(target.label(), zone, health, instance(target));
  }

  private String instance(Target target) {
    Optional<Instance> instance = facts.instance(target.id()).orElse(Optional.empty());
    return instance
        .map(
            one ->
                "; instance %s%s"
                    .formatted(
                        one.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        one.scalingGroup() == null ? "" : " of " + one.scalingGroup()))
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
