package lbresponder.infra;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.IRuleTarget;
import software.amazon.awscdk.services.events.Rule;
import software.constructs.Construct;

/// The EventBridge rules that select alarms: the same in every account and Region.
final class AlarmRules {
  private AlarmRules() {}

  /// @param bus null: the account's own, where CloudWatch's events arrive
  /// @param accounts whose alarms pass; empty: those of every account that may send to the bus
  static void create(
      Construct scope,
      String prefix,
      @Nullable IEventBus bus,
      List<String> accounts,
      FunctionsModule functions,
      IRuleTarget target) {
    rule(
        scope,
        prefix + "AlarmRule",
        "Alarms on load balancer metrics that start or end",
        bus,
        AlarmPattern.onMetrics(functions.recognised()),
        accounts,
        target);
    rule(
        scope,
        prefix + "CompositeRule",
        "Composite alarms that start or end",
        bus,
        AlarmPattern.onComposites(),
        accounts,
        target);
  }

  private static void rule(
      Construct scope,
      String id,
      String description,
      @Nullable IEventBus bus,
      EventPattern.Builder pattern,
      List<String> accounts,
      IRuleTarget target) {
    Rule.Builder rule =
        Rule.Builder.create(scope, id)
            .description(description)
            .eventPattern((accounts.isEmpty() ? pattern : pattern.account(accounts)).build())
            .targets(List.of(target));
    if (bus != null) {
      rule.eventBus(bus);
    }
    rule.build();
  }
}
