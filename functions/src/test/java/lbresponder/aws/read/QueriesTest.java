package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.kind.Metric;
import lbresponder.aws.read.Queries.Query;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Measure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueriesTest {
  private static final List<String> GROUPS = List.of("g1", "g2", "g3", "g4", "g5");

  private static final List<String> FOUR = GROUPS.subList(0, 4);

  /// With what is read of the machines beside it, an alarm stays within its price.
  private static final int MOST = 21;

  @ParameterizedTest
  @EnumSource(Measure.class)
  void fiveGroupsStayWithinThePrice(Measure measure) {
    withinThePrice(measure, GROUPS);
    withinThePrice(measure, FOUR);
  }

  private static void withinThePrice(Measure measure, List<String> groups) {
    for (@Nullable String group : new @Nullable String[] {null, "g3"}) {
      String per = group == null ? "loadBalancer" : "targetGroup";
      if (Metric.of(Kind.APPLICATION)
          .anyMatch(metric -> metric.measure() == measure && metric.per().contains(per))) {
        assertThat(Queries.of(application(measure, group), groups, Set.of()))
            .as("%s of %s", measure, group)
            .hasSizeLessThanOrEqualTo(MOST);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Measure.class,
      names = {"CONNECTION_ERRORS", "TLS_ERRORS", "TARGET_5XX"})
  void anAlarmOnAllOfItReadsItsMeasureOfEachGroup(Measure measure) {
    assertThat(groups(Queries.of(application(measure, null), GROUPS, Set.of()), measure))
        .containsExactlyInAnyOrderElementsOf(GROUPS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Measure.class,
      names = {"CONNECTION_ERRORS", "TARGET_5XX", "UNHEALTHY_TARGETS"})
  void anAlarmOnOneGroupReadsThatGroup(Measure measure) {
    List<Query> asked = Queries.of(application(measure, "g3"), GROUPS, Set.of());
    assertThat(asked).extracting(Query::targetGroup).containsOnly(null, "g3");
    assertThat(groups(asked, Measure.RESPONSE_TIME)).containsExactly("g3");
  }

  @Test
  void whoAsksWithoutAnAlarmReadsAll() {
    Incident asked = Incident.asked(id(Kind.APPLICATION), Instant.EPOCH);
    Set<Measure> read =
        Queries.of(asked, GROUPS, Set.of()).stream()
            .filter(query -> query.targetGroup() == null)
            .map(query -> query.metric().measure())
            .collect(Collectors.toSet());
    assertThat(read).contains(Measure.LB_4XX, Measure.TARGET_3XX, Measure.LB_5XX);
  }

  @Test
  void ownErrorsAreReadByCodeAndWhereConnectionsFail() {
    List<Query> asked = Queries.of(application(Measure.LB_5XX, null), GROUPS, Set.of());
    assertThat(asked)
        .filteredOn(query -> query.targetGroup() == null)
        .extracting(query -> query.metric().measure())
        .contains(Measure.LB_500, Measure.LB_502, Measure.LB_503, Measure.LB_504, Measure.LB_4XX);
    assertThat(groups(asked, Measure.CONNECTION_ERRORS)).hasSize(5);
  }

  @Test
  void whatElseMayAnswerClientsIsTold() {
    List<Query> own = Queries.of(application(Measure.UNHEALTHY_TARGETS, "g3"), GROUPS, Set.of());
    assertThat(groups(own, Measure.TARGET_2XX)).containsExactly("g3");
    List<Query> only =
        Queries.of(application(Measure.UNHEALTHY_TARGETS, "g3"), List.of("g3"), Set.of());
    assertThat(groups(only, Measure.TARGET_2XX)).isEmpty();
    List<Query> errors = Queries.of(application(Measure.TARGET_5XX, "g3"), GROUPS, Set.of());
    assertThat(groups(errors, Measure.TARGET_2XX)).isEmpty();
  }

  @Test
  void whoCouldNotBeToldIsCountedBesideOwnErrorsOnly() {
    assertThat(measures(Measure.LB_5XX)).contains(Measure.AUTHENTICATION_ERRORS);
    assertThat(measures(Measure.LB_500)).contains(Measure.AUTHENTICATION_ERRORS);
    assertThat(measures(Measure.LB_503)).doesNotContain(Measure.AUTHENTICATION_ERRORS);
  }

  private static Set<Measure> measures(Measure alarmed) {
    return Queries.of(application(alarmed, null), FOUR, Set.of()).stream()
        .map(query -> query.metric().measure())
        .collect(Collectors.toSet());
  }

  @Test
  void functionsAreAskedForTheirErrorsOnly() {
    List<Query> asked = Queries.of(application(Measure.LB_502, null), GROUPS, Set.of("g2"));
    assertThat(groups(asked, Measure.FUNCTION_ERRORS)).containsExactly("g2");
  }

  private static List<String> groups(List<Query> asked, Measure measure) {
    return asked.stream()
        .filter(query -> query.metric().measure() == measure)
        .flatMap(query -> Stream.ofNullable(query.targetGroup()))
        .toList();
  }

  static Incident application(Measure measure, @Nullable String group) {
    LoadBalancerId id = id(Kind.APPLICATION);
    String metric =
        Metric.of(Kind.APPLICATION)
            .filter(one -> one.measure() == measure)
            .map(Metric::name)
            .findFirst()
            .orElse("");
    Alarm.Watch watch =
        new Alarm.Watch(measure, "AWS/ApplicationELB", metric, group, null, "Sum", 60);
    return Incident.of(
        List.of(
            new Alarm(
                "alarm",
                "",
                "",
                Alarm.State.ALARM,
                Instant.parse("2026-01-02T17:02:40Z"),
                Instant.parse("2026-01-02T17:00:00Z"),
                "",
                null,
                null,
                id,
                List.of(watch),
                null)));
  }

  private static LoadBalancerId id(Kind kind) {
    return kind.id("123456789012", "eu-west-1", "web", "arn:x:loadbalancer/app/web/1");
  }
}
