package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;

/// The target group speaks HTTP/2 or gRPC and its targets only HTTP/1. What the API tells fits at
/// most; asking a target in HTTP/2 shows it.
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
    Dials dials = new Dials(facts);
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
      List<Member> here = Member.of(group);
      if (!Member.speaksHttp2(group)
          || here.isEmpty()
          || here.stream().anyMatch(one -> answers(one) || answersHttp2(one, dials))) {
        continue;
      }
      List<Verdict.Cause> shown = shown(group, here, dials);
      if (!shown.isEmpty()) {
        causes.addAll(shown);
      } else if (here.stream().allMatch(one -> one.is(Reason.CHECK_FAILED))) {
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

  private static boolean answersHttp2(Member member, Dials dials) {
    return dials.of(member, Purpose.TRAFFIC).stream()
        .anyMatch(dial -> Dials.any(dial, Connection.AnsweredHttp2.class::isInstance));
  }

  /// Those that were spoken to in HTTP/2 and showed that they do not speak it: by another
  /// protocol's answer, or by answering in HTTP/1.1 what they end in HTTP/2.
  private static List<Verdict.Cause> shown(TargetGroup group, List<Member> here, Dials dials) {
    List<Verdict.Cause> causes = new ArrayList<>();
    for (Member member : here) {
      for (Dial dial : dials.of(member, Purpose.TRAFFIC)) {
        boolean older = dials.answersOtherwise(member) && !Dials.any(dial, Dials::isWell);
        if (Dials.all(dial, ProtocolVersionMismatch::isOther)
            || (older && Dials.all(dial, Dials::accepts))) {
          causes.add(
              new Verdict.Cause(
                  Dials.sure(member, dial, List.of()),
                  group.id(),
                  List.of(member),
                  List.of(
                      "%s does not answer HTTP/2 on any of %s from %s%s"
                          .formatted(
                              member.label(),
                              Dials.tries(dial),
                              Dials.place(dial),
                              older ? ", and answers HTTP/1.1" : "")),
                  List.of()));
        }
      }
    }
    return causes;
  }

  private static boolean isOther(Connection met) {
    return met instanceof Connection.Malformed
        || (met instanceof Connection.TlsFailed failed
            && failed.failure() == Connection.TlsFailure.APPLICATION_PROTOCOL);
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
