package lbresponder.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Rule;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;

/// Where listeners send requests.
public final class Routing {
  private final Known<List<Listener>> listeners;
  private final Map<String, Use> uses = new HashMap<>();

  Routing(Facts facts) {
    this.listeners = facts.wiring().listeners();
  }

  /// Whether requests reach a target group.
  public sealed interface Use {
    /// @param by the sentence that says who sends
    record Sent(String by) implements Use {}

    /// Everything was read, and nothing sends to it.
    ///
    /// @param zeroWeights actions that name it with weight 0; empty: none names it
    record Idle(List<ForwardRef> zeroWeights) implements Use {}

    /// @param why what could not be read
    record Unread(String why) implements Use {}
  }

  /// An action and where it stands.
  ///
  /// @param rule null: the listener's default action
  public record ForwardRef(Listener listener, @Nullable Rule rule, Listener.Action action) {
    public String name() {
      String name = "listener %s:%d".formatted(listener.protocol(), listener.port());
      return rule == null ? name + " by default" : name + ", rule " + rule.priority();
    }
  }

  public Use of(TargetGroup group) {
    return uses.computeIfAbsent(group.id(), _ -> find(group));
  }

  private Use find(TargetGroup group) {
    if (!(listeners instanceof Known.Value<List<Listener>>(List<Listener> all))) {
      return new Use.Unread(
          listeners.fold(_ -> "", why -> why, why -> "it has no listeners: " + why));
    }
    List<ForwardRef> zero = new ArrayList<>();
    for (ForwardRef ref : all.stream().flatMap(Routing::actions).toList()) {
      Integer weight = Listener.weight(ref.action(), group.id());
      if (weight != null && weight > 0) {
        return new Use.Sent("%s sends to %s".formatted(ref.name(), group.name()));
      }
      if (weight != null) {
        zero.add(ref);
      }
    }
    for (Listener listener : all) {
      if (listener.rules() instanceof Known.Unknown<List<Rule>>(String why)) {
        return new Use.Unread(why);
      }
    }
    return new Use.Idle(List.copyOf(zero));
  }

  private static Stream<ForwardRef> actions(Listener listener) {
    return Stream.concat(
        listener.rules().orElse(List.of()).stream()
            .map(rule -> new ForwardRef(listener, rule, rule.action())),
        Stream.of(new ForwardRef(listener, null, listener.defaultAction())));
  }
}
