package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Connection;
import lbresponder.facts.Connection.TlsFailed;
import lbresponder.facts.Connection.TlsFailure;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth.Reason;

/// One side speaks TLS and the other does not, or they have nothing in common. Which certificate a
/// target shows does not matter: no load balancer looks at it.
final class TlsMismatch implements Check {

  @Override
  public String title() {
    return "The load balancer and the target do not agree on TLS";
  }

  @Override
  public String advice() {
    return "Let the target speak what the target group's protocol says, with a version and cipher"
        + " of the load balancer's policy; a load balancer shows no client certificate.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.TLS, Symptom.RESET, Symptom.BAD_ANSWER, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    Dials dials = new Dials(facts);
    Known<Double> counted = counted(facts);
    List<Verdict.Cause> causes = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>(seen.missing());
    for (Member member : seen.members()) {
      boolean secure = isSecure(member.group().protocol());
      List<Dial> own = dials.of(member, Purpose.TRAFFIC);
      for (Dial dial : own) {
        if (secure) {
          refusal(facts, member, dial, counted, causes);
        } else if (member.group().protocol().equals("HTTP")
            && !Member.speaksHttp2(member.group())
            && dials.of(member, Purpose.OTHERWISE).stream().anyMatch(TlsMismatch::isSecured)
            && !Dials.any(dial, Dials::isUnderstood)) {
          causes.add(plain(member, dial));
        }
      }
      if (secure && Dials.matters(member) && own.stream().noneMatch(TlsMismatch::isSecured)) {
        missing.add(
            own.isEmpty()
                ? member.label() + " was not dialled"
                : Dials.met(member, own.getFirst()));
      }
    }
    return causes.isEmpty() ? counted(facts, seen, counted, missing) : Merge.of(causes);
  }

  private static boolean isSecure(String protocol) {
    return protocol.equals("HTTPS") || protocol.equals("TLS") || protocol.equals("SSL");
  }

  private static boolean isSecured(Dial dial) {
    return Dials.any(
        dial, met -> met instanceof Connection.Secured || (Dials.answers(met) && !is(met, 400)));
  }

  private static boolean is(Connection met, int status) {
    return met instanceof Connection.Answered answer && answer.status() == status;
  }

  /// Of the target groups in question, or of the load balancer where groups are not counted.
  private static Known<Double> counted(Facts facts) {
    Known<Double> own = Metrics.total(facts, Measure.TLS_ERRORS);
    return own.isKnown() ? own : Metrics.total(facts, Measure.TLS_ERRORS, null);
  }

  private static void refusal(
      Facts facts, Member member, Dial dial, Known<Double> counted, List<Verdict.Cause> causes) {
    if (!Dials.all(dial, TlsFailed.class::isInstance)
        || !(dial.attempts().getFirst() instanceof TlsFailed first)
        || first.failure() == TlsFailure.APPLICATION_PROTOCOL) {
      return;
    }
    boolean classic = facts.incident().loadBalancer().kind() == Kind.CLASSIC;
    boolean told =
        first.failure() == TlsFailure.PLAINTEXT
            || counted.orElse(0.0) > 0
            || (classic && first.failure() == TlsFailure.VERSION);
    Confidence surest =
        told
            ? Confidence.PROVEN
            : first.failure() == TlsFailure.VERSION
                    || first.failure() == TlsFailure.CLIENT_CERTIFICATE
                ? Confidence.LIKELY
                : Confidence.POSSIBLE;
    List<String> because = new ArrayList<>();
    because.add(
        "%s %s on all of %s from %s"
            .formatted(
                member.label(), said(first.failure()), Dials.tries(dial), Dials.place(dial)));
    if (counted.orElse(0.0) > 0) {
      because.add(counted(counted.orElse(0.0)));
    }
    causes.add(
        cause(
            Confidence.lower(surest, Dials.sure(member, dial, List.of())),
            member,
            because,
            EnumSet.of(Symptom.TLS, Symptom.UNHEALTHY)));
  }

  private static String said(TlsFailure failure) {
    return switch (failure) {
      case PLAINTEXT -> "answers a TLS handshake in plain words";
      case VERSION -> "has no TLS version in common";
      case HANDSHAKE ->
          "refuses the handshake: no cipher in common, or none of its names was asked";
      case CLIENT_CERTIFICATE -> "wants a client certificate";
      case APPLICATION_PROTOCOL, OTHER -> "ends the handshake";
    };
  }

  private static String counted(double errors) {
    return "%s failed handshakes with targets were counted".formatted(Words.number(errors));
  }

  /// Spoken to in plain words it does not answer, and over TLS it does.
  private static Verdict.Cause plain(Member member, Dial dial) {
    return cause(
        Dials.sure(member, dial, List.of()),
        member,
        List.of(
            "%s; over TLS it answers, and %s speaks %s"
                .formatted(
                    Dials.met(member, dial), member.group().name(), member.group().protocol())),
        EnumSet.of(Symptom.RESET, Symptom.BAD_ANSWER, Symptom.UNHEALTHY));
  }

  private static Verdict.Cause cause(
      Confidence confidence, Member member, List<String> because, Set<Symptom> shows) {
    return new Verdict.Cause(
        confidence, member.group().id(), List.of(member), because, List.of(), shows);
  }

  /// Without a probe the count alone tells that handshakes fail, and not whose they are.
  private static Verdict counted(
      Facts facts, Seen seen, Known<Double> counted, Set<String> missing) {
    List<Member> secure =
        seen.members().stream().filter(one -> isSecure(one.group().protocol())).toList();
    if (secure.isEmpty() && seen.missing().isEmpty()) {
      return new Verdict.RuledOut("no target group speaks TLS to its targets");
    }
    if (counted.orElse(0.0) > 0) {
      boolean allFail = secure.stream().allMatch(one -> one.is(Reason.CHECK_FAILED));
      return new Verdict.Cause(
          allFail && !secure.isEmpty() ? Confidence.LIKELY : Confidence.POSSIBLE,
          facts.incident().loadBalancer().name(),
          allFail ? secure : List.of(),
          List.of(counted(counted.orElse(0.0))),
          List.of(),
          EnumSet.of(Symptom.TLS, Symptom.UNHEALTHY));
    }
    boolean allWell = secure.stream().allMatch(Member::takesTraffic);
    if (counted.isKnown() && (missing.isEmpty() || allWell) && seen.missing().isEmpty()) {
      return new Verdict.RuledOut("no handshake with a target failed");
    }
    if (counted instanceof Known.Unknown<Double>(String why) && missing.isEmpty()) {
      return secure.isEmpty()
          ? new Verdict.Unknown(why)
          : new Verdict.RuledOut("every target agrees on TLS with a prober");
    }
    return new Verdict.Unknown(missing.stream().limit(3).collect(Collectors.joining("; ")));
  }
}
