package lbresponder.report;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import lbresponder.check.Member;
import lbresponder.check.Trouble;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.TargetHealth;
import lbresponder.report.Report.ConnectionPart;
import lbresponder.report.Report.HealthPart;
import lbresponder.report.Report.TargetPart;

/// The targets as the report lists them.
final class Targets {
  private Targets() {}

  static List<TargetPart> of(Facts facts, Trouble trouble) {
    Set<Member> failing = new HashSet<>(trouble.failing());
    return trouble.members().stream()
        .sorted(
            Comparator.comparing((Member one) -> !failing.contains(one))
                .thenComparing(one -> one.group().name())
                .thenComparing(Member::label))
        .map(one -> part(one, facts))
        .toList();
  }

  private static TargetPart part(Member member, Facts facts) {
    return new TargetPart(
        Untrusted.clean(member.label(), 200),
        facts.zoneOf(member.target()),
        Untrusted.clean(member.group().name(), 100),
        health(member.target().health()),
        connection(member, facts.dials()));
  }

  private static HealthPart health(Known<TargetHealth> health) {
    return switch (health) {
      case Known.Value<TargetHealth>(TargetHealth known) ->
          new HealthPart(
              known.state().name().toLowerCase(Locale.ROOT).replace('_', '.'),
              Untrusted.clean(known.code(), 100),
              Untrusted.clean(known.description(), 300));
      case Known.Unknown<TargetHealth>(String why) ->
          new HealthPart("unknown", "", Untrusted.clean(why, 300));
    };
  }

  /// The last attempt on the port that traffic takes.
  private static ConnectionPart connection(Member member, Known<List<Dial>> dials) {
    return switch (dials) {
      case Known.Unknown<List<Dial>>(String why) ->
          new ConnectionPart("NotDialled", Untrusted.clean(why, 300));
      case Known.Value<List<Dial>>(List<Dial> all) ->
          all.stream()
              .filter(dial -> dial.purpose() == Dial.Purpose.TRAFFIC)
              .filter(dial -> dial.target().equals(member.label()))
              .findFirst()
              .map(dial -> connection(dial.attempts().getLast()))
              .orElse(new ConnectionPart("NotDialled", "it was not among the targets dialled"));
    };
  }

  private static ConnectionPart connection(Connection connection) {
    return connection instanceof Connection.NotDialled(String why)
        ? new ConnectionPart("NotDialled", Untrusted.clean(why, 300))
        : new ConnectionPart(connection.getClass().getSimpleName(), null);
  }
}
