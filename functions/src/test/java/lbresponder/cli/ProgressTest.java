package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000;

  private final StringWriter err = new StringWriter();

  @Test
  void whatTakesLongerThanAMomentSaysSo() {
    try (Progress progress = Progress.begin(new PrintWriter(err, true), "reading")) {
      long end = System.nanoTime() + 20 * SECOND;
      while (err.toString().isEmpty() && System.nanoTime() < end) {
        LockSupport.parkNanos(SECOND / 100);
      }
      assertThat(err).hasToString("reading …\n");
      progress.tell("probing\nthe targets");
    }
    assertThat(err).hasToString("reading …\nprobing the targets …\n");
  }

  @Test
  void whatIsDoneSaysNothingAfterwards() {
    try (Progress progress = Progress.begin(new PrintWriter(err, true), "reading")) {
      progress.tell("probing");
    }
    String said = err.toString();
    LockSupport.parkNanos(SECOND / 2);
    assertThat(err).hasToString(said);
  }
}
