package lbresponder.cause;

import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.Protocol;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What probes get.
class TlsMismatchTriesTest {
  /// Without failed handshakes that are counted, with some, and where this kind of load balancer
  /// does not count them.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # tries                                                 | none      | some     | uncounted
          5 TlsFailed PLAINTEXT                                   | PROVEN    | PROVEN   | PROVEN
          5 TlsFailed VERSION                                     | LIKELY    | PROVEN   | PROVEN
          5 TlsFailed CLIENT_CERTIFICATE                          | LIKELY    | PROVEN   | LIKELY
          5 TlsFailed HANDSHAKE                                   | POSSIBLE  | PROVEN   | POSSIBLE
          5 TlsFailed OTHER                                       | POSSIBLE  | PROVEN   | POSSIBLE
          4 TlsFailed PLAINTEXT                                   | POSSIBLE  | POSSIBLE | POSSIBLE
          1 TlsFailed PLAINTEXT, 4 TlsFailed HANDSHAKE            | PROVEN    | PROVEN   | PROVEN
          1 TlsFailed APPLICATION_PROTOCOL, 4 TlsFailed PLAINTEXT | UNKNOWN   | LIKELY   | UNKNOWN
          5 TlsFailed APPLICATION_PROTOCOL                        | UNKNOWN   | LIKELY   | UNKNOWN
          4 TlsFailed PLAINTEXT, 1 Reset                          | UNKNOWN   | LIKELY   | UNKNOWN
          5 Reset                                                 | UNKNOWN   | LIKELY   | UNKNOWN
          5 Answered 400                                          | UNKNOWN   | LIKELY   | UNKNOWN
          5 Answered 200                                          | RULED_OUT | LIKELY   | RULED_OUT
          5 Secured                                               | RULED_OUT | LIKELY   | RULED_OUT
          """)
  void bySecureTries(String tries, Answer none, Answer some, Answer notCounted) {
    row(none, tries, s -> TlsMismatchTest.probed(TlsMismatchTest.secure(s), tries))
        .holdsFor(TlsMismatchTest.CHECK);
    row(
            some,
            tries,
            s ->
                TlsMismatchTest.probed(TlsMismatchTest.secure(s), tries)
                    .counted(Measure.TLS_ERRORS, 1))
        .holdsFor(TlsMismatchTest.CHECK);
    row(
            notCounted,
            tries,
            s ->
                TlsMismatchTest.probed(TlsMismatchTest.secure(s), tries)
                    .notCounting(Measure.TLS_ERRORS))
        .holdsFor(TlsMismatchTest.CHECK);
  }

  @Test
  void whyTheHandshakeFailedIsSaid() {
    says("answers a TLS handshake in plain text", "PLAINTEXT");
    says("has no TLS version in common", "VERSION");
    says("refuses the handshake: no cipher in common, or none of its names", "HANDSHAKE");
    says("wants a client certificate", "CLIENT_CERTIFICATE");
    says("ends the handshake", "OTHER");
  }

  private static void says(String sentence, String failure) {
    Verdict verdict =
        TlsMismatchTest.probed(TlsMismatchTest.secure(new Situation()), "5 TlsFailed " + failure)
            .counted(Measure.TLS_ERRORS, 3)
            .examine(TlsMismatchTest.CHECK);
    assertThat(SituationRow.reasons(verdict))
        .contains(
            "i-1:8080 " + sentence,
            "on all of 5 tries from where the load balancer stands",
            "3 failed handshakes with targets were counted");
  }

  /// Spoken to in plain text, and tried over TLS too.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # in plain text         | over TLS           | answer
          5 Reset                 | 5 Secured          | PROVEN
          5 Answered 400          | 5 Secured          | PROVEN
          5 TimedOut              | 5 Answered 200     | PROVEN
          4 Reset                 | 5 Secured          | POSSIBLE
          4 Reset, 1 Answered 200 | 5 Secured          | RULED_OUT
          5 Reset                 | 5 Answered 400     | RULED_OUT
          5 Reset                 | 4 Reset, 1 Secured | PROVEN
          5 Reset                 | 5 Reset            | RULED_OUT
          """)
  void byPlainTries(String plain, String secure, Answer answer) {
    row(
            answer,
            plain,
            s ->
                TlsMismatchTest.probed(TlsMismatchTest.speaking(s, Protocol.HTTP), plain)
                    .probe("i-1", Purpose.ALTERNATE_PROTOCOL, secure))
        .holdsFor(TlsMismatchTest.CHECK);
  }
}
