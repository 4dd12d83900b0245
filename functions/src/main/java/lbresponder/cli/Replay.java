package lbresponder.cli;

import java.util.List;
import lbresponder.check.Runbook;
import lbresponder.facts.Facts;
import lbresponder.facts.Provider;
import lbresponder.json.FactsJson;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;

/// Makes a recorded incident's reports anew.
public final class Replay {
  private Replay() {}

  /// @param message the incident's event, looked up where it is a reference
  /// @param name for errors
  /// @return one report for each load balancer the event is about; the recorded facts are taken for
  ///   each
  public static List<Report> reports(
      RecordedIncident incident, String message, String name, Provider provider) {
    return Events.incidents(message, name, provider).stream()
        .map(
            one -> {
              Facts facts = FactsJson.read(incident.facts(), one);
              return Report.of(facts, Runbook.diagnose(facts), provider);
            })
        .toList();
  }
}
