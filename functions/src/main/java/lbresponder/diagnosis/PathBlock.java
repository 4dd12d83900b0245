package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import lbresponder.facts.Repair;
import lbresponder.network.Cidr;
import lbresponder.network.Hop;
import lbresponder.network.NetworkLocation;
import lbresponder.network.Path;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.Step;
import lbresponder.network.Repairs;
import org.jspecify.annotations.Nullable;

/// A step on the way to a target that stops packets, or some of them.
record PathBlock(RegisteredTarget target, Path path, Step step) {
  private static final int MOST_REASONS = 10;

  /// As {@link PathCheck#opening}.
  interface Opening {
    List<Repair> of(Facts facts, RegisteredTarget target, Path path, Step step);
  }

  private record Reason(Control control, Hop hop) {}

  /// All that what opens it depends on.
  private record Place(String targetGroup, int port, NetworkLocation to, Cidr from, Step step) {}

  private record Way(String target, @Nullable Integer port, String zone) {}

  /// One sentence for each way in which paths are blocked, with how many it blocks.
  static List<String> sentences(List<PathBlock> blocks) {
    Map<Reason, List<PathBlock>> byReason =
        blocks.stream()
            .collect(
                Collectors.groupingBy(
                    block -> new Reason(block.step.control(), block.step.hop()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byReason.entrySet().stream()
        .limit(MOST_REASONS)
        .map(
            entry ->
                "%s: %s (%s)"
                    .formatted(
                        entry.getKey().control.description(),
                        reason(entry.getKey().hop),
                        paths(entry.getValue())))
        .toList();
  }

  private static String paths(List<PathBlock> blocks) {
    long paths = blocks.stream().map(PathBlock::way).distinct().count();
    PathBlock first = blocks.getFirst();
    return paths == 1
        ? "the path to %s from %s".formatted(first.target.label(), first.path.zone())
        : paths + " paths";
  }

  private Place place() {
    return new Place(target.group().id(), path.port(), path.to(), path.from(), step);
  }

  private Way way() {
    return new Way(target.id(), target.target().port(), path.zone());
  }

  private static String reason(Hop hop) {
    return switch (hop) {
      case Hop.Allowed(String by) -> by;
      case Hop.Denied(String by) -> by;
      case Hop.Partial(String by, String open) -> "%s lets only %s pass".formatted(by, open);
      case Hop.Unknown(String why) -> why;
    };
  }

  /// What opens all of them. Each is worked out with those before it made, so that no two are the
  /// same or take the same place.
  static List<Repair> repairs(Facts facts, List<PathBlock> blocks, Opening opening) {
    List<Repair> repairs = new ArrayList<>();
    Facts repaired = facts;
    Set<Place> opened = new HashSet<>();
    for (PathBlock block : blocks) {
      if (!opened.add(block.place())) {
        continue;
      }
      for (Repair next : opening.of(repaired, block.target, block.path, block.step)) {
        if (repairs.stream().noneMatch(made -> opensTheSame(made, next))) {
          repairs.add(next);
          repaired = Repairs.apply(repaired, next).orElse(repaired);
        }
      }
    }
    return repairs;
  }

  private static boolean opensTheSame(Repair made, Repair next) {
    return made.equals(next)
        || (made
                instanceof
                Repair.AllowEntry(String acl, _, boolean egress, String cidr, int from, int to)
            && next instanceof Repair.AllowEntry entry
            && entry.equals(new Repair.AllowEntry(acl, entry.number(), egress, cidr, from, to)));
  }
}
