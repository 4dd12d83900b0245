package lbresponder.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.diagnosis.Weighing;
import lbresponder.evidence.Case;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Repair;
import lbresponder.facts.Wording;
import lbresponder.report.Report;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

class RecordedReportTest {
  private static final Facts FACTS = RecordedFacts.of("TargetStopped/only-one-of-three");

  /// Some cause, with a verdict that does not depend on the facts.
  private abstract static class Fixed extends Check {
    private final Verdict verdict;

    Fixed(Verdict verdict, Symptom symptom) {
      super("It is broken", "Repair it.", symptom);
      this.verdict = verdict;
    }

    @Override
    public Verdict examine(Case current) {
      return verdict;
    }
  }

  private static final class Refuted extends Fixed {
    Refuted() {
      super(new Verdict.RuledOut("it is whole"), Symptom.REFUSED);
    }
  }

  private static final class RefutedAndUnlike extends Fixed {
    RefutedAndUnlike() {
      super(new Verdict.RuledOut("it is whole, too"), Symptom.PORTS);
    }
  }

  private static final class Absent extends Fixed {
    Absent() {
      super(new Verdict.NotApplicable("there is none"), Symptom.REFUSED);
    }
  }

  private static final class Unread extends Fixed {
    Unread() {
      super(new Verdict.Unknown("it was not read"), Symptom.REFUSED);
    }
  }

  private static final class UnreadAndUnlike extends Fixed {
    UnreadAndUnlike() {
      super(new Verdict.Unknown("it was not read either"), Symptom.PORTS);
    }
  }

  private static final class Later extends Fixed {
    Later() {
      super(new Verdict.RuledOut("nobody thought of it then"), Symptom.REFUSED);
    }
  }

  private static final Check[] ALL = {
    new Refuted(), new RefutedAndUnlike(), new Absent(), new Unread(), new UnreadAndUnlike()
  };

  private static final Wording WORDLESS =
      new Wording() {
        @Override
        public List<String> commands(Repair repair, Facts facts) {
          return List.of();
        }

        @Override
        public List<String> undo(Repair repair, Facts facts) {
          return List.of();
        }

        @Override
        public List<Link> links(Incident incident) {
          return List.of();
        }
      };

  private static Report report(Check... checks) {
    return Report.of(Weighing.diagnose(List.of(checks), FACTS), WORDLESS);
  }

  @Test
  void theWholeReportListsAllThatApplies() {
    assertThat(ReportText.write(report(ALL)))
        .contains(
            """

            Ruled out
              - Refuted: it is whole
              - what does not look like this: RefutedAndUnlike

            Could not tell
              - Unread: it was not read
              - what does not look like this: UnreadAndUnlike

            """)
        .doesNotContain("Absent", "there is none");
    assertThat(report(ALL).ruledOut())
        .filteredOn(part -> !part.applies())
        .extracting(Report.RuledOutPart::id)
        .containsExactly("Absent");
  }

  @Test
  void whatIsRecordedFirstIsWhatCouldHaveLookedLikeThis() {
    String recorded = RecordedReport.first(report(ALL));
    assertThat(recorded)
        .contains(
            """

            Ruled out
              - Refuted: it is whole

            Could not tell
              - Unread: it was not read

            """)
        .doesNotContain("does not look like this");
    assertThat(RecordedReport.ids(recorded)).containsExactlyInAnyOrder("Refuted", "Unread");
    assertThat(RecordedReport.again(report(ALL), recorded)).isEqualTo(recorded);
  }

  /// In full, also where it does not look like this.
  @Test
  void theCausesNamedAreListed() {
    assertThat(ReportText.write(report(ALL), Set.of("RefutedAndUnlike", "UnreadAndUnlike")))
        .contains(
            """

            Ruled out
              - RefutedAndUnlike: it is whole, too

            Could not tell
              - UnreadAndUnlike: it was not read either

            """);
    assertThat(ReportText.write(report(ALL), Set.of("Absent")))
        .doesNotContain("Ruled out", "Could not tell", "Absent");
  }

  @Test
  void anotherCauseChangesNoRecordedReport() {
    Check[] more = {new Later(), ALL[0], ALL[1], ALL[2], ALL[3], ALL[4]};
    for (Set<String> ids :
        List.of(Set.of("Refuted"), Set.of("Unread", "Refuted"), Set.<String>of())) {
      String recorded = ReportText.write(report(ALL), ids);
      assertThat(RecordedReport.ids(recorded)).isEqualTo(ids);
      assertThat(RecordedReport.again(report(more), recorded)).isEqualTo(recorded);
    }
  }

  @Test
  void whatIsVouchedForMustHold() {
    String recorded = ReportText.write(report(ALL), Set.of("Refuted"));
    assertThat(RecordedReport.again(report(new Unread()), recorded)).isNotEqualTo(recorded);
    String other = recorded.replace("it is whole", "it is not there");
    assertThat(RecordedReport.again(report(ALL), other)).isEqualTo(recorded);
  }

  /// A sentence of a cause, or a link, may look like a verdict's line.
  @Test
  void onlyTheTwoSectionsAreRead() {
    assertThat(
            RecordedReport.ids(
                """
                web: something.

                Could not look
                  - NotOne: refused

                Ruled out
                  - One: a reason: with a colon
                  - what does not look like this: NoId

                Could not tell
                  - Two: unread

                Links
                  - Console: https://console.example.com
                """))
        .containsExactlyInAnyOrder("One", "Two");
  }
}
