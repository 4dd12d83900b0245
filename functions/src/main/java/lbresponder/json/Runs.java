package lbresponder.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Equal datapoints that follow each other are written as one: `[from, to, value]` for one in each
/// of the load's periods, `[from, to, value, seconds]` for one in each so many seconds, `to`
/// exclusive, instead of `[time, value]` for each. Where the value keeps changing, one in each
/// period is `[from, [value, value, …]]`.
final class Runs {
  /// Fewer different values in a row are told one by one.
  private static final int FEWEST_CHANGES = 4;

  /// So many equal points stand better alone than among others.
  private static final int LONG = 10;

  /// Two equal points that are further apart than a period may be chance.
  private static final int FEWEST_APART = 3;

  private final ArrayNode points;
  private final Duration period;

  private Runs(ArrayNode points, Duration period) {
    this.points = points;
    this.period = period;
  }

  /// @param facts whose series are changed in place
  static void join(ObjectNode facts) {
    change(facts, Runs::joined);
  }

  /// The reverse of {@link #join}; what is not joined stays as it is.
  ///
  /// @param facts whose series are changed in place
  static void split(ObjectNode facts) {
    change(facts, Runs::split);
  }

  private interface Change {
    ArrayNode of(Runs runs);
  }

  private static void change(ObjectNode facts, Change change) {
    Duration period = Duration.ofSeconds(facts.at("/load/periodSeconds").asInt());
    change(facts.at("/load/series"), period, change);
    change(facts.at("/fleet/usage"), period, change);
  }

  private static void change(JsonNode all, Duration period, Change change) {
    for (JsonNode series : all) {
      if (period.isPositive()
          && series instanceof ObjectNode object
          && object.get("points") instanceof ArrayNode points) {
        object.set("points", change.of(new Runs(points, period)));
      }
    }
  }

  private ArrayNode joined() {
    ArrayNode runs = points.arrayNode();
    int next = 0;
    while (next < points.size()) {
      int changing = endOfChanges(next);
      if (changing > next) {
        runs.addArray().add(points.get(next).get(0)).add(values(next, changing));
        next = changing;
        continue;
      }
      int end = end(next);
      Duration step = gap(next);
      boolean dense = step.equals(period);
      if (end - next >= (dense ? 2 : FEWEST_APART) && isWhole(step)) {
        JsonNode first = points.get(next);
        ArrayNode run = runs.addArray().add(first.get(0));
        run.add(time(end - 1).plus(step).toString()).add(first.get(1));
        if (!dense) {
          run.add(step.toSeconds());
        }
        next = end;
      } else {
        runs.add(points.get(next++));
      }
    }
    return runs;
  }

  /// Behind the last point that is like the first and as far from the one before as the second is
  /// from the first. Points that are far apart end where points period by period begin.
  private int end(int first) {
    Duration step = gap(first);
    int end = first + 1;
    while (end < points.size()
        && gap(end - 1).equals(step)
        && points.get(end).path(1).equals(points.get(first).path(1))
        && (step.equals(period) || !gap(end).equals(period))) {
      end++;
    }
    return end;
  }

  /// Behind the last of the points in each period that change often enough to be told as values;
  /// the first itself where they do not.
  private int endOfChanges(int first) {
    int end = first;
    int changes = 0;
    boolean inARow = true;
    while (inARow && end < points.size()) {
      int equal = end + 1;
      while (equal < points.size() && follows(equal) && sameAsBefore(equal)) {
        equal++;
      }
      if (equal - end >= LONG) {
        break;
      }
      changes++;
      end = equal;
      inARow = follows(end);
    }
    return changes >= FEWEST_CHANGES ? end : first;
  }

  /// Whether a point is one period behind the one before.
  private boolean follows(int point) {
    return gap(point - 1).equals(period);
  }

  private boolean sameAsBefore(int point) {
    return points.get(point).path(1).equals(points.get(point - 1).path(1));
  }

  private ArrayNode values(int first, int end) {
    ArrayNode values = points.arrayNode();
    for (int i = first; i < end; i++) {
      JsonNode value = points.get(i).path(1);
      boolean whole = value.isNumber() && value.doubleValue() == value.longValue();
      values.add(whole ? values.numberNode(value.longValue()) : value);
    }
    return values;
  }

  private static boolean isWhole(Duration step) {
    return step.isPositive() && step.equals(Duration.ofSeconds(step.toSeconds()));
  }

  private Duration gap(int point) {
    return point + 1 < points.size()
        ? Duration.between(time(point), time(point + 1))
        : Duration.ZERO;
  }

  private Instant time(int point) {
    return Instant.parse(points.get(point).path(0).asText());
  }

  private ArrayNode split() {
    ArrayNode all = points.arrayNode();
    for (JsonNode run : points) {
      Instant from = instant(run.path(0));
      if (from != null && run.size() == 2 && run.get(1) instanceof ArrayNode values) {
        splitValues(from, values, all);
        continue;
      }
      Instant to = instant(run.path(1));
      Duration step = run.has(3) ? Duration.ofSeconds(run.path(3).asInt()) : period;
      boolean isRun = run.size() == 3 || run.size() == 4;
      if (!isRun || from == null || to == null || !from.isBefore(to) || !step.isPositive()) {
        all.add(run);
        continue;
      }
      for (Instant at = from; at.isBefore(to); at = at.plus(step)) {
        all.addArray().add(at.toString()).add(run.get(2));
      }
    }
    return all;
  }

  private void splitValues(Instant from, ArrayNode values, ArrayNode all) {
    Instant at = from;
    for (JsonNode value : values) {
      all.addArray().add(at.toString()).add(value);
      at = at.plus(period);
    }
  }

  /// Null where it is none; where one was meant, reading says what is wrong.
  private static @Nullable Instant instant(JsonNode text) {
    try {
      return text.isTextual() ? Instant.parse(text.textValue()) : null;
    } catch (DateTimeException wrong) {
      return null;
    }
  }
}
