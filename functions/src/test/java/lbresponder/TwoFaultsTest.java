package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lbresponder.IncidentsTest.Replayed;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.evidence.Case;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two causes at once, one of them old: the new one leads, whichever of the two it is. The one is
/// an incident as it was recorded, the other the groups of another incident of the same load
/// balancer, failing there for as long as was read. Left out are incidents whose own metric shows
/// no beginning.
class TwoFaultsTest {
  /// No fact tells since when they are: whether nodes kept to their zones before, and whom a group
  /// admitted.
  private static final Set<String> UNDATED =
      Set.of("ZoneWithoutTargets", "ClientPreservationBlocks");

  @Test
  @Tag("all-incidents")
  void theNewOneLeads() {
    Set<String> pairs = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    List<Replayed> all = IncidentsTest.replayed().stream().filter(TwoFaultsTest::isSure).toList();
    for (Replayed recent : all) {
      for (Replayed old : all) {
        if (canStandTogether(recent, old)) {
          Diagnosis both = Runbook.diagnose(OldFault.beside(recent.facts(), old.facts()));
          if (names(both).contains(old.folder())) {
            pairs.add(recent.folder() + " beside " + old.folder());
            if (!lead(both).equals(recent.folder())) {
              wrong.add("%s beside %s: %s".formatted(recent.file(), old.file(), lead(both)));
            }
          }
        }
      }
    }
    System.out.printf("%d pairs of causes, one of them old%n", pairs.size());
    assertThat(wrong).isEmpty();
    assertThat(pairs).hasSizeGreaterThan(400);
  }

  /// A Classic Load Balancer has one group only.
  private static boolean isSure(Replayed one) {
    return lead(one.diagnosis()).equals(one.folder())
        && !one.facts().incident().loadBalancer().traits().countsOwnChecks();
  }

  private static boolean canStandTogether(Replayed recent, Replayed old) {
    return !old.folder().equals(recent.folder())
        && !UNDATED.contains(old.folder())
        && old.facts().wiring().loadBalancer().equals(recent.facts().wiring().loadBalancer())
        && Case.of(recent.facts()).counts().onset().isPresent();
  }

  /// What leads above the possible; empty where nothing does.
  private static String lead(Diagnosis diagnosis) {
    return IncidentsTest.sure(diagnosis).stream()
        .map(one -> one.check().id())
        .findFirst()
        .orElse("");
  }

  private static Set<String> names(Diagnosis diagnosis) {
    Set<String> names = IncidentsTest.names(diagnosis.causes());
    names.addAll(IncidentsTest.names(diagnosis.sideFindings()));
    return names;
  }
}
