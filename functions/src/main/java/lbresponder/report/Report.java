package lbresponder.report;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lbresponder.check.Check;
import lbresponder.check.Diagnosis;
import lbresponder.check.Diagnosis.Finding;
import lbresponder.check.Member;
import lbresponder.check.Verdict;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Provider;
import org.jspecify.annotations.Nullable;

/// One incident and what was found, as plain data: the JSON that machines get has just these
/// fields. Fields may be added, never renamed. Text from outside is cleaned, see {@link Untrusted}.
///
/// @param symptom what is to be explained, one sentence
/// @param shape how far it reaches: `NO_TARGET_SEEN`, `ONE_TARGET`, `ONE_ZONE`, `ONE_TARGET_GROUP`,
///   `SOME`, `ALL`
/// @param causes the best first; empty: nothing is wrong now or nothing could be shown, and
///   `summary` says which
/// @param gaps what could not be read, and why
/// @param targets those the incident is about, the failing first
/// @param targetsOmitted how many more there are than listed
/// @param paths the ways to failing targets, hop by hop, one line for each that is judged alike;
///   empty where the rules could not be read
/// @param dialled what dialling the targets met, as a picture; empty where nobody dialled
/// @param frontDoor what the load balancer's own ports answered; empty where nobody asked
/// @param metric null where the alarm's metric could not be read, or nobody alarmed
public record Report(
    String schema,
    IncidentPart incident,
    String summary,
    String symptom,
    String shape,
    List<CausePart> causes,
    List<CausePart> sideFindings,
    List<RuledOutPart> ruledOut,
    List<UnknownPart> unknown,
    List<String> gaps,
    List<TargetPart> targets,
    int targetsOmitted,
    List<String> paths,
    List<String> dialled,
    List<String> frontDoor,
    @Nullable Sparkline metric,
    List<LinkPart> links) {

  private static final int MOST_REASONS = 20;

  public record IncidentPart(
      String id,
      String provider,
      String account,
      String region,
      Instant since,
      LoadBalancerPart loadBalancer,
      List<AlarmPart> alarms) {}

  public record LoadBalancerPart(String kind, String name, String arn) {}

  public record AlarmPart(String name, String arn, String namespace, String metric, String state) {}

  /// @param fixChecked `checked` on the model, `not checked` because the model cannot tell; null
  ///   where there is no fix
  /// @param aside why it is a side finding; null where it is a cause
  public record CausePart(
      String id,
      String confidence,
      String title,
      List<String> targets,
      List<String> because,
      List<String> fix,
      @Nullable String fixChecked,
      String advice,
      String component,
      @Nullable String aside) {

    /// What nobody would paste, such as a command that names a thousand targets.
    private static final int LONGEST_COMMAND = 2000;

    private CausePart withTargets(int most) {
      return targets.size() <= most
          ? this
          : new CausePart(
              id,
              confidence,
              title,
              targets.subList(0, most),
              because,
              fix.stream().filter(command -> command.length() <= LONGEST_COMMAND).toList(),
              fixChecked,
              advice,
              component,
              aside);
    }
  }

  /// @param fits whether it could have looked like this; what could not needs no reason to be out
  public record RuledOutPart(String id, String because, boolean fits) {}

  /// @param fits as in {@link RuledOutPart}
  public record UnknownPart(String id, String missing, boolean fits) {}

  /// @param zone null where it is not known
  /// @param targetGroup the group's name
  public record TargetPart(
      String id,
      @Nullable String zone,
      String targetGroup,
      HealthPart health,
      ConnectionPart connection) {}

  /// @param reason the provider's own code; empty where it gives none
  public record HealthPart(String state, String reason, String description) {}

  /// @param why only where nobody tried
  public record ConnectionPart(String was, @Nullable String why) {}

  public record LinkPart(String title, String url) {}

  /// What was ruled out, a line each; what could not have looked like this in one line.
  public List<String> ruledOutLines() {
    return lines(
        ruledOut.stream()
            .filter(RuledOutPart::fits)
            .map(one -> one.id() + ": " + one.because())
            .toList(),
        ruledOut.stream().filter(one -> !one.fits()).map(RuledOutPart::id).toList());
  }

  /// What could not be told, in the same way.
  public List<String> unknownLines() {
    return lines(
        unknown.stream()
            .filter(UnknownPart::fits)
            .map(one -> one.id() + ": " + one.missing())
            .toList(),
        unknown.stream().filter(one -> !one.fits()).map(UnknownPart::id).toList());
  }

  private static List<String> lines(List<String> told, List<String> unlike) {
    return unlike.isEmpty()
        ? told
        : Stream.concat(
                told.stream(),
                Stream.of("what does not look like this: " + String.join(", ", unlike)))
            .toList();
  }

  private static boolean fits(Check check, Diagnosis diagnosis) {
    return check.shows().stream().anyMatch(diagnosis.trouble().symptoms()::contains);
  }

  /// @param provider words the repairs and links
  public static Report of(Facts facts, Diagnosis diagnosis, Provider provider) {
    return new Report(
        "lb-responder/report/1",
        incident(facts),
        Summary.of(facts, diagnosis),
        Summary.symptom(diagnosis.trouble()),
        diagnosis.trouble().shape().name(),
        causes(diagnosis.causes(), facts, provider),
        causes(diagnosis.sideFindings(), facts, provider),
        diagnosis.ruledOut().stream()
            .map(
                one ->
                    new RuledOutPart(
                        one.check().id(), clean(one.because()), fits(one.check(), diagnosis)))
            .toList(),
        diagnosis.unknown().stream()
            .map(
                one ->
                    new UnknownPart(
                        one.check().id(), clean(one.missing()), fits(one.check(), diagnosis)))
            .toList(),
        Gaps.of(facts),
        Targets.of(facts, diagnosis.trouble()),
        0,
        PathLines.of(facts, diagnosis.trouble()),
        Grid.of(facts, diagnosis.trouble()),
        Grid.frontDoor(facts),
        Sparkline.of(facts),
        provider.links(facts.incident()).stream()
            .map(link -> new LinkPart(clean(link.title()), link.url()))
            .toList());
  }

  /// The same report with fewer targets: the failing are listed first, so it is the well ones that
  /// go.
  public Report withTargets(int most) {
    return targets.size() <= most
        ? this
        : new Report(
            schema,
            incident,
            summary,
            symptom,
            shape,
            causes.stream().map(cause -> cause.withTargets(most)).toList(),
            sideFindings.stream().map(cause -> cause.withTargets(most)).toList(),
            ruledOut,
            unknown,
            gaps,
            targets.subList(0, most),
            targetsOmitted + targets.size() - most,
            paths,
            dialled,
            frontDoor,
            metric,
            links);
  }

  private static IncidentPart incident(Facts facts) {
    LoadBalancerId id = facts.incident().loadBalancer();
    return new IncidentPart(
        facts.incident().id(),
        id.provider(),
        id.account(),
        id.region(),
        facts.incident().since(),
        new LoadBalancerPart(
            id.kind().name().toLowerCase(Locale.ROOT), clean(id.name()), clean(id.arn())),
        facts.incident().alarms().stream().map(Report::alarm).toList());
  }

  private static AlarmPart alarm(Alarm alarm) {
    return new AlarmPart(
        clean(alarm.name()),
        clean(alarm.arn()),
        alarm.watched().namespace(),
        alarm.watched().metric(),
        alarm.state().name());
  }

  private static List<CausePart> causes(List<Finding> findings, Facts facts, Provider provider) {
    return findings.stream().map(finding -> cause(finding, facts, provider)).toList();
  }

  private static CausePart cause(Finding finding, Facts facts, Provider provider) {
    Check check = finding.check();
    Verdict.Cause cause = finding.cause();
    return new CausePart(
        check.id(),
        cause.confidence().name(),
        check.title(),
        cause.targets().stream().map(Member::label).map(Report::clean).distinct().toList(),
        because(cause),
        commands(cause, facts, provider),
        switch (finding.fix()) {
          case NONE -> null;
          case CHECKED -> "checked";
          case NOT_CHECKED -> "not checked";
        },
        check.advice(),
        clean(cause.component()),
        finding.aside());
  }

  /// Enough to be convinced by.
  private static List<String> because(Verdict.Cause cause) {
    List<String> because = cause.because().stream().limit(MOST_REASONS).map(Report::clean).toList();
    int more = cause.because().size() - because.size();
    return more == 0
        ? because
        : Stream.concat(because.stream(), Stream.of("and %d more of the kind".formatted(more)))
            .toList();
  }

  /// A command is copied as it is: one that would hide something is not offered.
  private static List<String> commands(Verdict.Cause cause, Facts facts, Provider provider) {
    return cause.repairs().stream()
        .flatMap(one -> provider.word(one, facts).stream())
        .filter(command -> Untrusted.clean(command, command.length()).equals(command))
        .toList();
  }

  private static String clean(String text) {
    return Untrusted.clean(text, 1000);
  }
}
