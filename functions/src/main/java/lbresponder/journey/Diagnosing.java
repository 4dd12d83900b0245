package lbresponder.journey;

import java.time.Clock;
import java.time.Instant;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.facts.Wording;
import lbresponder.report.Report;

/// The steps from an incident to its report: gather, probe, diagnose, report. Every report is made
/// here, for an alarm, for the command line and for a replay.
public final class Diagnosing {
  private final Provider provider;
  private final Probing probing;
  private final Clock clock;

  public Diagnosing(Provider provider, Probing probing, Clock clock) {
    this.provider = provider;
    this.probing = probing;
    this.clock = clock;
  }

  /// @param facts what was read and probed
  /// @param report what was made of them
  /// @param began when the incident begins
  public record Diagnosed(Facts facts, Report report, Instant began) {}

  /// All steps.
  ///
  /// @param deadline what is not known by then is not waited for
  public Diagnosed diagnose(Incident incident, Instant deadline) {
    return conclude(gather(incident, deadline), deadline);
  }

  /// The first step alone.
  public Facts gather(Incident incident, Instant deadline) {
    Instant limit = clock.instant().plus(Limits.GATHER);
    return provider.gather(incident, limit.isBefore(deadline) ? limit : deadline);
  }

  /// The steps after it.
  public Diagnosed conclude(Facts gathered, Instant deadline) {
    Facts facts = probing.probe(gathered, deadline);
    Diagnosis diagnosis = Runbook.diagnose(facts);
    return new Diagnosed(facts, Report.of(diagnosis, provider), diagnosis.current().began());
  }

  /// The report of facts that are complete. The same facts give the same report.
  public static Report report(Facts facts, Wording wording) {
    return Report.of(Runbook.diagnose(facts), wording);
  }
}
