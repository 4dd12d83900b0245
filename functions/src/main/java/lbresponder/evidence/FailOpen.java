package lbresponder.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.evidence.Routing.Use;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.State;
import org.jspecify.annotations.Nullable;

/// No target of some groups passes its check, and the load balancer sends to all of them for that:
/// whether clients get what they want all the same.
///
/// @param served how clients fare
/// @param sentence the same, without a full stop; empty where it cannot be told
public record FailOpen(Served served, String sentence) {
  static final FailOpen NONE = new FailOpen(Served.UNTOLD, "");

  /// Fewer answers than this part of the usual ones serve some clients only.
  private static final double MOST = 0.5;

  /// Where it is not known since when all fail, only what is this new is looked at.
  private static final Duration LATELY = Duration.ofMinutes(3);

  /// How clients fare who are sent to targets that fail their checks.
  public enum Served {
    /// They get about as many good answers as ever.
    STILL,
    FEWER,
    NO_LONGER,
    /// It does not come to that, or nobody counts it.
    UNTOLD
  }

  static FailOpen in(Case current) {
    List<TargetGroup> failing =
        current.facts().targetGroups().stream().filter(group -> fails(current, group)).toList();
    return failing.isEmpty() || !(current.facts().load() instanceof Known.Value<Load>(Load load))
        ? NONE
        : of(current, failing, load);
  }

  /// Whether requests are sent to a group in which every target that could take them fails its
  /// check. By the status of an answer it is not told whether a call over gRPC succeeded.
  private static boolean fails(Case current, TargetGroup group) {
    List<RegisteredTarget> registered =
        RegisteredTarget.of(group).stream().filter(Probes::matters).toList();
    return current.traits().failsOpen()
        && group.targetType() != TargetType.FUNCTION
        && group.protocolVersion() != ProtocolVersion.GRPC
        && !registered.isEmpty()
        && registered.stream().allMatch(target -> target.isIn(State.UNHEALTHY))
        && current.routing().of(group) instanceof Use.Sent;
  }

  private static FailOpen of(Case current, List<TargetGroup> failing, Load load) {
    Instant since =
        failing.stream()
            .map(group -> since(current, group, load))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    boolean settled = Duration.between(since, load.settled()).toSeconds() >= load.periodSeconds();
    Window window = new Window(since, settled ? earlier(load) : load.incident().to());
    Double answers = answers(current, failing, window);
    Double usual = answers(current, failing, load.baseline());
    if (answers == null || usual == null || usual == 0 || window.minutes() <= 0) {
      return NONE;
    }
    double expected = usual * window.minutes() / load.baseline().minutes();
    Served served =
        answers >= MOST * expected
            ? Served.STILL
            : !settled ? Served.UNTOLD : answers > 0 ? Served.FEWER : Served.NO_LONGER;
    return served == Served.UNTOLD
        ? NONE
        : new FailOpen(served, sentence(failing, served, answers, expected, since));
  }

  private static Instant earlier(Load load) {
    Instant to = load.incident().to();
    return load.settled().isBefore(to) ? load.settled() : to;
  }

  /// Since when no target of it passed, without a break.
  private static Instant since(Case current, TargetGroup group, Load load) {
    long all = RegisteredTarget.of(group).stream().filter(one -> one.isIn(State.UNHEALTHY)).count();
    List<Point> points =
        current
            .counts()
            .nearestSeries(Measure.UNHEALTHY_TARGETS, group.id())
            .flatMap(series -> series.in(load.incident()))
            .orElse(List.of());
    Optional<Instant> first = Optional.empty();
    for (Point point : points) {
      first = point.value() < all ? Optional.empty() : first.or(() -> Optional.of(point.at()));
    }
    Instant lately = load.incident().to().minus(LATELY);
    return first.orElse(lately.isBefore(load.incident().from()) ? load.incident().from() : lately);
  }

  /// Good answers of these groups; null where other groups may have given them, or nobody counts
  /// them.
  private static @Nullable Double answers(Case current, List<TargetGroup> of, Window window) {
    Set<String> sent =
        current.all().targetGroups().stream()
            .filter(group -> !(current.routing().of(group) instanceof Use.Idle))
            .map(TargetGroup::id)
            .collect(Collectors.toCollection(HashSet::new));
    of.forEach(group -> sent.remove(group.id()));
    if (sent.isEmpty()) {
      return answers(current, (String) null, window);
    }
    double sum = 0;
    for (TargetGroup group : of) {
      Double own = answers(current, group.id(), window);
      if (own == null) {
        return null;
      }
      sum += own;
    }
    return sum;
  }

  private static @Nullable Double answers(Case current, @Nullable String group, Window window) {
    return current
                .counts()
                .series(Measure.TARGET_2XX, group, null)
                .flatMap(series -> series.total(window))
            instanceof Known.Value<Double>(Double total)
        ? total
        : null;
  }

  private static String sentence(
      List<TargetGroup> failing, Served served, double answers, double expected, Instant since) {
    String counted =
        switch (served) {
          case STILL -> "clients are still served: %s answers of 2XX since %s";
          case FEWER ->
              "fewer clients are served: %s answers of 2XX since %s, %s in such a time before";
          default ->
              "clients are no longer served: %s answers of 2XX since %s, %s in such a time before";
        };
    return "no target of %s passes its check, and the load balancer sends to all of them; %s"
        .formatted(
            failing.stream().map(TargetGroup::name).collect(Collectors.joining(", ")),
            counted.formatted(Phrases.number(answers), since, Phrases.number(Math.rint(expected))));
  }
}
