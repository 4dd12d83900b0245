package lbresponder.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group that keeps a number of instances and replaces those that fail.
///
/// @param desired how many it wants now, between `minimum` and `maximum`
/// @param usesLoadBalancerHealth true: an instance that fails the load balancer's check is replaced
/// @param graceSeconds how long after its start an instance is not judged
/// @param mayLaunch false: somebody switched launching off
/// @param activities what it did lately, the newest first
/// @param targetGroups ids of the target groups it registers its instances with; null in what was
///   recorded before they were read
public record ScalingGroup(
    String name,
    int minimum,
    int desired,
    int maximum,
    boolean usesLoadBalancerHealth,
    int graceSeconds,
    boolean mayLaunch,
    List<String> instances,
    Known<List<Activity>> activities,
    @Nullable List<String> targetGroups) {

  public ScalingGroup {
    instances = List.copyOf(instances);
    targetGroups = targetGroups == null ? null : List.copyOf(targetGroups);
  }

  /// One of which it is not told where it registers its instances.
  public ScalingGroup(
      String name,
      int minimum,
      int desired,
      int maximum,
      boolean usesLoadBalancerHealth,
      int graceSeconds,
      boolean mayLaunch,
      List<String> instances,
      Known<List<Activity>> activities) {
    this(
        name,
        minimum,
        desired,
        maximum,
        usesLoadBalancerHealth,
        graceSeconds,
        mayLaunch,
        instances,
        activities,
        null);
  }

  /// Whether it registers its instances with a target group, as far as that is told.
  public boolean registersWith(String targetGroup) {
    return targetGroups != null && targetGroups.contains(targetGroup);
  }

  /// @param what in the provider's words, e.g. `Terminating EC2 instance: i-0abc`
  /// @param why the provider's sentence on what set it off, untrusted
  /// @param instance the instance it is about; null where the provider does not say
  /// @param message what went wrong; empty where nothing did
  /// @param ended null while it runs
  public record Activity(
      Instant started,
      @Nullable Instant ended,
      Kind kind,
      Outcome outcome,
      @Nullable String instance,
      String what,
      String why,
      String message) {}

  public enum Kind {
    LAUNCH,
    TERMINATION,
    OTHER
  }

  public enum Outcome {
    SUCCESSFUL,
    IN_PROGRESS,
    FAILED,
    CANCELLED
  }
}
