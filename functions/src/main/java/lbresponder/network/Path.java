package lbresponder.network;

import java.util.List;

/// The way from a node of the load balancer to one port of a target, and back. Targets in the same
/// place have the same paths.
///
/// @param from the node's address, or its subnet's range where no node could be read
/// @param zone where the node is; empty where the load balancer has no zones
/// @param to where the target is; in a subnet that was read, the subnet's range stands for its
///   address
/// @param steps every control on the way, in the order in which a packet passes them
public record Path(Cidr from, String zone, int port, NetworkLocation to, List<Step> steps) {

  /// @param by id of what decides: the groups, the ACL, the route table; empty where nothing does
  public record Step(Control control, String by, Hop hop) {
    static Step outside(Control control) {
      return new Step(
          control,
          "",
          new Hop.Unknown(
              "the %s is outside the subnets that were read".formatted(control.end().description)));
    }
  }

  /// What a packet passes.
  public enum Kind {
    /// Stateful: looks at what begins a connection only.
    SECURITY_GROUPS,
    /// Stateless: looks at every packet, so that return traffic needs its own entry.
    NETWORK_ACL,
    ROUTE
  }

  /// At which end of the path.
  public enum End {
    LOAD_BALANCER("load balancer"),
    TARGET("target");

    private final String description;

    End(String description) {
      this.description = description;
    }
  }

  /// Where a packet can be stopped.
  ///
  /// @param answer false: on the way to the target; true: on the way back
  public record Control(Kind kind, End end, boolean answer) {
    /// What a packet passes where it leaves the load balancer, in this order.
    static final List<Control> LEAVING =
        List.of(
            new Control(Kind.SECURITY_GROUPS, End.LOAD_BALANCER, false),
            new Control(Kind.NETWORK_ACL, End.LOAD_BALANCER, false),
            new Control(Kind.ROUTE, End.LOAD_BALANCER, false));

    /// What it passes after that at the target's end, and what its answer does there.
    static final List<Control> AT_TARGET =
        List.of(
            new Control(Kind.NETWORK_ACL, End.TARGET, false),
            new Control(Kind.SECURITY_GROUPS, End.TARGET, false),
            new Control(Kind.NETWORK_ACL, End.TARGET, true),
            new Control(Kind.ROUTE, End.TARGET, true));

    /// What the answer passes at last.
    static final List<Control> RETURNING =
        List.of(new Control(Kind.NETWORK_ACL, End.LOAD_BALANCER, true));

    /// Whether the packet leaves this end; else it arrives here.
    public boolean outbound() {
      return (end == End.LOAD_BALANCER) != answer;
    }

    /// For people: `load balancer's groups out`, `answer: route`.
    public String description() {
      return description(End.LOAD_BALANCER.description);
    }

    /// As {@link #description()}.
    ///
    /// @param source what stands where the load balancer would
    public String description(String source) {
      String direction = outbound() ? "out" : "in";
      String at = end == End.LOAD_BALANCER ? source : end.description;
      String control =
          switch (kind) {
            case SECURITY_GROUPS -> at + "'s groups " + direction;
            case NETWORK_ACL -> at + "'s subnet's ACL " + direction;
            case ROUTE -> "route";
          };
      return answer ? "answer: " + control : control;
    }
  }

  /// Every control that lets nothing pass, not the first alone.
  public List<Step> blockers() {
    return steps.stream().filter(step -> step.hop() instanceof Hop.Denied).toList();
  }

  /// Whether every control lets everything pass.
  boolean isOpen() {
    return steps.stream().allMatch(step -> step.hop() instanceof Hop.Allowed);
  }

  /// One line, from node to target: `eu-west-1a 10.0.1.5 → route ✓ → target's groups in ✗ … →
  /// i-0abc:8080`.
  ///
  /// @param target the id of the target that it leads to
  public String line(String target) {
    StringBuilder line = new StringBuilder("%s %s".formatted(zone, CidrFormat.of(from)).strip());
    for (Step step : steps) {
      line.append(" → ").append(step.control().description());
      switch (step.hop()) {
        case Hop.Allowed _ -> line.append(" ✓");
        case Hop.Denied(String by) -> line.append(" ✗ ").append(by);
        case Hop.Partial(String by, String open) ->
            line.append(" ± ").append(by).append(", open: ").append(open);
        case Hop.Unknown(String why) -> line.append(" ? ").append(why);
      }
    }
    return line.append(" → ").append(CidrFormat.endpoint(target, port)).toString();
  }
}
