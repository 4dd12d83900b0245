package lbresponder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Rule;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;

/// Where listeners send requests.
final class Routing {
  private Routing() {}

  /// Whether requests reach a target group.
  sealed interface Use {
    /// @param by the sentence that says who sends
    record Sent(String by) implements Use {}

    /// Everything was read, and nothing sends to it.
    ///
    /// @param zeroWeights actions that name it with weight 0; empty: none names it
    record Idle(List<Place> zeroWeights) implements Use {}

    /// @param why what could not be read
    record Untold(String why) implements Use {}
  }

  /// An action and where it stands.
  ///
  /// @param rule null: the listener's default action
  record Place(Listener listener, @Nullable Rule rule, Listener.Action action) {
    String name() {
      String name = "listener %s:%d".formatted(listener.protocol(), listener.port());
      return rule == null ? name + " by default" : name + ", rule " + rule.priority();
    }
  }

  static Use use(Facts facts, TargetGroup group) {
    if (!(facts.listeners() instanceof Known.Value<List<Listener>>(List<Listener> listeners))) {
      return new Use.Untold(((Known.Unknown<List<Listener>>) facts.listeners()).why());
    }
    List<Place> zero = new ArrayList<>();
    for (Place place : listeners.stream().flatMap(Routing::places).toList()) {
      Integer weight = Listener.weight(place.action(), group.id());
      if (weight != null && weight > 0) {
        return new Use.Sent("%s sends to %s".formatted(place.name(), group.name()));
      }
      if (weight != null) {
        zero.add(place);
      }
    }
    for (Listener listener : listeners) {
      if (listener.rules() instanceof Known.Unknown<List<Rule>>(String why)) {
        return new Use.Untold(why);
      }
    }
    return new Use.Idle(List.copyOf(zero));
  }

  static Stream<Place> places(Listener listener) {
    return Stream.concat(
        listener.rules().orElse(List.of()).stream()
            .map(rule -> new Place(listener, rule, rule.action())),
        Stream.of(new Place(listener, null, listener.otherwise())));
  }
}
