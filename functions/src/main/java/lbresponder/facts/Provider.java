package lbresponder.facts;

/// Where load balancers live: reads alarms and facts, and words repairs in its own commands. It
/// decides nothing.
public interface Provider extends AlarmReader, Gatherer, Wording {
  /// As in {@link LoadBalancerId#provider}, e.g. `aws`.
  String name();
}
