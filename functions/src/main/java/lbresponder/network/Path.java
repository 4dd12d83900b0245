package lbresponder.network;

import java.util.List;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;

/// The way from a node of the load balancer to one port of a target, and back.
///
/// @param from the node's address, or its subnet's range where no node could be read
/// @param zone where the node stands
/// @param steps every control on the way, in the order a packet meets them; never empty
public record Path(
    Cidr from, String zone, TargetGroup group, Target target, int port, List<Step> steps) {

  /// @param by id of what decides: the groups, the ACL, the route table; empty where nothing does
  public record Step(Control control, String by, Hop hop) {}

  /// Where a packet can be stopped.
  public enum Control {
    BALANCER_GROUPS("load balancer's groups out"),
    BALANCER_ACL_OUT("load balancer's subnet's ACL out"),
    ROUTE("route"),
    TARGET_ACL_IN("target's subnet's ACL in"),
    TARGET_GROUPS("target's groups in"),
    TARGET_ACL_OUT("answer: target's subnet's ACL out"),
    RETURN_ROUTE("answer: route"),
    BALANCER_ACL_IN("answer: load balancer's subnet's ACL in");

    private final String words;

    Control(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// Every control that lets nothing pass, not the first alone.
  public List<Step> blockers() {
    return steps.stream().filter(step -> step.hop() instanceof Hop.Denied).toList();
  }

  /// One line, from node to target: `eu-west-1a 10.0.1.5 → route ✓ → target's groups in ✗ … →
  /// i-0abc:8080`.
  public String line() {
    StringBuilder line = new StringBuilder("%s %s".formatted(zone, Texts.of(from)));
    for (Step step : steps) {
      line.append(" → ").append(step.control().words());
      switch (step.hop()) {
        case Hop.Allowed _ -> line.append(" ✓");
        case Hop.Denied(String by) -> line.append(" ✗ ").append(by);
        case Hop.Partial(String by, String open) ->
            line.append(" ± ").append(by).append(", open: ").append(open);
        case Hop.Unknown(String why) -> line.append(" ? ").append(why);
      }
    }
    return line.append(" → ").append(target.id()).append(':').append(port).toString();
  }
}
