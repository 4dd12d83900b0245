package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lbresponder.aws.kind.Kind;
import lbresponder.cause.Runbook;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Recognised;
import lbresponder.report.Report;
import lbresponder.testing.Interfering;
import lbresponder.testing.TestCredentials;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Calls that hang: whoever asked goes on by its deadline, with all that is there.
@ExtendWith(TestCredentials.class)
class DeadlineTest {
  private static final Interfering.Late HANGS = new Interfering.Late(60_000);
  private static final String WHOSE = "sts:GetCallerIdentity";
  private static final String TAGS = "elasticloadbalancing:DescribeTags";
  private static final Map<String, String> OWNED = Map.of("owner", "web");
  private static final LoadBalancerId CLASSIC =
      Kind.CLASSIC.id("000000000000", "eu-west-1", "legacy", "legacy");

  /// Beyond a deadline.
  private static final Duration BEYOND = Duration.ofMillis(300);

  private final Interfering network = Rehearsed.network();
  private final AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());
  private final Alarm alarm = alarm(provider);
  private final Incident incident = Incident.of(List.of(alarm));

  private static Alarm alarm(AwsProvider provider) {
    return ((Recognised.Alarms) provider.recognise(Rehearsed.alarm(0))).alarms().getFirst();
  }

  /// Loads the SDK's classes, which takes longer than any deadline here.
  @BeforeEach
  void warm() {
    provider.refusal(alarm.loadBalancer(), in(Duration.ofSeconds(20)));
    new AwsProvider(Rehearsed.network(), List.of(), Clock.systemUTC())
        .gather(incident, in(Duration.ofSeconds(20)));
  }

  @Test
  void everyQuestionIsAnsweredByItsDeadline() throws Exception {
    Facts facts = provider.gather(incident, in(Duration.ofSeconds(20)));
    Recognised.Composite composite =
        (Recognised.Composite)
            provider.recognise(Files.readString(Path.of("../events/composite.json")));
    Map<String, Consumer<Instant>> questions =
        new TreeMap<>(
            Map.of(
                "resolve", deadline -> fresh().resolve(composite, deadline),
                "now", deadline -> fresh().now(List.of(alarm), deadline),
                "tags", deadline -> fresh().tags(alarm.loadBalancer(), deadline),
                "tags of a Classic one", deadline -> fresh().tags(CLASSIC, deadline),
                "refusal", deadline -> fresh().refusal(alarm.loadBalancer(), deadline),
                "gather", deadline -> fresh().gather(incident, deadline),
                "picture", deadline -> fresh().picture(incident, alarm.changedAt(), deadline),
                "locate",
                    deadline ->
                        fresh()
                            .locate(
                                facts,
                                "arn:aws:lambda:eu-west-1:000000000000:function:prober",
                                deadline)));
    network.on("*", HANGS).on(WHOSE, HANGS);
    questions.forEach(
        (name, question) -> {
          Instant deadline = in(Duration.ofSeconds(1));
          question.accept(deadline);
          assertThat(Instant.now()).as(name).isBefore(deadline.plus(BEYOND));
        });
  }

  /// One that knows nothing yet.
  private AwsProvider fresh() {
    return new AwsProvider(network, List.of(), Clock.systemUTC());
  }

  /// Of a load balancer that its ARN names nobody needs to know who asks.
  @Test
  void tagsDoNotWaitForWhoAsks() {
    network.on(WHOSE, HANGS).on(TAGS, tags("ResourceArn>arn</ResourceArn"));
    Instant deadline = in(Duration.ofSeconds(10));
    assertThat(fresh().tags(alarm.loadBalancer(), deadline)).isEqualTo(Known.of(OWNED));
    assertThat(Instant.now()).isBefore(deadline.minusSeconds(5));
  }

  /// A Classic one has a name alone, and another account's may ask for silence.
  @Test
  void tagsOfAClassicOneNeedWhoAsksAndHaveItTheNextTime() throws Exception {
    network.on(TAGS, tags("LoadBalancerName>legacy</LoadBalancerName")).on(WHOSE, HANGS);
    AwsProvider late = fresh();
    assertThat(late.tags(CLASSIC, in(Duration.ofMillis(500))))
        .isEqualTo(Known.unknown(WHOSE + ": no answer before the deadline"));
    assertThat(provider.tags(CLASSIC, in(Duration.ofMillis(500)))).isEqualTo(Known.of(OWNED));
    assertThat(late.refusal(CLASSIC, in(Duration.ofMillis(200)))).isEmpty();
  }

  /// What arrives after the deadline is there the next time, without a call.
  @Test
  void whatComesLateIsKept() throws Exception {
    for (String action : List.of(WHOSE, TAGS)) {
      Interfering slow = Rehearsed.network().on(action, new Interfering.Late(1000));
      AwsProvider late = new AwsProvider(slow, List.of(), Clock.systemUTC());
      late.tags(CLASSIC, in(Duration.ofMillis(300)));
      Thread.sleep(1500);
      int before = slow.calls().size();
      Known<Map<String, String>> tags = late.tags(CLASSIC, in(Duration.ofMillis(300)));
      assertThat(tags.isKnown()).as(action + " " + tags).isTrue();
      assertThat(slow.calls()).hasSize(before);
    }
  }

  /// Each call in turn hangs, and the rest answer.
  @Test
  void whatHangsIsMissingAndNothingElse() throws Exception {
    Interfering whole = Rehearsed.network();
    Facts facts =
        new AwsProvider(whole, List.of(), Clock.systemUTC())
            .gather(incident, in(Duration.ofSeconds(20)));
    assertThat(unread(facts)).isEmpty();
    Map<String, Future<Facts>> read = new TreeMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      new TreeSet<>(whole.calls())
          .forEach(action -> read.put(action, threads.submit(() -> hanging(action))));
    }
    for (Map.Entry<String, Future<Facts>> one : read.entrySet()) {
      assertThat(unread(one.getValue().get())).as(one.getKey()).containsExactly(one.getKey());
    }
    System.out.printf("%d calls that hang, one at a time%n", read.size());
  }

  private Facts hanging(String action) {
    AwsProvider hanging =
        new AwsProvider(Rehearsed.network().on(action, HANGS), List.of(), Clock.systemUTC());
    Instant deadline = in(Duration.ofMillis(2500));
    Facts facts = hanging.gather(incident, deadline);
    assertThat(Instant.now()).as(action).isBefore(deadline.plusSeconds(1));
    return facts;
  }

  /// The actions that had no answer before the deadline.
  private static Set<String> unread(Facts facts) {
    Report report = Report.of(Runbook.diagnose(facts), new AwsProvider());
    return Pattern.compile("([a-z0-9]+:[A-Za-z]+): no answer before the deadline")
        .matcher(report.gaps() + " " + facts.doubt())
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Interfering.Answer tags(String whose) {
    return new Interfering.Answer(
        200,
        "<DescribeTagsResponse><DescribeTagsResult><TagDescriptions><member><%s><Tags><member><Key>owner</Key><Value>web</Value></member></Tags></member></TagDescriptions></DescribeTagsResult></DescribeTagsResponse>"
            .formatted(whose));
  }

  private static Instant in(Duration time) {
    return Instant.now().plus(time);
  }
}
