package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.AwsProvider;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.diagnosis.Weighing;
import lbresponder.evidence.Case;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Recognised;
import lbresponder.json.Differences;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;
import lbresponder.report.Report.RuledOutPart;
import lbresponder.report.text.RecordedReport;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Replays every recorded incident: facts in, the exact report out. With `-Dupdate` the expected
/// reports are rewritten, and the diff is the review.
class IncidentsTest {
  private static final AwsProvider AWS = new AwsProvider();

  /// Tests that go through incidents which were read and diagnosed once.
  private static final String ALL = "all-incidents";

  record Replayed(Path file, RecordedIncident incident, Facts facts, Diagnosis diagnosis) {
    String folder() {
      return file.getName(file.getNameCount() - 2).toString();
    }

    static Replayed of(Path file) throws IOException {
      RecordedIncident incident = RecordedIncident.read(file);
      Recognised recognised = AWS.recognise(incident.message());
      assertThat(recognised).as("%s: %s", file, recognised).isInstanceOf(Recognised.Alarms.class);
      List<Alarm> alarms = ((Recognised.Alarms) recognised).alarms();
      Facts facts = incident.facts(Incident.of(alarms.subList(0, 1)));
      return new Replayed(file, incident, facts, Runbook.diagnose(facts));
    }
  }

  /// Each recorded incident with its diagnosis; read once.
  static List<Replayed> replayed() {
    return Replays.ALL;
  }

  private static final class Replays {
    static final List<Replayed> ALL = all();

    private static List<Replayed> all() {
      try {
        List<Replayed> all = new ArrayList<>();
        for (Path file : RecordedFacts.files()) {
          all.add(Replayed.of(file));
        }
        return List.copyOf(all);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyIncidentIsReportedAsRecorded() throws IOException {
    return RecordedFacts.files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(RecordedFacts.name(file), () -> holds(Replayed.of(file))));
  }

  private static void holds(Replayed one) throws IOException {
    RecordedIncident old = one.incident();
    String report = RecordedReport.again(Report.of(one.diagnosis(), AWS), old.report());
    if (System.getProperty("update") != null) {
      RecordedIncident updated = Differences.rewritten(old, one.facts(), report);
      Files.writeString(one.file(), updated.write());
    } else {
      assertThat(report).as(old.situation()).isEqualTo(old.report());
    }
  }

  @Test
  @Tag(ALL)
  void everyCauseIsTheAnswerRuledOutAndUnknownInItsFolder() {
    List<Replayed> all = replayed();
    for (Check check : Runbook.CHECKS) {
      List<Replayed> own = all.stream().filter(one -> one.folder().equals(check.id())).toList();
      assertThat(own.stream().filter(one -> leads(one, check)).count())
          .as("%s is the answer", check.id())
          .isPositive();
      assertThat(own.stream().filter(one -> isRuledOut(one, check)).count())
          .as("%s is ruled out", check.id())
          .isPositive();
      assertThat(own.stream().filter(one -> isUnknown(one, check)).count())
          .as("%s cannot be known", check.id())
          .isPositive();
      assertThat(own.stream().filter(one -> !speaksOf(one, check)).map(Replayed::file))
          .as(
              "incidents of %s in which it is neither the answer nor ruled out nor unknown",
              check.id())
          .isEmpty();
    }
  }

  @Test
  @Tag(ALL)
  void theFoldersKeepTheirPromise() {
    Set<String> folders = new TreeSet<>(Set.of("nothing", "several", "traps", "unkind"));
    Runbook.CHECKS.forEach(check -> folders.add(check.id()));
    for (Replayed one : replayed()) {
      assertThat(folders).as("%s", one.file()).contains(one.folder());
      List<Finding> sure = sure(one.diagnosis());
      switch (one.folder()) {
        case "nothing" ->
            assertThat(names(sure)).as("%s", one.file()).isSubsetOf("AlreadyRecovered");
        case "several" ->
            assertThat(names(one.diagnosis().causes())).as("%s", one.file()).hasSizeGreaterThan(1);
        case "traps" -> assertThat(promise(one).not()).as("`Not:` in %s", one.file()).isNotEmpty();
        case "unkind" ->
            assertThat(promise(one).leads()).as("`Leads:` in %s", one.file()).isNotEmpty();
        default -> {}
      }
    }
  }

  /// What its first line says; {@link PromisesTest} holds it.
  private static Promise promise(Replayed one) {
    return Promise.of(one.incident().situation());
  }

  /// A cause that is new, and is not the matter anywhere, changes no file but its own.
  @Test
  @Tag(ALL)
  void aNewCauseChangesNoOtherIncident() {
    List<Check> more =
        Stream.concat(
                Runbook.CHECKS.stream(),
                Stream.of(new NewCause(new Verdict.RuledOut("it is not the matter"))))
            .toList();
    for (Replayed one : replayed()) {
      Report report = Report.of(Weighing.diagnose(more, one.facts()), AWS);
      assertThat(report.ruledOut()).extracting(RuledOutPart::id).contains("NewCause");
      assertThat(RecordedReport.again(report, one.incident().report()))
          .as("%s", one.file())
          .isEqualTo(one.incident().report());
    }
  }

  private static final class NewCause extends Check {
    private final Verdict verdict;

    NewCause(Verdict verdict) {
      super("Something new", "Look at it.", Symptom.values());
      this.verdict = verdict;
    }

    @Override
    public Verdict examine(Case current) {
      return verdict;
    }
  }

  /// A recorded report lists as ruled out, or as not to be told, only what its folder or its first
  /// line is about, so that a new cause changes its own files and no other.
  @Test
  @Tag(ALL)
  void noIncidentVouchesForAnotherFoldersCauses() {
    for (Replayed one : replayed()) {
      Set<String> own = promise(one).named();
      own.add(one.folder());
      assertThat(RecordedReport.ids(one.incident().report())).as("%s", one.file()).isSubsetOf(own);
    }
  }

  @Test
  @Tag(ALL)
  void theOrderOfListsDoesNotMatter() {
    for (Replayed one : replayed()) {
      Diagnosis turned = Runbook.diagnose(Hiding.reversed(one.facts()));
      assertThat(names(turned.causes()))
          .as("%s", one.file())
          .isEqualTo(names(one.diagnosis().causes()));
    }
  }

  static List<Finding> sure(Diagnosis diagnosis) {
    return diagnosis.causes().stream()
        .filter(finding -> finding.cause().confidence() != Confidence.POSSIBLE)
        .toList();
  }

  static Set<String> names(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.check().id())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// What no alarm shows by itself can only be told beside the answer.
  private static boolean leads(Replayed one, Check check) {
    List<Finding> causes = one.diagnosis().causes();
    return check.symptoms().isEmpty()
        ? one.diagnosis().sideFindings().stream().anyMatch(aside -> aside.check().equals(check))
        : !causes.isEmpty() && causes.getFirst().check().equals(check);
  }

  private static boolean speaksOf(Replayed one, Check check) {
    return leads(one, check) || isRuledOut(one, check) || isUnknown(one, check);
  }

  private static boolean isRuledOut(Replayed one, Check check) {
    return Stream.concat(
            one.diagnosis().ruledOut().stream(), one.diagnosis().notApplicable().stream())
        .anyMatch(other -> other.check().equals(check));
  }

  private static boolean isUnknown(Replayed one, Check check) {
    return one.diagnosis().unknown().stream().anyMatch(other -> other.check().equals(check));
  }
}
