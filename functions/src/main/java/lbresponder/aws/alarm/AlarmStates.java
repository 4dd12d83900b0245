package lbresponder.aws.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.sdk.Caller;
import lbresponder.aws.sdk.Calls;
import lbresponder.aws.sdk.Calls.Pending;
import lbresponder.aws.sdk.ClientPool;
import lbresponder.facts.Alarm;
import lbresponder.facts.AlarmReader.AlarmNow;
import lbresponder.facts.Known;
import lbresponder.message.MalformedMessage;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/// Reads the state that alarms are in now, each in the account and Region of its own, which need
/// not be the load balancer's.
record AlarmStates(ClientPool clients, Calls calls) {
  static final String ACTION = "cloudwatch:DescribeAlarms";

  /// DescribeAlarms takes so many names.
  static final int MOST_NAMES = 100;

  private static final String NO_TIME = ACTION + ": the answer does not tell since when";

  /// Alarms of one account and Region.
  private record Place(String account, String region) {}

  /// By each alarm's id.
  Map<String, Known<AlarmNow>> now(List<Alarm> alarms) {
    Map<String, Known<AlarmNow>> all = new LinkedHashMap<>();
    Map<Place, List<String>> places = new LinkedHashMap<>();
    for (Alarm alarm : alarms) {
      try {
        AlarmOrigin origin = AlarmOrigin.of(alarm.arn());
        places
            .computeIfAbsent(new Place(origin.account(), origin.region()), _ -> new ArrayList<>())
            .add(alarm.arn());
        all.put(alarm.arn(), Known.unknown("not read"));
      } catch (MalformedMessage malformed) {
        all.put(alarm.arn(), Known.unknown(malformed.why()));
      }
    }
    List<Supplier<Map<String, Known<AlarmNow>>>> reading =
        places.entrySet().stream()
            .map(place -> reading(place.getKey(), place.getValue().stream().distinct().toList()))
            .toList();
    reading.forEach(read -> all.putAll(read.get()));
    return all;
  }

  /// Begins to read them.
  private Supplier<Map<String, Known<AlarmNow>>> reading(Place place, List<String> arns) {
    Pending<String> reader =
        calls.start(Caller.ACTION, () -> clients.read(place.account(), place.region()));
    Map<String, Pending<Map<String, Known<AlarmNow>>>> answers = new LinkedHashMap<>();
    for (int i = 0; i < arns.size(); i += MOST_NAMES) {
      List<String> some = arns.subList(i, Math.min(arns.size(), i + MOST_NAMES));
      Pending<Map<String, Known<AlarmNow>>> answer =
          calls.start(ACTION, () -> described(place, some));
      some.forEach(arn -> answers.put(arn, answer));
    }
    return () ->
        answers.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    answer -> of(answer.getKey(), place, answer.getValue().get(), reader)));
  }

  /// By the ARN of each that is there.
  private Map<String, Known<AlarmNow>> described(Place place, List<String> arns) {
    List<String> names = arns.stream().map(AlarmOrigin::name).toList();
    return clients
        .in(place.account(), place.region())
        .cloudwatch()
        .describeAlarmsPaginator(
            call ->
                call.alarmNames(names)
                    .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                    .maxRecords(MOST_NAMES))
        .stream()
        .flatMap(AlarmStates::states)
        .collect(Collectors.toMap(State::arn, State::now, (first, _) -> first));
  }

  private record State(String arn, Known<AlarmNow> now) {}

  private static Stream<State> states(DescribeAlarmsResponse page) {
    return Stream.concat(
        page.metricAlarms().stream()
            .map(
                alarm ->
                    new State(
                        String.valueOf(alarm.alarmArn()),
                        now(
                            alarm.stateValue(),
                            alarm.stateTransitionedTimestamp(),
                            alarm.stateUpdatedTimestamp()))),
        page.compositeAlarms().stream()
            .map(
                alarm ->
                    new State(
                        String.valueOf(alarm.alarmArn()),
                        now(
                            alarm.stateValue(),
                            alarm.stateTransitionedTimestamp(),
                            alarm.stateUpdatedTimestamp()))));
  }

  private static Known<AlarmNow> now(
      @Nullable StateValue state, @Nullable Instant transitioned, @Nullable Instant updated) {
    Known<Alarm.State> known =
        switch (state) {
          case OK -> Known.of(Alarm.State.OK);
          case ALARM -> Known.of(Alarm.State.ALARM);
          case INSUFFICIENT_DATA -> Known.of(Alarm.State.INSUFFICIENT_DATA);
          case UNKNOWN_TO_SDK_VERSION -> Known.unknown(ACTION + ": a state that is not known here");
          case null -> Known.unknown(ACTION + ": no state in the answer");
        };
    return known.flatMap(
        value ->
            Stream.of(transitioned, updated)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .map(since -> Known.of(new AlarmNow(value, since)))
                .orElse(Known.unknown(NO_TIME)));
  }

  /// An alarm is asked for by its name: that there is none, or one of this name in another state,
  /// is said only of the account that was read.
  private static Known<AlarmNow> of(
      String arn, Place place, Known<Map<String, Known<AlarmNow>>> answer, Pending<String> reader) {
    Function<String, Known<AlarmNow>> absent =
        read ->
            read.equals(place.account())
                ? Known.none(
                    "no alarm of that name in account %s, Region %s"
                        .formatted(place.account(), place.region()))
                : Known.unknown(
                    "alarm %s is of account %s, and what the credentials read is %s"
                        .formatted(
                            Untrusted.clean(AlarmOrigin.name(arn), 60), place.account(), read));
    return answer.flatMap(
        found -> found.containsKey(arn) ? found.get(arn) : reader.get().flatMap(absent));
  }
}
