package lbresponder.report;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lbresponder.diagnosis.Impact;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.TargetHealth;
import lbresponder.message.Untrusted;
import lbresponder.report.Report.ConnectionPart;
import lbresponder.report.Report.HealthPart;
import lbresponder.report.Report.TargetPart;
import org.jspecify.annotations.Nullable;

/// The targets as the report lists them: the failing first.
final class TargetParts {
  private static final String NOT_PROBED = "NotDialled";

  private TargetParts() {}

  static List<TargetPart> of(Case current, Impact impact, ProbeTable probes) {
    Set<RegisteredTarget> failing = new HashSet<>(impact.failing());
    return impact.targets().stream()
        .sorted(
            Comparator.comparing((RegisteredTarget target) -> !failing.contains(target))
                .thenComparing(target -> target.group().name())
                .thenComparing(RegisteredTarget::label))
        .map(target -> part(target, current, probes))
        .toList();
  }

  private static TargetPart part(RegisteredTarget target, Case current, ProbeTable probes) {
    return new TargetPart(
        Untrusted.clean(target.label(), 200),
        current.zone(target),
        Untrusted.clean(target.group().name(), 100),
        health(target.health()),
        connection(target, probes));
  }

  private static HealthPart health(Known<TargetHealth> health) {
    return health.fold(
        known ->
            new HealthPart(
                Phrases.state(known.state()),
                Untrusted.clean(known.code(), 100),
                Untrusted.clean(known.description(), 300)),
        TargetParts::withoutHealth,
        TargetParts::withoutHealth);
  }

  private static HealthPart withoutHealth(String why) {
    return new HealthPart("unknown", "", Untrusted.clean(why, 300));
  }

  /// The last attempt on the port that traffic takes.
  private static ConnectionPart connection(RegisteredTarget target, ProbeTable probes) {
    return probes
        .read()
        .fold(
            _ -> connection(probes.of(target, Purpose.TRAFFIC)),
            TargetParts::notProbed,
            TargetParts::notProbed);
  }

  private static ConnectionPart connection(@Nullable ProbeResult probe) {
    if (probe == null) {
      return notProbed("it was not among the targets probed");
    }
    return probe.attempts().getLast() instanceof Connection.NotDialled(String why)
        ? notProbed(why)
        : new ConnectionPart(probe.attempts().getLast().getClass().getSimpleName(), null);
  }

  private static ConnectionPart notProbed(String why) {
    return new ConnectionPart(NOT_PROBED, Untrusted.clean(why, 300));
  }
}
