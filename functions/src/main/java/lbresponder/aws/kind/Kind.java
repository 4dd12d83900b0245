package lbresponder.aws.kind;

import java.util.Locale;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.PortRange;
import lbresponder.facts.Traits;
import lbresponder.facts.TraitsBuilder;
import lbresponder.message.Untrusted;

/// A kind of load balancer, and how it behaves.
public enum Kind {
  CLASSIC,
  APPLICATION,
  NETWORK;

  /// What {@link LoadBalancerId#provider} says of each of them.
  public static final String PROVIDER = "aws";

  /// Nodes of every kind connect from these.
  private static final PortRange SOURCE_PORTS = new PortRange(1024, 65535);

  /// What AWS asks to be free in each subnet, so that the load balancer can add nodes.
  private static final int SPARE_ADDRESSES = 8;

  private static final int NODES_PER_ZONE = 4;

  /// The kind of a load balancer, by {@link LoadBalancerId#kind}.
  ///
  /// @throws IllegalArgumentException where that is none of them
  public static Kind of(LoadBalancerId id) {
    for (Kind kind : values()) {
      if (kind.text().equals(id.kind())) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "kind: found `%s`, expected classic, application or network"
            .formatted(Untrusted.clean(id.kind(), 60)));
  }

  /// A load balancer of this kind, with its traits.
  ///
  /// @param name the name people use
  public LoadBalancerId id(String account, String region, String name, String arn) {
    return new LoadBalancerId(PROVIDER, text(), account, region, name, arn, traits());
  }

  /// What people call it, as {@link LoadBalancerId#kind} has it: `classic`, `application`,
  /// `network`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Classic sends nothing to instances that are out of service, counts its own health checks as
  /// backend connection errors, and filters by the network ACL within a subnet too. Only a Network
  /// Load Balancer keeps flows, and it answers nothing itself. Only an Application Load Balancer
  /// tells `Target.Timeout` from other failures.
  public Traits traits() {
    return TraitsBuilder.builder()
        .failsOpen(this != CLASSIC)
        .countsOwnChecks(this == CLASSIC)
        .resetsIdleFlows(this == NETWORK)
        .tellsTimeouts(this == APPLICATION)
        .filtersWithinSubnet(this == CLASSIC)
        .sourcePorts(SOURCE_PORTS)
        .spareAddresses(SPARE_ADDRESSES)
        .nodesPerZone(NODES_PER_ZONE)
        .serverHeader(this == NETWORK ? null : "awselb/")
        .counted(Metric.measures(this))
        .build();
  }
}
