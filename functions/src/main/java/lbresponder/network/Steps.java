package lbresponder.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.Traits;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.End;
import lbresponder.network.Path.Step;

/// What the controls between two ends do with packets.
final class Steps {
  private static final Hop SAME_SUBNET = new Hop.Allowed("the same subnet");
  private static final Hop UNTOLD =
      new Hop.Unknown("whether both ends are in the same subnet was not read");
  private static final Hop NO_GROUPS = new Hop.Allowed("no security group");

  private final Network network;
  private final Traits traits;
  private final boolean filtersWithinSubnet;
  private final NetworkFilters filters;
  private final Carriers carriers;
  private final PathEnds ends;

  /// @param filtersWithinSubnet as {@link Traits#filtersWithinSubnet}; false for a prober
  Steps(
      Facts facts,
      boolean filtersWithinSubnet,
      NetworkFilters filters,
      Carriers carriers,
      PathEnds ends) {
    this.network = facts.network();
    this.traits = facts.incident().loadBalancer().traits();
    this.filtersWithinSubnet = filtersWithinSubnet;
    this.filters = filters;
    this.carriers = carriers;
    this.ends = ends;
  }

  /// Every control that there is, in this order.
  ///
  /// @param own the end that the controls are at
  List<Step> of(List<Control> controls, NetworkLocation own, NetworkLocation other, int port) {
    List<Step> steps = new ArrayList<>(controls.size());
    for (Control control : controls) {
      step(control, own, other, port).ifPresent(steps::add);
    }
    return steps;
  }

  /// Empty where there is no such control.
  ///
  /// @param own the end that the control is at
  private Optional<Step> step(
      Control control, NetworkLocation own, NetworkLocation other, int port) {
    return switch (control.kind()) {
      case SECURITY_GROUPS -> throughGroups(control, own, other, port);
      case NETWORK_ACL -> throughAcl(control, own, other, port);
      case ROUTE -> alongRoute(control, own, other);
    };
  }

  private Optional<Step> throughGroups(
      Control control, NetworkLocation own, NetworkLocation other, int port) {
    if (network.securityGroups() instanceof Known.None) {
      return Optional.empty();
    }
    return own.groups()
        .fold(
            ids ->
                ids.isEmpty()
                    ? Optional.of(new Step(control, "", NO_GROUPS))
                    : step(
                        control,
                        filters.groups(ids, !control.outbound()),
                        SecurityGroupRules::ids,
                        rules -> rules.tcp(port, other.address(), other.peerGroups())),
            why -> Optional.of(new Step(control, "", new Hop.Unknown(why))),
            _ -> Optional.empty());
  }

  private Optional<Step> throughAcl(
      Control control, NetworkLocation own, NetworkLocation other, int port) {
    if (network.networkAcls() instanceof Known.None) {
      return Optional.empty();
    }
    boolean leavesLoadBalancer = control.end() == End.LOAD_BALANCER && control.outbound();
    if (own.sharesSubnetWith(other) && !(leavesLoadBalancer && filtersWithinSubnet)) {
      return Optional.of(new Step(control, "", SAME_SUBNET));
    }
    if (own.subnet() == null) {
      return Optional.of(Step.outside(control));
    }
    if (ends.mayShareSubnet(own, other)) {
      return Optional.of(new Step(control, "", UNTOLD));
    }
    int from = control.answer() ? traits.sourcePorts().from() : port;
    int to = control.answer() ? traits.sourcePorts().to() : port;
    return step(
        control,
        filters.acl(own.subnet(), control.outbound()),
        NetworkAclRules::id,
        rules -> rules.tcp(from, to, other.address()));
  }

  private Optional<Step> alongRoute(Control control, NetworkLocation own, NetworkLocation other) {
    if (network.routeTables() instanceof Known.None) {
      return Optional.empty();
    }
    if (own.sharesSubnetWith(other)) {
      return Optional.of(new Step(control, "", SAME_SUBNET));
    }
    if (own.subnet() == null) {
      return Optional.of(Step.outside(control));
    }
    if (ends.mayShareSubnet(own, other)) {
      return Optional.of(new Step(control, "", UNTOLD));
    }
    return step(
        control,
        filters.routes(own.subnet()),
        RouteLookup::id,
        routes -> carriers.along(routes, own, other));
  }

  private static <R> Optional<Step> step(
      Control control, Known<R> read, Function<R, String> id, Function<R, Hop> judge) {
    return read.fold(
        rules -> Optional.of(new Step(control, id.apply(rules), judge.apply(rules))),
        why -> Optional.of(new Step(control, "", new Hop.Unknown(why))),
        _ -> Optional.empty());
  }
}
