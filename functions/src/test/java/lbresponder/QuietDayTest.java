package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lbresponder.IncidentsTest.Replayed;
import lbresponder.aws.AwsProvider;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import lbresponder.json.FactsJson;
import lbresponder.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody asks about a load balancer that nobody alarmed on and on which all is well: a handful
/// of errors that come at any hour accuse nobody.
class QuietDayTest {
  private static final int DAYS = 50;
  private static final String WORLDS = "worlds/";
  private static final Duration LATELY = Duration.ofMinutes(15);

  @ParameterizedTest
  @ValueSource(strings = {"application.json", "containers.json", "network.json", "classic.json"})
  void nothingIsWrong(String world) {
    Facts well = world(world);
    List<String> wrong = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      for (double each : new double[] {0.05, 0.3, 2}) {
        Diagnosis diagnosis = Runbook.diagnose(ordinary(well, new Random(day), each));
        if (!diagnosis.causes().isEmpty() || !diagnosis.sideFindings().isEmpty()) {
          wrong.add(day + " with " + each + ": " + IncidentsTest.names(diagnosis.causes()));
        }
      }
    }
    assertThat(wrong).isEmpty();
    Facts quiet = ordinary(well, new Random(0), 0.3);
    assertThat(Report.of(Runbook.diagnose(quiet), new AwsProvider()).summary())
        .contains("nothing is wrong as far as was looked: all ")
        .contains(" of errors shows a clear rise over the hour before; ");
  }

  /// What clearly rose is said, alarm or not.
  @Test
  void aClearRiseIsNoQuietDay() {
    Facts well = ordinary(world("application.json"), new Random(0), 0.3);
    Facts failing =
        well.withLoad(
            well.load()
                .map(
                    load ->
                        new Load(
                            load.incident(),
                            load.baseline(),
                            load.periodSeconds(),
                            load.settled(),
                            load.series().stream().map(QuietDayTest::failing).toList())));
    assertThat(IncidentsTest.names(IncidentsTest.sure(Runbook.diagnose(failing))))
        .contains("TargetAnswersErrors");
  }

  /// A hundred server errors at the end.
  private static Series failing(Series series) {
    return series.measure() != Measure.TARGET_5XX
        ? series
        : new Series(
            series.measure(),
            series.metric(),
            null,
            null,
            series.statistic(),
            true,
            series
                .points()
                .map(
                    points ->
                        Stream.concat(
                                points.stream().limit(points.size() - 1),
                                Stream.of(new Point(points.getLast().at(), 100)))
                            .toList()));
  }

  /// A world in which all is well, and somebody asks.
  private static Facts world(String name) {
    Facts like =
        IncidentsTest.replayed().stream()
            .filter(one -> one.incident().world().filter(WORLDS.concat(name)::equals).isPresent())
            .map(Replayed::facts)
            .findFirst()
            .orElseThrow();
    try {
      String json = Files.readString(Path.of("../events", WORLDS, name));
      return FactsJson.read(json, Incident.asked(like.incident().loadBalancer(), like.readAt()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// So many of each error a minute on average, by chance, in the hour and now alike.
  private static Facts ordinary(Facts facts, Random chance, double each) {
    return facts.withLoad(facts.load().map(load -> ordinary(facts, load, chance, each)));
  }

  private static Load ordinary(Facts facts, Load load, Random chance, double each) {
    Window lately = new Window(load.incident().to().minus(LATELY), load.incident().to());
    Window before =
        new Window(
            lately.from().minus(Duration.ofMinutes(65)),
            lately.from().minus(Duration.ofMinutes(5)));
    List<Series> all = new ArrayList<>();
    load.series().stream().filter(series -> !series.measure().countsErrors()).forEach(all::add);
    Stream.of(Measure.values())
        .filter(Measure::countsErrors)
        .filter(facts.incident().loadBalancer().traits()::counts)
        .forEach(
            measure ->
                all.add(
                    new Series(
                        measure,
                        measure.name(),
                        null,
                        null,
                        "Sum",
                        true,
                        Known.of(points(before.from(), lately.to(), chance, each)))));
    return new Load(lately, before, load.periodSeconds(), load.settled(), all);
  }

  private static List<Point> points(Instant from, Instant to, Random chance, double each) {
    List<Point> points = new ArrayList<>();
    for (Instant at = from; at.isBefore(to); at = at.plusSeconds(60)) {
      int count = poisson(chance, each);
      if (count > 0) {
        points.add(new Point(at, count));
      }
    }
    return points;
  }

  private static int poisson(Random chance, double mean) {
    int count = 0;
    for (double left = chance.nextDouble(); left > Math.exp(-mean); left *= chance.nextDouble()) {
      count++;
    }
    return count;
  }
}
