package lbresponder.aws.read;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.aws.kind.Metric;
import lbresponder.aws.read.Queries.Query;
import lbresponder.facts.Incident;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Usage;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/// Reads the metrics of the incident and of an ordinary hour before it, in one call.
final class LoadReader {
  private LoadReader() {}

  /// What one call tells.
  record Answers(Load load, List<Usage> usage) {}

  /// @param targetGroups ids, those that matter most first
  /// @param functions ids of those that hold functions
  /// @param users who else is asked for in the same call
  static Answers read(
      CloudWatchClient cloudwatch,
      Incident incident,
      Times times,
      List<String> targetGroups,
      Set<String> functions,
      List<UsageReader.Wanted> users) {
    List<Query> queries = Queries.of(incident, targetGroups, functions);
    MetricData answers =
        MetricData.read(
            cloudwatch,
            times,
            Stream.concat(
                    queries.stream().map(query -> Queries.asked(query, incident)),
                    users.stream().map(UsageReader.Wanted::asked))
                .toList());
    List<Series> series =
        IntStream.range(0, queries.size())
            .mapToObj(i -> series(queries.get(i), i, answers))
            .toList();
    return new Answers(
        new Load(times.incident(), times.baseline(), times.seconds(), times.settled(), series),
        UsageReader.usage(users, answers, queries.size()));
  }

  private static Series series(Query query, int index, MetricData answers) {
    Metric metric = query.metric();
    return new Series(
        metric.measure(),
        metric.name(),
        query.targetGroup(),
        query.zone(),
        metric.statistic(),
        metric.zeroWhenAbsent(),
        answers.points(index, metric.name(), metric.zeroWhenAbsent()));
  }
}
