package lbresponder.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
  private static List<Report> reports = List.of();

  @BeforeAll
  static void readAll() {
    reports =
        RecordedFacts.files().stream()
            .map(RecordedFacts::name)
            .map(RecordedFacts::of)
            .map(RecordedFacts::report)
            .toList();
  }

  private static String screen(String incident) {
    return Screen.write(RecordedFacts.report(RecordedFacts.of(incident)), Screen.USUAL_WIDTH);
  }

  @Test
  void theWayAndTheFixOfARevokedRule() {
    assertThat(screen("SecurityGroupBlocks/the-rule-was-revoked"))
        .isEqualTo(
            """
            ✗ web  PROVEN  The target's security group does not admit the load balancer
              3 of 3 targets
              123456789012 · eu-west-1 · ALARM UnHealthyHostCount, 17:04 UTC (4 s ago)

              web ─▶ groups out ✓ ─▶ ACLs ✓ ─▶ route ✓ ─▶ groups in ✗ ─▶ 3 targets :8080

              - target's groups in: no rule of sg-0fedcba9876543210 admits tcp/8080 from
                10.0.1.5 (sg-0123456789abcdef0) (3 paths) (+1 alike)

              Fix     not run; tried on a model of what was read: this cause is gone
            aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id \\
              sg-0fedcba9876543210 --ip-permissions \\
              'IpProtocol=tcp,FromPort=8080,ToPort=8080,UserIdGroupPairs=[{GroupId=sg-0123'\\
            '456789abcdef0}]'
              Undo    the same with revoke-security-group-ingress
              Verify  3 targets healthy after 5 checks every 30 s: 150 s

              i-0a1b2c3d4e5f60718:8080  eu-west-1a  ✗ Target.Timeout  –  (+2 alike)
              UnHealthyHostCount (Maximum), 15:54 to 17:05 UTC, threshold 0
              0 ▁ ▁  ▁ ▁  ▁ ▁  ▁ ▁  ▁ ▁  ▁ ▁    ████ 3
                                                ^  ! ^ incident, ! alarm 17:04

              32 causes ruled out · 13 not told · 2 not read · targets not probed
              Everything: --full   Why not X: --why X   For machines: --json
            """);
  }

  /// At any width every line fits, and the verdict, the fix and the targets are there.
  @Test
  void noLineIsWiderAndNothingIsLost() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    int looked = 0;
    for (Report report : reports) {
      for (int i = 0; i < 8; i++) {
        int width = i == 0 ? 40 : i == 1 ? 80 : random.nextInt(40, 201);
        String screen = Screen.write(report, width);
        assertThat(screen.lines()).allMatch(line -> Fold.length(line) <= width);
        assertThat(joined(screen)).contains(joined(said(report)));
        looked++;
      }
    }
    System.out.println(looked + " screens of 40 to 200 columns");
  }

  private static String said(Report report) {
    return report.causes().isEmpty()
        ? new Ages(report.at()).in(Sentences.withoutCause(report))
        : report.causes().getFirst().title();
  }

  private static String joined(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void noScreenSaysAnythingTwice() throws IOException {
    for (Report report : reports) {
      assertThat(Screen.write(report, 2000).lines().filter(line -> line.startsWith("  - ")))
          .doesNotHaveDuplicates();
    }
  }

  /// The shell makes the same words of what is folded.
  @ParameterizedTest
  @ValueSource(ints = {40, 57, 80, 133})
  void aFoldedCommandIsTheSameCommand(int width) throws IOException, InterruptedException {
    List<String> commands =
        reports.stream()
            .flatMap(report -> report.causes().stream().map(CausePart::fix))
            .flatMap(fix -> fix.stream().limit(1))
            .distinct()
            .toList();
    StringBuilder plain = new StringBuilder();
    StringBuilder folded = new StringBuilder();
    for (String command : commands) {
      List<String> lines = Fold.command(command, width);
      assertThat(lines).allMatch(line -> Fold.length(line) <= width);
      plain.append("show ").append(command).append('\n');
      folded.append("show \\\n").append(String.join("\n", lines)).append('\n');
    }
    assertThat(commands).hasSizeGreaterThan(50);
    assertThat(shell(folded)).isEqualTo(shell(plain)).hasSizeGreaterThan(commands.size());
  }

  /// Each word of each command on a line of its own.
  private static List<String> shell(CharSequence commands)
      throws IOException, InterruptedException {
    Path script = Files.createTempFile("commands", ".sh");
    Files.writeString(script, "show() { printf '%s\\n' \"$@\"; }\n" + commands);
    Process shell = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(said).isZero();
    Files.delete(script);
    return new ArrayList<>(said.lines().toList());
  }

  @Test
  void whatWasRefusedIsAskedForAndWhatIsOpenIsSaidOnce() {
    assertThat(screen("RespondsTooSlowly/metrics-may-not-be-read"))
        .isEqualTo(
            """
            ? web  COULD NOT LOOK  nothing could be shown: cloudwatch:GetMetricData:
              AccessDenied (the role needs this action).
              123456789012 · eu-west-1 · ALARM HTTPCode_ELB_504_Count, 17:04 UTC (4 s ago)

              Next
              - let it read what was refused: {"Effect": "Allow", "Action":
                ["cloudwatch:GetMetricData"], "Resource": "*"}
              - ClosesIdleConnectionsEarly: how long targets keep idle connections: measured
                by `diagnose --probe … --keep-alive` only

              i-0a1b2c3d4e5f60718:8080  eu-west-1a  ✓ healthy  –  (+2 alike)

              34 causes ruled out · 9 not told · 3 not read · targets not probed
              Everything: --full   Why not X: --why X   For machines: --json
            """);
  }

  @Test
  void whyACauseIsOrIsNotTheAnswer() {
    Report report =
        RecordedFacts.report(RecordedFacts.of("SecurityGroupBlocks/the-rule-was-revoked"));
    assertThat(Why.of(report, "securitygroupblocks", 80).orElseThrow())
        .startsWith("SecurityGroupBlocks is a cause, PROVEN: ");
    assertThat(Why.of(report, "NoRoute", 80).orElseThrow())
        .startsWith("NoRoute is ruled out\n  - ");
    assertThat(Why.of(report, "NothingListening", 80).orElseThrow())
        .startsWith("NothingListening: ");
    assertThat(Why.of(report, "Nonsense", 80)).isEmpty();
    for (String id : Why.ids(report)) {
      assertThat(Why.of(report, id, 40).orElseThrow().lines())
          .allMatch(line -> Fold.length(line) <= 40);
    }
  }
}
