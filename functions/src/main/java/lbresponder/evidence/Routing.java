package lbresponder.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /// As the steps of whatever it stands in come before it.
    public Known<List<Listener.Action>> before() {
      return rule == null ? listener.before() : rule.before();
    }

    public String name() {
      String name = "listener %s:%d".formatted(listener.protocol(), listener.port());
      return rule == null ? name + " by default" : name + ", rule " + rule.priority();
    }
  }

  /// Every action there is: the rules' in the order in which they are tried, each listener's
  /// default after them. Rules that could not be read are not among them.
  public List<ForwardRef> actions() {
    return listeners.orElse(List.of()).stream().flatMap(Routing::actions).toList();
  }

  /// Why some action could not be read; empty: all were.
  public String unread() {
    return listeners.fold(
        all ->
            all.stream()
                .flatMap(listener -> unread(listener.rules()).stream())
                .findFirst()
                .orElse(""),
        why -> why,
        _ -> "");
  }

  private static Optional<String> unread(Known<?> fact) {
    return fact instanceof Known.Unknown<?>(String why) ? Optional.of(why) : Optional.empty();
  }

  public Use of(TargetGroup group) {
    return uses.computeIfAbsent(group.id(), _ -> find(group));
  }

  private Use find(TargetGroup group) {
    if (!listeners.isKnown()) {
      return new Use.Unread(
          listeners.fold(_ -> "", why -> why, why -> "it has no listeners: " + why));
    }
    List<ForwardRef> zero = new ArrayList<>();
    for (ForwardRef ref : actions()) {
      Integer weight = Listener.weight(ref.action(), group.id());
      if (weight != null && weight > 0) {
        return new Use.Sent("%s sends to %s".formatted(ref.name(), group.name()));
      }
      if (weight != null) {
        zero.add(ref);
      }
    }
    String unread = unread();
    return unread.isEmpty() ? new Use.Idle(List.copyOf(zero)) : new Use.Unread(unread);
  }

  private static Stream<ForwardRef> actions(Listener listener) {
    return Stream.concat(
        listener.rules().orElse(List.of()).stream()
            .map(rule -> new ForwardRef(listener, rule, rule.action())),
        Stream.of(new ForwardRef(listener, null, listener.defaultAction())));
  }
}
