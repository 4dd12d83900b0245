package lbresponder.evidence;

import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.facts.Known;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingTest {
  private static boolean remains(Situation situation, String... lost) {
    Case current = Case.of(situation.facts());
    Set<String> ids = Set.of(lost);
    return current
        .serving()
        .remainsWithout(
            current.targets().all().stream().filter(target -> ids.contains(target.id())).toList());
  }

  private static Situation ofOwnZone() {
    return new Situation().groups(group -> group.withCrossZone(Known.of(false)));
  }

  /// Machines `i-1` and `i-2` are in one zone, `i-3` in the other.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # lost      | nodes send to all zones | to their own
          i-1         | true                    | true
          i-3         | true                    | false
          i-1 i-2     | true                    | false
          i-1 i-3     | true                    | false
          i-1 i-2 i-3 | false                   | false
          """)
  void eachZoneNeedsItsOwnWhereNodesKeepToTheirs(
      String lost, boolean ofAllZones, boolean ofOwnZone) {
    String[] ids = lost.split(" ", -1);
    assertThat(remains(new Situation(), ids)).isEqualTo(ofAllZones);
    assertThat(remains(ofOwnZone(), ids)).isEqualTo(ofOwnZone);
    Situation unread =
        new Situation().groups(group -> group.withCrossZone(Known.unknown("not read")));
    assertThat(remains(unread, ids)).isEqualTo(ofOwnZone);
  }

  /// Only `i-3` is left.
  @ParameterizedTest
  @CsvSource({
    "HEALTHY, true, true",
    "UNHEALTHY, false, true",
    "UNHEALTHY_DRAINING, false, true",
    "INITIAL, false, true",
    "UNAVAILABLE, false, true",
    "UNUSED, false, false",
    "DRAINING, false, false"
  })
  void whoIsLeftMayServeByItsState(State state, boolean serves, boolean servesWhenFailingOpen) {
    assertThat(remains(new Situation().inState(state, "i-3"), "i-1", "i-2")).isEqualTo(serves);
    assertThat(remains(new Situation().failingOpen().inState(state, "i-3"), "i-1", "i-2"))
        .isEqualTo(servesWhenFailingOpen);
  }

  @Test
  void whoseHealthIsNotKnownMayServe() {
    assertThat(remains(new Situation().healthUnread("i-3"), "i-1", "i-2")).isTrue();
  }

  @Test
  void everyGroupThatLostSomeNeedsOne() {
    Situation situation = new Situation().group(group("other", target("i-1"), target("i-9")));
    assertThat(remains(situation, "i-1")).isTrue();
    assertThat(remains(situation, "i-1", "i-9")).isFalse();
    assertThat(Case.of(situation.facts()).serving().remainsWithout(List.of())).isTrue();
  }
}
