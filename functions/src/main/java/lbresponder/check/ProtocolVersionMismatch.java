package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;

/// The target group speaks HTTP/2 or gRPC and its targets only HTTP/1. What the API tells fits at
/// most; only asking a target in HTTP/2 shows it.
final class ProtocolVersionMismatch implements Check {

  @Override
  public String title() {
    return "The target group speaks HTTP/2 and its targets do not";
  }

  @Override
  public String advice() {
    return "A target group's protocol version cannot be changed: make a group with the version the"
        + " targets speak, and let the listener forward to it.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.BAD_ANSWER, Symptom.RESET, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Verdict.Cause> causes = new ArrayList<>();
    List<String> missing = new ArrayList<>(seen.missing());
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
      List<Member> here = Member.of(group);
      if (!speaksHttp2(group) || here.isEmpty() || here.stream().anyMatch(one -> answers(one))) {
        continue;
      }
      if (here.stream().allMatch(one -> one.is(Reason.CHECK_FAILED))) {
        causes.add(
            new Verdict.Cause(
                Confidence.POSSIBLE,
                group.id(),
                here,
                List.of(
                    "%s speaks %s, and no target of it passes a check or answers with a status"
                        .formatted(group.name(), group.protocolVersion())),
                List.of()));
      } else {
        missing.add("whether the targets of %s speak HTTP/2".formatted(group.name()));
      }
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("no target group speaks HTTP/2 to targets that do not answer")
        : new Verdict.Unknown(String.join("; ", missing));
  }

  private static boolean speaksHttp2(TargetGroup group) {
    return "HTTP2".equals(group.protocolVersion()) || "GRPC".equals(group.protocolVersion());
  }

  /// Checks are made in the group's own protocol version: one that passes, or is answered with a
  /// status, shows that the target speaks it.
  private static boolean answers(Member member) {
    return member
        .target()
        .health()
        .map(
            health ->
                health.state() == TargetHealth.State.HEALTHY
                    || health.reason() == Reason.UNEXPECTED_STATUS)
        .orElse(false);
  }
}
