package lbresponder.cause;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lbresponder.diagnosis.CountCheck;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Routing.ForwardRef;
import lbresponder.facts.Listener;
import lbresponder.facts.Measure;

/// A rule lets only those pass whom the load balancer can tell, and it fails at that itself: it
/// cannot reach the identity provider, or is told the wrong things about it. It counts that apart
/// from users whom the identity provider refuses.
final class AuthenticationFails extends CountCheck {
  private static final String COUNTED = "authentications that could not be completed";

  AuthenticationFails() {
    super(
        "The load balancer cannot authenticate users",
        "Look whether the load balancer's subnets, ACLs and groups let it out to the identity"
            + " provider's token and user info endpoints on port 443, whether their names resolve"
            + " publicly, and whether client id, secret and endpoints are still right.",
        Measure.AUTHENTICATION_ERRORS,
        COUNTED,
        Symptom.INTERNAL);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    if (findings.read(current.listeners()).isEmpty()) {
      return findings.verdict();
    }
    Optional<ForwardRef> asking =
        current.routing().actions().stream().filter(ref -> asks(ref, findings)).findFirst();
    if (asking.isEmpty()) {
      if (!current.routing().unread().isEmpty()) {
        findings.missing(current.routing().unread());
      }
      return findings.orRuledOut("no listener and no rule authenticates users");
    }
    Verdict counted = super.examine(current);
    return counted instanceof Verdict.Cause cause
        ? cause.and(asking.get().name() + " authenticates users")
        : counted;
  }

  private static boolean asks(ForwardRef ref, Findings findings) {
    return Stream.concat(
            findings.readFirst(ref.before()).orElse(List.of()).stream(), Stream.of(ref.action()))
        .anyMatch(Listener.Authenticate.class::isInstance);
  }
}
