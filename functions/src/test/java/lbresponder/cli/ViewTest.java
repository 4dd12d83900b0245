package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static final String STOPPED = "../events/incidents/TargetStopped/only-one-of-three.txt";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void aReplayPrintsTheFirstScreen() {
    assertThat(run("replay", STOPPED)).isZero();
    assertThat(out.toString().lines())
        .hasSizeLessThanOrEqualTo(24)
        .first()
        .asString()
        .startsWith("✗ web  PROVEN  ");
    assertThat(out.toString()).doesNotContain("\u001b");
  }

  @Test
  void orWhyOneCauseIsOut() {
    assertThat(run("replay", STOPPED, "--why", "noroute")).isZero();
    assertThat(out.toString()).startsWith("NoRoute is ruled out\n");
  }

  @Test
  void aCauseThatNobodyKnowsIsAnsweredByThoseThatThereAre() {
    assertThat(run("replay", STOPPED, "--why", "Nonsense")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .contains("--why: found `Nonsense`, expected one of AlreadyRecovered, ");
  }
}
