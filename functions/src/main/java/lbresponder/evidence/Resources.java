package lbresponder.evidence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Service;
import lbresponder.facts.Usage;
import lbresponder.facts.Usage.Resource;

/// How much of their resources those used who keep the targets in question: in the incident, and in
/// the ordinary time before it.
public final class Resources {
  /// Percent; from here on nothing is left.
  public static final double FULL = 90;

  /// Percent; what used less than this before, and is full now, has clearly risen.
  public static final double ROOM = 75;

  /// Percent; who uses no more could take more, and is not short of it.
  public static final double EASY = 60;

  /// Percent; who uses less than this waits for something else.
  public static final double IDLE = 50;

  /// Datapoints that are rarer than a minute begin before what they tell of.
  private static final int EARLY_SECONDS = 120;

  private final Case current;
  private final Known<List<Used>> used;

  Resources(Case current) {
    this.current = current;
    this.used =
        current
            .facts()
            .fleet()
            .usage()
            .flatMap(all -> current.facts().load().map(load -> used(all, load)));
  }

  /// One resource of one of them.
  ///
  /// @param before empty where nothing was read of that time
  /// @param now as `before`
  public record Used(Usage usage, List<Point> before, List<Point> now) {
    public OptionalDouble meanBefore() {
      return before.stream().mapToDouble(Point::value).average();
    }

    public OptionalDouble meanNow() {
      return now.stream().mapToDouble(Point::value).average();
    }

    public OptionalDouble lowestNow() {
      return now.stream().mapToDouble(Point::value).min();
    }

    /// `web: CPU was 97 %, 35 % in the hour before`.
    public String sentence(String resource, String unit) {
      return "%s: %s was %s%s, %s in the time before"
          .formatted(
              usage.id().substring(usage.id().lastIndexOf('/') + 1),
              resource,
              Phrases.number(Math.rint(meanNow().orElse(Double.NaN))),
              unit,
              meanBefore().isPresent()
                  ? Phrases.number(Math.rint(meanBefore().getAsDouble())) + unit
                  : "not known");
    }
  }

  /// What was read of a resource in the incident; Unknown where nothing was.
  public Known<List<Used>> of(Resource resource) {
    return used.flatMap(
        all -> {
          List<Used> found =
              all.stream()
                  .filter(one -> one.usage().resource() == resource && !one.now().isEmpty())
                  .toList();
          return found.isEmpty()
              ? Known.unknown("how much %s the targets used".formatted(word(resource)))
              : Known.of(found);
        });
  }

  private static String word(Resource resource) {
    return switch (resource) {
      case CPU -> "CPU";
      case MEMORY -> "memory";
      case CPU_CREDITS -> "of their CPU credits";
    };
  }

  private List<Used> used(List<Usage> all, Load load) {
    Set<String> ours = ours();
    List<Used> found = new ArrayList<>();
    for (Usage usage : all) {
      List<Point> points = usage.points().orElse(List.of());
      if (ours.contains(usage.id())) {
        found.add(new Used(usage, in(points, load.baseline(), 0), now(points, load.incident())));
      }
    }
    return List.copyOf(found);
  }

  private static List<Point> now(List<Point> points, Window incident) {
    List<Point> within = in(points, incident, 0);
    return within.isEmpty() ? in(points, incident, EARLY_SECONDS) : within;
  }

  private static List<Point> in(List<Point> points, Window window, int earlier) {
    Window wider = new Window(window.from().minusSeconds(earlier), window.to());
    return points.stream().filter(point -> wider.contains(point.at())).toList();
  }

  /// Ids of the machines and services, and names of the scaling groups, behind the targets in
  /// question.
  private Set<String> ours() {
    Set<String> targets =
        current.targets().all().stream().map(RegisteredTarget::id).collect(Collectors.toSet());
    Set<String> ids = new HashSet<>(targets);
    current.facts().fleet().instances().orElse(List.of()).stream()
        .filter(machine -> targets.contains(machine.id()))
        .map(Instance::scalingGroup)
        .filter(Objects::nonNull)
        .forEach(ids::add);
    current.facts().fleet().services().orElse(List.of()).stream()
        .filter(service -> !current.rollouts().targets(service).isEmpty())
        .map(Service::id)
        .forEach(ids::add);
    return ids;
  }
}
