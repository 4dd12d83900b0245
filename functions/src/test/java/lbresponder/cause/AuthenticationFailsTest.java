package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.forward;
import static lbresponder.testing.SituationWiring.listener;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Measure;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuthenticationFailsTest {
  @ParameterizedTest
  @MethodSource
  void authenticationFails(SituationRow row) {
    row.holdsFor(new AuthenticationFails());
  }

  /// Whoever is not known is asked to log in, by default.
  private static Situation login(Situation situation) {
    return situation
        .alarmOn(Measure.LB_5XX)
        .listeners(
            listener(443, forward("tg", 1))
                .withBefore(
                    Known.of(List.of(new Listener.Authenticate("oidc", Known.unknown("secret"))))));
  }

  static List<SituationRow> authenticationFails() {
    return List.of(
        row(
                RULED_OUT,
                "nobody is asked to log in",
                s -> s.counted(Measure.AUTHENTICATION_ERRORS, 9))
            .saying("no listener and no rule authenticates"),
        row(
                PROVEN,
                "some could not be told",
                s -> login(s).counted(Measure.AUTHENTICATION_ERRORS, 9))
            .saying("9 authentications that could not be completed", "HTTP:443 by default"),
        row(RULED_OUT, "all could be told", AuthenticationFailsTest::login),
        row(
            RULED_OUT,
            "no more than on any day",
            s -> login(s).load(load -> load.steady(Measure.AUTHENTICATION_ERRORS, null, 2))),
        row(UNKNOWN, "it was not read", s -> login(s).unread(Measure.AUTHENTICATION_ERRORS)),
        row(
            NOT_APPLICABLE,
            "nobody counts it",
            s -> login(s).notCounting(Measure.AUTHENTICATION_ERRORS)),
        row(
            UNKNOWN,
            "an older recording does not tell what comes before an action",
            s -> s.listeners(listener(443, forward("tg", 1)).withBefore(Known.unknown(UNREAD)))),
        row(
            UNKNOWN,
            "rules could not be read",
            s -> s.listeners(listener(443, forward("tg", 1)).withRules(Known.unknown(UNREAD)))),
        row(
            UNKNOWN,
            "listeners could not be read",
            s -> s.wiring(wiring -> wiring.withListeners(Known.unknown(UNREAD)))));
  }
}
