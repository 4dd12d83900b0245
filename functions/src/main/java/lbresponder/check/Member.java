package lbresponder.check;

import java.util.List;
import java.util.Objects;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;
import org.jspecify.annotations.Nullable;

/// A target as part of a target group: the same instance and port may be in several.
public record Member(TargetGroup group, Target target) {

  /// A group is known by its id: comparing all that is in it would take the square of its size.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Member(TargetGroup otherGroup, Target otherTarget)
        && group.id().equals(otherGroup.id())
        && target.equals(otherTarget);
  }

  @Override
  public int hashCode() {
    return Objects.hash(group.id(), target);
  }

  /// The members of a group, as far as they could be read.
  static List<Member> of(TargetGroup group) {
    return group.targets().orElse(List.of()).stream()
        .map(target -> new Member(group, target))
        .toList();
  }

  /// Whether the load balancer speaks HTTP/2 to a group's targets, in its checks too.
  static boolean speaksHttp2(TargetGroup group) {
    return "HTTP2".equals(group.protocolVersion()) || "GRPC".equals(group.protocolVersion());
  }

  /// As {@link TargetGroup#checkedPort}.
  @Nullable Integer checkedPort() {
    return group.checkedPort(target);
  }

  public String label() {
    return target.label();
  }

  /// Whether the load balancer gives this reason; false where its health is not known.
  boolean is(Reason reason) {
    return target.health().map(health -> health.reason() == reason).orElse(false);
  }

  /// Whether the load balancer sends new requests to it; false where its health is not known.
  boolean takesTraffic() {
    return target.health().map(TargetHealth::takesTraffic).orElse(false);
  }

  /// What it answered to the health check instead of the expected; empty where it is not known to
  /// have answered.
  List<Integer> unexpectedStatuses() {
    return target
        .health()
        .map(
            health ->
                health.reason() == Reason.UNEXPECTED_STATUS
                    ? health.statusCodes()
                    : List.<Integer>of())
        .orElse(List.of());
  }
}
