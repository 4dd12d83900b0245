package lbresponder.evidence;

import static lbresponder.testing.SituationWiring.forward;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.listener;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.evidence.Routing.ForwardRef;
import lbresponder.evidence.Routing.Use;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.testing.Situation;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private static Use of(Situation situation) {
    Case current = Case.of(situation.facts());
    return current.routing().of(current.facts().targetGroups().getFirst());
  }

  @Test
  void aWeightAboveZeroSends() {
    assertThat(of(new Situation()))
        .isEqualTo(new Use.Sent("listener HTTP:80 by default sends to tg"));
    assertThat(of(new Situation().listeners(listener(80, forward("tg", 1), forward("other", 1)))))
        .isEqualTo(new Use.Sent("listener HTTP:80, rule 10 sends to tg"));
    assertThat(of(new Situation().listeners(listener(80, forward("other", 1, "tg", 1)))))
        .isInstanceOf(Use.Sent.class);
  }

  @Test
  void weightZeroIsIdleAndSaysWhere() {
    Listener listener = listener(80, forward("tg", 0), forward("other", 1, "tg", 0));
    assertThat(of(new Situation().listeners(listener)))
        .isEqualTo(
            new Use.Idle(
                List.of(
                    new ForwardRef(
                        listener, listener.rules().orElse(List.of()).getFirst(), forward("tg", 0)),
                    new ForwardRef(listener, null, forward("other", 1, "tg", 0)))));
  }

  @Test
  void nobodyWhoNamesItIsIdle() {
    Use idle = new Use.Idle(List.of());
    assertThat(of(new Situation().listeners())).isEqualTo(idle);
    assertThat(of(new Situation().listeners(listener(80, new Listener.FixedResponse(503)))))
        .isEqualTo(idle);
    assertThat(
            of(
                new Situation()
                    .listeners(
                        listener(80, new Listener.Redirect(301, Known.unknown("not recorded"))))))
        .isEqualTo(idle);
  }

  @Test
  void rulesThatWereNotReadMaySend() {
    Listener listener =
        listener(80, forward("other", 1)).withRules(Known.unknown("rules not read"));
    assertThat(of(new Situation().listeners(listener))).isEqualTo(new Use.Unread("rules not read"));
    assertThat(of(new Situation().listeners(listener.withDefaultAction(forward("tg", 1)))))
        .isInstanceOf(Use.Sent.class);
    assertThat(of(new Situation().listeners(listener.withRules(Known.none("no rules")))))
        .isInstanceOf(Use.Idle.class);
  }

  @Test
  void listenersThatWereNotReadMaySend() {
    Situation unread =
        new Situation().wiring(wiring -> wiring.withListeners(Known.unknown("not read")));
    assertThat(of(unread)).isEqualTo(new Use.Unread("not read"));
    Situation none = new Situation().wiring(wiring -> wiring.withListeners(Known.none("gone")));
    assertThat(of(none)).isEqualTo(new Use.Unread("it has no listeners: gone"));
  }

  @Test
  void eachGroupHasItsOwnAnswer() {
    Case current = Case.of(new Situation().group(group("other")).facts());
    assertThat(current.routing().of(group("other"))).isInstanceOf(Use.Idle.class);
    assertThat(current.routing().of(group("tg"))).isInstanceOf(Use.Sent.class);
  }
}
