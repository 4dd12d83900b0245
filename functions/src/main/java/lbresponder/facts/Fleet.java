package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/// What runs behind the targets and who keeps it running. Read for targets that do not take
/// traffic, and for the groups and services that hold them.
///
/// @param instances those that exist among the registered targets; a registered id that is not in a
///   known list is gone
/// @param hosts the machines under those targets registered by address that do not take traffic; an
///   address without an entry is on no machine that is listed, or lies outside the load balancer's
///   own network
/// @param statusChecks the provider's own look at failing instances and hosts; one without an entry
///   was not asked
/// @param scalingGroups those that hold registered instances
/// @param services container services that register their tasks with one of the target groups
/// @param functions the functions that are registered as targets
/// @param usage how much of their resources some of them used
/// @param loadBalancers those that are registered as targets; older recordings do not tell
@RecordBuilder
public record Fleet(
    Known<List<Instance>> instances,
    Known<List<Host>> hosts,
    Known<List<StatusCheck>> statusChecks,
    Known<List<ScalingGroup>> scalingGroups,
    Known<List<Service>> services,
    Known<List<Function>> functions,
    Known<List<Usage>> usage,
    Known<List<InnerLoadBalancer>> loadBalancers)
    implements FleetBuilder.With {

  /// A load balancer that is itself a target of the one in question.
  ///
  /// @param id as it is registered
  /// @param name the name people use, by which it can be diagnosed itself
  /// @param wiring how it is wired in turn: what tells whether what is sent to it gets through.
  ///   Attributes of its groups, and rules of listeners to which nothing is sent, are not read; its
  ///   own state is None where it does not exist
  public record InnerLoadBalancer(String id, String name, Wiring wiring) {}

  /// A fleet of which nothing was read, for one reason.
  public static Fleet unknown(String why) {
    return new Fleet(
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why));
  }

  /// Where there is none, for one reason.
  public static Fleet none(String why) {
    return new Fleet(
        Known.none(why),
        Known.none(why),
        Known.none(why),
        Known.none(why),
        Known.none(why),
        Known.none(why),
        Known.none(why),
        Known.none(why));
  }
}
