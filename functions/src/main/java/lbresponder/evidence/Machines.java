package lbresponder.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.network.Cidr;

/// The machines behind the targets: which are down, and which the provider's own checks find
/// impaired.
public final class Machines {
  private final Case current;
  private final Known<List<RegisteredTarget>> down;
  private final Known<List<RegisteredTarget>> impaired;

  Machines(Case current) {
    this.current = current;
    this.down = findDown();
    this.impaired = findImpaired();
  }

  /// Targets whose machine is stopped, terminated or on its way there; Unknown where there is none
  /// among those that were read and some could not be read.
  public Known<List<RegisteredTarget>> down() {
    return down;
  }

  /// Targets that fail without an answer and whose machine, or what it stands on, is impaired;
  /// Unknown as for {@link #down}.
  public Known<List<RegisteredTarget>> impaired() {
    return impaired;
  }

  /// The machine that a target is or runs on, as far as it is known.
  public Optional<Instance> of(RegisteredTarget target) {
    return current
        .directory()
        .machine(target.group(), target.target())
        .orElse(Optional.empty())
        .or(() -> carrier(target).flatMap(current.directory()::known));
  }

  /// The id of the machine whose interface carries a target's address, be it in a range that is
  /// delegated to it.
  private Optional<String> carrier(RegisteredTarget target) {
    String address = current.directory().address(target.group(), target.target());
    Cidr parsed = address == null ? null : Cidr.parse(address);
    NetworkInterface carrier =
        parsed == null ? null : current.paths().carriers().find(parsed).carrier();
    return Optional.ofNullable(carrier).map(NetworkInterface::instance);
  }

  /// The id of the machine that a target is or runs on; empty where that is not known.
  public Optional<String> id(RegisteredTarget target) {
    return target.group().targetType() == TargetType.MACHINE
        ? Optional.of(target.id())
        : of(target).map(Instance::id).or(() -> carrier(target));
  }

  /// Targets that are machines, or may run on one, and fail without an answer, or whose health is
  /// not known.
  public List<RegisteredTarget> unanswered() {
    return current.targets().all().stream()
        .filter(this::mayBeOnMachine)
        .filter(
            target ->
                target
                    .health()
                    .map(
                        health ->
                            health.state() == State.UNHEALTHY
                                && health.reason() != Reason.UNEXPECTED_STATUS)
                    .orElse(true))
        .toList();
  }

  /// Whether it is a machine, or there is one under its address, or nobody could look.
  private boolean mayBeOnMachine(RegisteredTarget target) {
    return target.group().targetType() == TargetType.MACHINE
        || current
            .directory()
            .machine(target.group(), target.target())
            .fold(Optional::isPresent, unread -> true, nothing -> false);
  }

  private Known<List<RegisteredTarget>> findDown() {
    Targets targets = current.targets();
    List<RegisteredTarget> found = targets.all().stream().filter(this::isDown).toList();
    if (!found.isEmpty()) {
      return Known.of(found);
    }
    if (!targets.missing().isEmpty()) {
      return Known.unknown(String.join("; ", targets.missing()));
    }
    return targets.all().stream()
        .filter(Machines::couldBeDown)
        .map(target -> current.directory().machine(target.group(), target.target()))
        .filter(machine -> machine instanceof Known.Unknown<?>)
        .findFirst()
        .map(machine -> machine.map(_ -> List.<RegisteredTarget>of()))
        .orElse(Known.of(List.of()));
  }

  /// A target that drains is being taken out, and its machine may well be on its way down.
  private boolean isDown(RegisteredTarget target) {
    if (target.hasReason(Reason.NOT_RUNNING)) {
      return true;
    }
    if (target.hasReason(Reason.DEREGISTERING)) {
      return false;
    }
    if (target.group().targetType() != TargetType.MACHINE) {
      return !target.takesTraffic() && of(target).filter(Machines::isDown).isPresent();
    }
    return current
        .directory()
        .instance(target.id())
        .map((Optional<Instance> found) -> found.map(Machines::isDown).orElse(!mayBeHidden(target)))
        .orElse(false);
  }

  private static boolean isDown(Instance instance) {
    return switch (instance.state()) {
      case STOPPING, STOPPED, SHUTTING_DOWN, TERMINATED -> true;
      case PENDING, RUNNING, OTHER -> false;
    };
  }

  /// Machines that a managed service hides are not listed: one that the load balancer checks is
  /// there, and so may one be whose health could not be read. Where the load balancer itself says
  /// nothing at all of it, it is gone.
  private static boolean mayBeHidden(RegisteredTarget target) {
    return target
        .health()
        .fold(
            health ->
                switch (health.state()) {
                  case HEALTHY, UNHEALTHY, UNHEALTHY_DRAINING, INITIAL, DRAINING -> true;
                  case UNUSED, UNAVAILABLE -> false;
                },
            unread -> true,
            nothing -> false);
  }

  /// Health that is good, or an answer of any status, shows that something runs.
  private static boolean couldBeDown(RegisteredTarget target) {
    return target.group().hasAddresses()
        && target
            .health()
            .map(health -> health.fails() && health.reason() != Reason.UNEXPECTED_STATUS)
            .orElse(true);
  }

  private Known<List<RegisteredTarget>> findImpaired() {
    List<RegisteredTarget> failing = unanswered();
    List<String> missing = current.targets().missing();
    if (failing.isEmpty()) {
      return missing.isEmpty() ? Known.of(List.of()) : Known.unknown(String.join("; ", missing));
    }
    return current.facts().fleet().statusChecks().flatMap(checks -> impaired(failing, checks));
  }

  private Known<List<RegisteredTarget>> impaired(
      List<RegisteredTarget> failing, List<StatusCheck> checks) {
    Set<String> ids = ids(checks, StatusCheck.State.IMPAIRED);
    List<RegisteredTarget> found =
        failing.stream().filter(target -> id(target).filter(ids::contains).isPresent()).toList();
    List<String> unread = unread(failing, ids(checks, StatusCheck.State.OK));
    return found.isEmpty() && !unread.isEmpty()
        ? Known.unknown("the status checks of " + String.join(", ", unread))
        : Known.of(found);
  }

  private static Set<String> ids(List<StatusCheck> checks, StatusCheck.State state) {
    return checks.stream()
        .filter(check -> check.state() == state)
        .map(StatusCheck::instance)
        .collect(Collectors.toSet());
  }

  /// Ids of machines that run, or may run, and of which no check says that they are well; the
  /// target's own where its machine is not known.
  private List<String> unread(List<RegisteredTarget> failing, Set<String> well) {
    return failing.stream()
        .filter(target -> id(target).filter(well::contains).isEmpty())
        .filter(
            target ->
                current
                    .directory()
                    .machine(target.group(), target.target())
                    .map(
                        (Optional<Instance> found) ->
                            found
                                .filter(machine -> machine.state() == Instance.State.RUNNING)
                                .isPresent())
                    .orElse(true))
        .map(target -> id(target).orElse(target.id()))
        .distinct()
        .toList();
  }
}
