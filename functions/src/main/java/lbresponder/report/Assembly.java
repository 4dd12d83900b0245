package lbresponder.report;

import java.util.List;
import java.util.stream.Stream;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.diagnosis.Link.Share;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Repair;
import lbresponder.facts.Wording;
import lbresponder.message.Untrusted;
import lbresponder.report.Report.AlarmPart;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Report.ExplainsPart;
import lbresponder.report.Report.IncidentPart;
import lbresponder.report.Report.LinkPart;
import lbresponder.report.Report.LoadBalancerPart;
import lbresponder.report.Report.RuledOutPart;
import lbresponder.report.Report.UnknownPart;
import org.jspecify.annotations.Nullable;

/// Makes the report of a diagnosis.
final class Assembly {
  /// Enough to be convinced by.
  private static final int MOST_REASONS = 20;

  private final Diagnosis diagnosis;
  private final Wording wording;
  private final Case current;
  private final Facts facts;
  private final FixWords words;

  Assembly(Diagnosis diagnosis, Wording wording) {
    this.diagnosis = diagnosis;
    this.wording = wording;
    this.current = diagnosis.current();
    this.facts = current.all();
    this.words = new FixWords(current);
  }

  Report report() {
    ProbeTable probes = new ProbeTable(current.probes().read());
    Ways ways = new Ways(current, diagnosis.impact());
    List<String> gaps = Gaps.of(facts);
    Summary summary = Summary.of(diagnosis, wording.refused(gaps));
    return new Report(
        "lb-responder/report/1",
        ToolVersion.stated(),
        incident(facts.incident()),
        summary.sentence(),
        summary.conclusion(),
        Summary.symptom(diagnosis.impact()),
        diagnosis.impact().shape().name(),
        causes(diagnosis.causes()),
        causes(diagnosis.sideFindings()),
        ruledOut(),
        unknown(),
        gaps,
        TargetParts.of(current, diagnosis.impact(), probes),
        0,
        ways.lines(),
        ProbeGrid.of(current, diagnosis.impact(), probes),
        ListenerAnswers.of(current),
        Sparkline.of(current),
        wording.links(facts.incident()).stream()
            .map(link -> new LinkPart(clean(link.title()), link.url()))
            .toList(),
        facts.readAt(),
        ways.parts(),
        Dials.of(diagnosis.impact(), probes),
        clean(wording.grant(gaps)));
  }

  private static IncidentPart incident(Incident incident) {
    LoadBalancerId id = incident.loadBalancer();
    return new IncidentPart(
        incident.id(),
        id.provider(),
        id.account(),
        id.region(),
        incident.since(),
        new LoadBalancerPart(id.kind(), clean(id.name()), clean(id.arn())),
        incident.alarms().stream().map(Assembly::alarm).toList());
  }

  private static AlarmPart alarm(Alarm alarm) {
    return new AlarmPart(
        clean(alarm.name()),
        clean(alarm.arn()),
        alarm.watched().namespace(),
        alarm.watched().metric(),
        alarm.state().name());
  }

  private List<CausePart> causes(List<Finding> findings) {
    return findings.stream().map(this::cause).toList();
  }

  private CausePart cause(Finding finding) {
    Check check = finding.check();
    Verdict.Cause cause = finding.cause();
    List<String> commands = commands(cause);
    return new CausePart(
        check.id(),
        cause.confidence().name(),
        check.title(),
        cause.targets().stream()
            .map(RegisteredTarget::label)
            .map(Assembly::clean)
            .distinct()
            .toList(),
        because(cause),
        commands,
        commands.isEmpty()
            ? null
            : switch (finding.fix()) {
              case NONE -> null;
              case CHECKED -> "checked";
              case NOT_CHECKED -> "not checked";
            },
        advice(check, cause),
        clean(cause.component()),
        finding.aside(),
        explains(finding.link().explains()),
        finding.link().since(),
        commands.isEmpty() ? null : clean(words.changes(cause.repairs())),
        commands.isEmpty() ? List.of() : undo(cause),
        commands.isEmpty() ? null : words.verify(cause));
  }

  /// What to decide here, where that is known; else what the cause asks for wherever it is met.
  private static String advice(Check check, Verdict.Cause cause) {
    List<String> decisions =
        cause.repairs().stream()
            .flatMap(
                repair ->
                    repair instanceof Repair.Decide(String what)
                        ? Stream.of(clean(what))
                        : Stream.empty())
            .distinct()
            .toList();
    return decisions.isEmpty() ? check.advice() : String.join(" ", decisions);
  }

  private static @Nullable ExplainsPart explains(@Nullable Share share) {
    return share == null
        ? null
        : new ExplainsPart(
            Math.rint(share.ratio() * 1000) / 1000, share.part(), share.whole(), share.of());
  }

  private static List<String> because(Verdict.Cause cause) {
    List<String> because =
        cause.because().stream().limit(MOST_REASONS).map(Assembly::clean).toList();
    int more = cause.because().size() - because.size();
    return more == 0
        ? because
        : Stream.concat(because.stream(), Stream.of("and %d more of the kind".formatted(more)))
            .toList();
  }

  /// A command is copied as it is: one that would hide something is not offered.
  private List<String> commands(Verdict.Cause cause) {
    return cause.repairs().stream()
        .flatMap(repair -> wording.commands(repair, facts).stream())
        .filter(command -> Untrusted.clean(command, command.length()).equals(command))
        .toList();
  }

  /// The last that is done is taken back first.
  private List<String> undo(Verdict.Cause cause) {
    return cause.repairs().reversed().stream()
        .flatMap(repair -> wording.undo(repair, facts).stream())
        .filter(command -> Untrusted.clean(command, command.length()).equals(command))
        .toList();
  }

  private List<RuledOutPart> ruledOut() {
    return Stream.concat(
            diagnosis.ruledOut().stream().map(verdict -> ruledOut(verdict, true)),
            diagnosis.notApplicable().stream().map(verdict -> ruledOut(verdict, false)))
        .toList();
  }

  private RuledOutPart ruledOut(Diagnosis.RuledOut verdict, boolean applies) {
    return new RuledOutPart(
        verdict.check().id(), clean(verdict.because()), fits(verdict.check()), applies);
  }

  /// Where nothing was read nothing can be told, which the summary says once.
  private List<UnknownPart> unknown() {
    return facts.unread().isPresent()
        ? List.of()
        : diagnosis.unknown().stream().map(this::unknown).toList();
  }

  private UnknownPart unknown(Diagnosis.Unknown verdict) {
    return new UnknownPart(verdict.check().id(), clean(verdict.missing()), fits(verdict.check()));
  }

  private boolean fits(Check check) {
    return check.symptoms().stream().anyMatch(diagnosis.impact().symptoms()::contains);
  }

  private static String clean(String text) {
    return Untrusted.clean(text, 1000);
  }
}
