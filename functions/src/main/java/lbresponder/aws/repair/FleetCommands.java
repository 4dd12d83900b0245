package lbresponder.aws.repair;

import java.util.List;
import lbresponder.facts.Repair;

/// Commands of the AWS CLI for repairs of instances, scaling groups, services and functions.
final class FleetCommands {
  private FleetCommands() {}

  /// @return in the order they are to be run
  static List<Command> commands(Repair.OfFleet repair, String region) {
    return switch (repair) {
      case Repair.StartInstances(List<String> ids) ->
          List.of(new Command(region, "ec2 start-instances").with("instance-ids", ids));
      case Repair.RestartInstances(List<String> ids, boolean elsewhere) ->
          restart(region, ids, elsewhere);
      case Repair.SetCapacity capacity -> List.of(setCapacity(region, capacity));
      case Repair.SetTasks(String cluster, String service, int tasks) ->
          List.of(
              updateService(region, cluster, service).with("desired-count", String.valueOf(tasks)));
      case Repair.RollBack(String cluster, String service, String definition) ->
          List.of(updateService(region, cluster, service).with("task-definition", definition));
      case Repair.AdmitInvocation(String function, String targetGroup) ->
          List.of(
              new Command(region, "lambda add-permission")
                  .with("function-name", function)
                  .with("statement-id", "load-balancer")
                  .with("action", "lambda:InvokeFunction")
                  .with("principal", "elasticloadbalancing.amazonaws.com")
                  .with("source-arn", targetGroup));
    };
  }

  /// An instance leaves its hardware only when it is stopped.
  private static List<Command> restart(String region, List<String> ids, boolean elsewhere) {
    return elsewhere
        ? List.of(
            new Command(region, "ec2 stop-instances").with("instance-ids", ids),
            new Command(region, "ec2 wait instance-stopped").with("instance-ids", ids),
            new Command(region, "ec2 start-instances").with("instance-ids", ids))
        : List.of(new Command(region, "ec2 reboot-instances").with("instance-ids", ids));
  }

  private static Command setCapacity(String region, Repair.SetCapacity capacity) {
    String wanted = String.valueOf(capacity.instances());
    return capacity.maximum() == null
        ? new Command(region, "autoscaling set-desired-capacity")
            .with("auto-scaling-group-name", capacity.scalingGroup())
            .with("desired-capacity", wanted)
        : new Command(region, "autoscaling update-auto-scaling-group")
            .with("auto-scaling-group-name", capacity.scalingGroup())
            .with("max-size", String.valueOf(capacity.maximum()))
            .with("desired-capacity", wanted);
  }

  private static Command updateService(String region, String cluster, String service) {
    return new Command(region, "ecs update-service")
        .with("cluster", cluster)
        .with("service", service);
  }
}
