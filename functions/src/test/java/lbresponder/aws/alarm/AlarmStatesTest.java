package lbresponder.aws.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.facts.Alarm;
import lbresponder.facts.AlarmReader.AlarmNow;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.testing.Interfering;
import lbresponder.testing.TestCredentials;
import lbresponder.testing.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What CloudWatch says of alarms now.
@ExtendWith(TestCredentials.class)
class AlarmStatesTest {
  private static final String DESCRIBE = "cloudwatch:DescribeAlarms";
  private static final String WHOSE = "sts:GetCallerIdentity";
  private static final Instant MOVED = Instant.parse("2026-01-02T17:06:40Z");
  private static final Instant WRITTEN = Instant.parse("2026-01-02T17:09:00Z");

  private final Interfering network =
      new Interfering(AwsClients.http()).on(WHOSE, caller(World.ACCOUNT));
  private final AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());

  @ParameterizedTest
  @CsvSource({
    "MetricAlarms, OK, OK",
    "MetricAlarms, ALARM, ALARM",
    "CompositeAlarms, INSUFFICIENT_DATA, INSUFFICIENT_DATA"
  })
  void stateAndSinceWhen(String kind, String told, Alarm.State expected) {
    Alarm alarm = alarm("web down", World.ACCOUNT, "eu-west-1");
    answer(kind, member(alarm.arn(), told, MOVED));
    assertThat(now(alarm)).isEqualTo(Known.of(new AlarmNow(expected, MOVED)));
    answer(kind, member(alarm.arn(), told, null));
    assertThat(now(alarm)).isEqualTo(Known.of(new AlarmNow(expected, WRITTEN)));
  }

  /// Of one that is there nobody needs to know who asks.
  @Test
  void oneThatIsThereWaitsForNobody() {
    network.on(WHOSE, new Interfering.Late(60_000));
    Alarm alarm = alarm("web down", World.ACCOUNT, "eu-west-1");
    answer("MetricAlarms", member(alarm.arn(), "OK", MOVED));
    Instant before = Instant.now();
    assertThat(now(alarm).isKnown()).isTrue();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void oneThatWasDeletedIsNone() {
    answer("MetricAlarms", "");
    assertThat(now(alarm("gone", World.ACCOUNT, "eu-west-1")))
        .isEqualTo(Known.none("no alarm of that name in account 123456789012, Region eu-west-1"));
  }

  /// The credentials are of another account, which may well have an alarm of the same name.
  @Test
  void anotherAccountsAlarmSaysNothing() {
    Alarm alarm = alarm("web down", "210987654321", "eu-west-1");
    for (String there :
        List.of("", member(alarm("web down", World.ACCOUNT, "eu-west-1").arn(), "OK", MOVED))) {
      answer("MetricAlarms", there);
      assertThat(now(alarm))
          .isEqualTo(
              Known.unknown(
                  "alarm web down is of account 210987654321, and what the credentials read is"
                      + " 123456789012"));
    }
    network.on(WHOSE, Interfering.error(WHOSE, 403, "AccessDenied"));
    answer("MetricAlarms", "");
    assertThat(new AwsProvider(network, List.of(), Clock.systemUTC()).now(List.of(alarm), soon()))
        .containsEntry(
            alarm.arn(),
            Known.unknown("sts:GetCallerIdentity: AccessDenied (the role needs this action)"));
  }

  @Test
  void whatCouldNotBeReadIsUnknown() {
    Alarm alarm = alarm("web down", World.ACCOUNT, "eu-west-1");
    network.on(DESCRIBE, Interfering.error(DESCRIBE, 403, "AccessDenied"));
    assertThat(now(alarm))
        .isEqualTo(
            Known.unknown("cloudwatch:DescribeAlarms: AccessDenied (the role needs this action)"));
    answer("MetricAlarms", member(alarm.arn(), "PAUSED", MOVED));
    assertThat(now(alarm))
        .isEqualTo(Known.unknown("cloudwatch:DescribeAlarms: a state that is not known here"));
    assertThat(now(alarm("web", "rack-alarm://web")).isKnown()).isFalse();
    assertThat(provider.now(List.of(), soon())).isEmpty();
  }

  @Test
  void nothingIsWaitedForBeyondTheDeadline() {
    network.on(DESCRIBE, new Interfering.Late(60_000));
    Alarm alarm = alarm("web down", World.ACCOUNT, "eu-west-1");
    Instant before = Instant.now();
    assertThat(provider.now(List.of(alarm), before.plusMillis(200)))
        .containsEntry(
            alarm.arn(), Known.unknown("cloudwatch:DescribeAlarms: no answer before the deadline"));
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
  }

  /// A call takes a hundred names, and each Region is asked for its own.
  @Test
  void manyTakeFewCalls() {
    List<Alarm> alarms =
        IntStream.range(0, 202)
            .mapToObj(i -> alarm("web-" + i, World.ACCOUNT, i < 101 ? "eu-west-1" : "us-east-1"))
            .toList();
    network.on(
        DESCRIBE,
        new Interfering.Told(
            asked ->
                described(
                    "MetricAlarms",
                    Arrays.stream(asked.split("&"))
                        .filter(part -> part.startsWith("AlarmNames"))
                        .map(part -> part.substring(part.indexOf('=') + 1))
                        .flatMap(name -> alarms.stream().filter(one -> one.name().equals(name)))
                        .map(one -> member(one.arn(), "OK", MOVED))
                        .collect(Collectors.joining()))));
    Map<String, Known<AlarmNow>> now = provider.now(alarms, soon());
    assertThat(now).hasSize(202);
    assertThat(now.values()).containsOnly(Known.of(new AlarmNow(Alarm.State.OK, MOVED)));
    assertThat(network.calls()).filteredOn(DESCRIBE::equals).hasSize(4);
  }

  private Known<AlarmNow> now(Alarm alarm) {
    return Objects.requireNonNull(provider.now(List.of(alarm), soon()).get(alarm.arn()));
  }

  private static Alarm alarm(String name, String account, String region) {
    return alarm(name, "arn:aws:cloudwatch:%s:%s:alarm:%s".formatted(region, account, name));
  }

  private static Alarm alarm(String name, String arn) {
    return new Alarm(
        name,
        arn,
        "",
        Alarm.State.ALARM,
        MOVED,
        null,
        "",
        null,
        null,
        Kind.APPLICATION.id(World.ACCOUNT, World.REGION, "web", "arn"),
        List.of(
            new Alarm.Watch(
                Measure.CONNECTION_ERRORS,
                "AWS/ApplicationELB",
                "TargetConnectionErrorCount",
                null,
                null,
                "Sum",
                60)),
        null);
  }

  private static String member(String arn, String state, @Nullable Instant moved) {
    return "<member><AlarmArn>%s</AlarmArn><StateValue>%s</StateValue><StateUpdatedTimestamp>%s</StateUpdatedTimestamp>%s</member>"
        .formatted(
            arn,
            state,
            WRITTEN,
            moved == null
                ? ""
                : "<StateTransitionedTimestamp>%s</StateTransitionedTimestamp>".formatted(moved));
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(20);
  }

  private void answer(String kind, String members) {
    network.on(DESCRIBE, new Interfering.Answer(200, described(kind, members)));
  }

  private static String described(String kind, String members) {
    return "<DescribeAlarmsResponse><DescribeAlarmsResult><%1$s>%2$s</%1$s></DescribeAlarmsResult></DescribeAlarmsResponse>"
        .formatted(kind, members);
  }

  private static Interfering.Answer caller(String account) {
    return new Interfering.Answer(
        200,
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>%s</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
            .formatted(account));
  }
}
