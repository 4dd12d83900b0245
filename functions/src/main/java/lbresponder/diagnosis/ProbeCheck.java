package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lbresponder.evidence.Case;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.TargetGroup;

/// A cause that shows as the same result of every try on targets' traffic port. A target that
/// answers when it is spoken to in another way has another cause.
public abstract class ProbeCheck extends Check {
  private final String sentence;

  private record Match(RegisteredTarget target, ProbeResult probe) {}

  /// @param sentence what every try shows, as the predicate of a sentence about a target
  protected ProbeCheck(String title, String advice, String sentence, Symptom... symptoms) {
    super(title, advice, symptoms);
    this.sentence = sentence;
  }

  /// Whether a try ended as it does where this is the cause.
  protected abstract boolean shows(Connection result);

  /// Whether a try shows that this is not the cause.
  protected abstract boolean refutes(Connection result);

  /// Whether targets of a group can show it.
  protected boolean concerns(TargetGroup group) {
    return true;
  }

  @Override
  public final Verdict examine(Case current) {
    Findings findings = new Findings();
    if (findings.read(current.probes().read()).isEmpty()) {
      return findings.verdict();
    }
    findings.missing(current.targets().missing());
    List<Match> matches = new ArrayList<>();
    for (RegisteredTarget target : current.targets().all()) {
      if (concerns(target.group())) {
        examine(target, current.probes(), matches, findings);
      }
    }
    addCauses(matches, current.probes(), findings);
    return findings.orRuledOut("no target " + sentence);
  }

  private void examine(
      RegisteredTarget target, Probes probes, List<Match> matches, Findings findings) {
    List<ProbeResult> own = probes.of(target, Purpose.TRAFFIC);
    if (own.isEmpty() && Probes.matters(target) && target.group().hasAddresses()) {
      findings.missing(target.label() + " was not probed");
    }
    if (own.isEmpty() || probes.answersAlternateProtocol(target)) {
      return;
    }
    for (ProbeResult probe : own) {
      if (Probes.all(probe, this::shows) && Probes.speaks(target, probe)) {
        matches.add(new Match(target, probe));
      } else if (!Probes.any(probe, this::refutes)) {
        findings.missing(Probes.result(target, probe));
      }
    }
  }

  private void addCauses(List<Match> matches, Probes probes, Findings findings) {
    Map<String, List<ProbeResult>> byGroup = new HashMap<>();
    for (Match match : matches) {
      byGroup
          .computeIfAbsent(match.target().group().id(), _ -> new ArrayList<>())
          .add(match.probe());
    }
    for (Match match : matches) {
      List<ProbeResult> others = byGroup.getOrDefault(match.target().group().id(), List.of());
      findings.cause(
          Verdict.Cause.of(confidence(match, others, probes), match.target().id(), sentence(match))
              .about(match.target()));
    }
  }

  /// What hangs up on HTTP/2, or on the proxy protocol's header, may only not speak it, as long as
  /// nobody tried without.
  private static Confidence confidence(Match match, List<ProbeResult> others, Probes probes) {
    boolean ambiguous =
        (match.target().group().speaksHttp2() || match.target().group().proxyProtocol().isKnown())
            && Probes.any(match.probe(), Probes::accepts)
            && probes.of(match.target(), Purpose.ALTERNATE_PROTOCOL).isEmpty();
    return ambiguous ? Confidence.POSSIBLE : Confidence.of(match.target(), match.probe(), others);
  }

  private String sentence(Match match) {
    return "%s %s on all of %s from %s%s"
        .formatted(
            match.target().label(),
            sentence,
            Probes.tries(match.probe()),
            Probes.place(match.probe()),
            Probes.isShownWell(match.target(), match.probe())
                ? ", though its health check passed last"
                : "");
  }
}
