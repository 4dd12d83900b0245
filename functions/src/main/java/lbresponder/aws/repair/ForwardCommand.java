package lbresponder.aws.repair;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Rule;
import lbresponder.facts.Repair;

/// The command that changes the weights of a forward. What it names replaces all actions that there
/// are, so that it repeats them: to leave one out would let everybody past a login.
final class ForwardCommand {
  private static final JsonMapper MAPPER = new JsonMapper();

  private ForwardCommand() {}

  /// Empty where some action was not read or not understood.
  static Optional<Command> command(Repair.Forward repair, Facts facts) {
    return facts.wiring().listeners().orElse(List.of()).stream()
        .filter(listener -> listener.id().equals(repair.listener()))
        .findFirst()
        .flatMap(listener -> actions(repair, listener))
        .map(actions -> command(repair, facts.incident().loadBalancer().region(), actions));
  }

  private static Command command(Repair.Forward repair, String region, ArrayNode actions) {
    return repair.rule() == null
        ? new Command(region, "elbv2 modify-listener")
            .with("listener-arn", repair.listener())
            .with("default-actions", actions.toString())
        : new Command(region, "elbv2 modify-rule")
            .with("rule-arn", repair.rule())
            .with("actions", actions.toString());
  }

  private static Optional<ArrayNode> actions(Repair.Forward repair, Listener listener) {
    if (repair.rule() == null) {
      return actions(repair, listener.before(), listener.defaultAction());
    }
    return listener.rules().orElse(List.of()).stream()
        .filter(rule -> rule.id().equals(repair.rule()))
        .findFirst()
        .flatMap((Rule rule) -> actions(repair, rule.before(), rule.action()));
  }

  private static Optional<ArrayNode> actions(
      Repair.Forward repair, Known<List<Listener.Action>> before, Listener.Action last) {
    if (!(last instanceof Listener.Forward forward) || !forward.isWholeAfter(before)) {
      return Optional.empty();
    }
    ArrayNode all = MAPPER.createArrayNode();
    for (Listener.Action step : before.orElse(List.of())) {
      Optional<ObjectNode> settings = settings(step);
      if (settings.isEmpty()) {
        return Optional.empty();
      }
      all.add(settings.get().put("Order", all.size() + 1));
    }
    ObjectNode changed = all.addObject().put("Type", "forward");
    if (all.size() > 1) {
      changed.put("Order", all.size());
    }
    changed.set("ForwardConfig", forward(repair, forward.stickySeconds()));
    return Optional.of(all);
  }

  private static ObjectNode forward(Repair.Forward repair, Known<Integer> stickySeconds) {
    ObjectNode config = MAPPER.createObjectNode();
    ArrayNode groups = config.putArray("TargetGroups");
    for (Listener.WeightedTargetGroup group : repair.weights()) {
      groups.addObject().put("TargetGroupArn", group.targetGroup()).put("Weight", group.weight());
    }
    if (stickySeconds instanceof Known.Value<Integer>(Integer seconds)) {
      config
          .putObject("TargetGroupStickinessConfig")
          .put("Enabled", true)
          .put("DurationSeconds", seconds);
    }
    return config;
  }

  /// Empty where it is not what this version wrote down.
  private static Optional<ObjectNode> settings(Listener.Action step) {
    if (!(step instanceof Listener.Authenticate(_, Known.Value<String>(String settings)))) {
      return Optional.empty();
    }
    try {
      return MAPPER.readTree(settings) instanceof ObjectNode action
          ? Optional.of(action)
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }
}
