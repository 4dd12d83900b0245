package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Recognised;
import lbresponder.testing.Interfering;
import lbresponder.testing.SetClock;
import lbresponder.testing.TestCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What several looks share: how many calls each makes, and how old what it says may be.
@ExtendWith(TestCredentials.class)
class SharedReadsTest {
  private static final Instant START = Instant.parse("2026-01-02T17:05:00Z");
  private static final String METRICS = "cloudwatch:GetMetricData";
  private static final String HEALTH = "elasticloadbalancing:DescribeTargetHealth";
  private static final String GROUPS = "ec2:DescribeSecurityGroupRules";

  private final Interfering network = Rehearsed.network();
  private final SetClock clock = new SetClock(START);
  private final AwsProvider provider = new AwsProvider(network, List.of(), clock);

  @Test
  void aLookAfterAnotherAsksForWhatChangesAlone() {
    List<String> first = calls(0);
    assertThat(first).hasSizeLessThanOrEqualTo(24);
    clock.set(START.plusSeconds(1));
    List<String> second = calls(0);
    assertThat(second).containsOnly(METRICS).hasSizeLessThanOrEqualTo(2);
    List<String> beside = calls(1);
    assertThat(beside).hasSizeLessThanOrEqualTo(first.size() - 7).contains(HEALTH, METRICS);
    System.out.printf(
        "calls of a first look: %d; of a second after 1 s: %d; of one at another load balancer"
            + " there: %d%n  %s%n  %s%n",
        first.size(), second.size(), beside.size(), first, beside);
  }

  /// What is kept for how long; never longer than 20 s.
  @ParameterizedTest
  @CsvSource({
    "2,  elasticloadbalancing:DescribeTargetHealth, false",
    "3,  elasticloadbalancing:DescribeTargetHealth, true",
    "3,  ec2:DescribeInstanceStatus,                true",
    "19, ec2:DescribeSecurityGroupRules,            false",
    "20, ec2:DescribeSecurityGroupRules,            true",
    "20, elasticloadbalancing:DescribeTags,         true",
    "0,  cloudwatch:GetMetricData,                  true"
  })
  void whatIsOlderIsReadAgain(int seconds, String action, boolean again) {
    calls(0);
    clock.set(START.plusSeconds(seconds));
    assertThat(calls(0).contains(action)).isEqualTo(again);
  }

  @Test
  void afterTwentySecondsNothingIsShared() {
    List<String> first = calls(0);
    clock.set(START.plusSeconds(20));
    List<String> later = new ArrayList<>(calls(0));
    later.add("sts:GetCallerIdentity");
    assertThat(later).containsExactlyInAnyOrderElementsOf(first);
  }

  /// The clock was set back, or the machine slept.
  @Test
  void anAnswerFromTheFutureIsNotKept() {
    calls(0);
    clock.set(START.minusSeconds(1));
    assertThat(calls(0)).contains(GROUPS, HEALTH);
  }

  /// Facts say when the oldest of them was read.
  @Test
  void whatWasKeptSaysWhenItWasRead() {
    assertThat(gather(0).readAt()).isEqualTo(START);
    clock.set(START.plusSeconds(15));
    assertThat(gather(0).readAt()).isEqualTo(START);
    clock.set(START.plusSeconds(40));
    assertThat(gather(0).readAt()).isEqualTo(START.plusSeconds(40));
  }

  @Test
  void tenAtOnceAskOnce() throws Exception {
    for (String action : List.of(HEALTH, GROUPS, "ec2:DescribeSubnets")) {
      network.on(action, new Interfering.Late(200));
    }
    List<Future<Facts>> looks = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        looks.add(threads.submit(() -> gather(0)));
      }
    }
    for (Future<Facts> look : looks) {
      assertThat(look.get().network()).isEqualTo(looks.getFirst().get().network());
      assertThat(look.get().wiring()).isEqualTo(looks.getFirst().get().wiring());
    }
    List<String> requests = network.requests();
    List<String> shared = requests.stream().filter(request -> !request.contains(METRICS)).toList();
    assertThat(new HashSet<>(shared)).hasSameSizeAs(shared);
    System.out.printf("calls of ten looks at once: %d%n", requests.size());
    assertThat(requests).hasSizeLessThan(45);
  }

  /// Whoever was refused may have been given the permission since; who failed tries again.
  @ParameterizedTest
  @CsvSource({"denied", "failed", "cut", "empty", "reset"})
  void aFailureIsNotKept(String fault) {
    network.on(
        GROUPS,
        switch (fault) {
          case "denied" -> Interfering.error(GROUPS, 403, "UnauthorizedOperation");
          case "failed" -> new Interfering.Answer(500, "<html>no</html>");
          case "cut" -> new Interfering.Rewrite(body -> body.substring(0, body.length() / 2));
          case "reset" -> new Interfering.Reset();
          default -> new Interfering.Answer(200, "");
        });
    assertThat(gather(0).network().securityGroups().isKnown()).isFalse();
    network.on(GROUPS, new Interfering.Rewrite(body -> body));
    assertThat(gather(0).network().securityGroups().isKnown()).isTrue();
  }

  /// Who asks again does not join a request that hangs.
  @Test
  void whatHangsIsAskedAgain() {
    network.on(HEALTH, new Interfering.Late(60_000));
    Instant deadline = Instant.now().plusMillis(2500);
    Incident incident = incident(0);
    Facts facts = provider.gather(incident, deadline);
    assertThat(facts.targetGroups().getFirst().targets().isKnown()).isFalse();
    network.on(HEALTH, new Interfering.Rewrite(body -> body));
    assertThat(gather(0).targetGroups().getFirst().targets().isKnown()).isTrue();
  }

  private List<String> calls(int which) {
    int before = network.calls().size();
    gather(which);
    return network.calls().subList(before, network.calls().size());
  }

  private Facts gather(int which) {
    return provider.gather(incident(which), Instant.now().plus(Duration.ofSeconds(20)));
  }

  private Incident incident(int which) {
    return Incident.of(((Recognised.Alarms) provider.recognise(Rehearsed.alarm(which))).alarms());
  }
}
