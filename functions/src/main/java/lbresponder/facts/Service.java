package lbresponder.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container service that keeps a number of tasks and registers them as targets.
///
/// @param id the provider's unique id; on AWS the ARN
/// @param graceSeconds how long after its start a task is not judged by the load balancer's check;
///   0: at once
/// @param targetGroups ids of the target groups it registers with
/// @param deployments what it rolls out, the newest first; more than one while one replaces another
/// @param stopped tasks that ended lately, the newest first
public record Service(
    String id,
    String name,
    String cluster,
    int desired,
    int running,
    int pending,
    int graceSeconds,
    List<String> targetGroups,
    List<Deployment> deployments,
    Known<List<StoppedTask>> stopped) {

  public Service {
    targetGroups = List.copyOf(targetGroups);
    deployments = List.copyOf(deployments);
  }

  /// @param definition what its tasks are made from, e.g. `web:42`
  /// @param rollingOut whether the provider says that it is still under way
  /// @param failed tasks that did not come up
  public record Deployment(
      String id,
      String definition,
      boolean rollingOut,
      Instant started,
      int desired,
      int running,
      int failed) {}

  /// @param address its own address; null where it shares its host's
  /// @param ending why it ended
  /// @param reason the provider's sentence, untrusted
  /// @param exits how its containers ended, e.g. `app: 137 OutOfMemoryError: container killed`
  /// @param started null where it never ran
  /// @param stopping when its end was decided; null where the provider does not say
  public record StoppedTask(
      String id,
      @Nullable String address,
      String definition,
      Ending ending,
      String reason,
      List<String> exits,
      @Nullable Instant started,
      @Nullable Instant stopping,
      Instant stopped) {

    public StoppedTask {
      exits = List.copyOf(exits);
    }
  }

  /// Why a task ended.
  public enum Ending {
    /// Its own program ended, or could not be started.
    BY_ITSELF,
    /// It was stopped for failing the load balancer's health check.
    FAILED_CHECKS,
    /// Somebody, or the service for another reason, stopped it.
    STOPPED,
    /// A word this version does not know.
    OTHER
  }
}
