package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationNetwork.rules;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The network is open to the host.
class HostSilentTest {
  private static Situation silent(Situation situation) {
    return situation
        .failing(Reason.TIMED_OUT, "i-1")
        .probe("i-1", Vantage.LOAD_BALANCER, "5 TimedOut");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # tries                 | answer
          5 TimedOut              | PROVEN
          4 TimedOut              | POSSIBLE
          4 TimedOut, 1 Refused   | RULED_OUT
          4 TimedOut, 1 Connected | RULED_OUT
          5 HostUnreachable 1     | UNKNOWN
          5 NetworkUnreachable    | UNKNOWN
          5 NotDialled            | UNKNOWN
          5 Silent                | RULED_OUT
          """)
  void byTries(String tries, Answer answer) {
    row(
            answer,
            tries,
            s ->
                s.failing(Reason.TIMED_OUT, "i-1")
                    .probe("i-1", Vantage.LOAD_BALANCER, tries)
                    .probe("i-2", Vantage.LOAD_BALANCER, "1 Answered 200")
                    .probe("i-3", Vantage.LOAD_BALANCER, "1 Answered 200"))
        .holdsFor(new HostSilent());
  }

  @ParameterizedTest
  @MethodSource
  void hostSilent(SituationRow row) {
    row.holdsFor(new HostSilent());
  }

  static List<SituationRow> hostSilent() {
    return List.of(
        row(UNKNOWN, "nobody probed", s -> s).saying(UNREAD),
        row(PROVEN, "packets reach it, and nothing comes back", s -> silent(s))
            .saying(
                "i-1:8080 does not react on all of 5 tries from where the load balancer stands",
                "security groups, network ACLs and routes let it pass, there and back",
                "[i-1:8080]"),
        row(PROVEN, "whatever load there is", s -> silent(s).load(load -> load.busier())),
        row(
            PROVEN,
            "its machine stopped: that is why it is silent",
            s -> silent(s).machine("i-1", SituationFleet.stopped(1))),
        row(LIKELY, "its check passed last", s -> silent(s).inState(State.HEALTHY, "i-1")),
        row(POSSIBLE, "its health is not known", s -> silent(s).healthUnread("i-1")),
        row(
                UNKNOWN,
                "a security group does not admit the load balancer",
                s -> silent(s).network(rules("sg-targets")))
            .saying("whether a packet reaches the host of i-1:8080: target's groups in"),
        row(
            UNKNOWN,
            "the network could not be read",
            s -> silent(s).network(read -> read.withRouteTables(Known.unknown(UNREAD)))),
        row(
            UNKNOWN,
            "this machine's own path is not known",
            s -> s.failing(Reason.TIMED_OUT, "i-1").probe("i-1", Vantage.HERE, "5 TimedOut")),
        row(
            RULED_OUT,
            "targets that leave are not probed",
            s -> s.probedNothing().inState(State.DRAINING, "i-1", "i-2", "i-3")));
  }
}
