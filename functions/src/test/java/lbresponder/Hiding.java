package lbresponder;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.ProbeResult;
import org.jspecify.annotations.Nullable;

/// Facts with less in them than there was, whatever facts there are: found from the records
/// themselves.
final class Hiding {
  private static final String WHY = "test:Hidden: AccessDenied (the role needs this action)";

  /// What is hidden at once: all facts of one name, e.g. every target's health; of series and
  /// probes each alone.
  private final @Nullable String hidden;

  private final Set<String> seen = new TreeSet<>();

  private Hiding(@Nullable String hidden) {
    this.hidden = hidden;
  }

  /// @param name of what is not in the facts: the way to it, as the records name it
  record Less(String name, Facts facts) {}

  /// Each fact replaced by an unknown, one at a time.
  static Stream<Less> eachFactOf(Facts facts) {
    Hiding all = new Hiding(null);
    all.copy(facts, "");
    return Stream.concat(
        all.seen.stream().map(name -> new Less(name, (Facts) new Hiding(name).copy(facts, ""))),
        eachProbe(facts));
  }

  private static Stream<Less> eachProbe(Facts facts) {
    List<ProbeResult> probes = facts.evidence().probes().orElse(List.of());
    return IntStream.range(0, probes.size())
        .mapToObj(
            i -> {
              List<ProbeResult> left = new ArrayList<>(probes);
              left.remove(i);
              return new Less(
                  "probe of " + probes.get(i).target(),
                  facts.withProbes(Known.of(List.copyOf(left))));
            });
  }

  private Object copy(Object value, String name) {
    return switch (value) {
      case Known.Value<?>(Object known) -> {
        seen.add(name);
        yield name.equals(hidden) ? Known.unknown(WHY) : Known.of(copy(known, name));
      }
      case List<?> list -> list.stream().map(element -> copy(element, name)).toList();
      case Incident incident -> incident;
      case Load.Series series ->
          record(series, "%s %s %s".formatted(name, series.measure(), series.targetGroup()));
      case Record part -> record(part, name);
      default -> value;
    };
  }

  private Record record(Record part, String name) {
    RecordComponent[] components = part.getClass().getRecordComponents();
    try {
      @Nullable Object[] copies = new @Nullable Object[components.length];
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        Object inner = components[i].getAccessor().invoke(part);
        copies[i] = inner == null ? null : copy(inner, name + "." + components[i].getName());
        types[i] = components[i].getType();
      }
      Constructor<?> constructor = part.getClass().getDeclaredConstructor(types);
      return (Record) constructor.newInstance(copies);
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InstantiationException
        | InvocationTargetException failure) {
      throw new IllegalStateException("%s cannot be copied".formatted(part.getClass()), failure);
    }
  }

  /// The same facts, every list whose order says nothing the other way round.
  static Facts reversed(Facts facts) {
    Facts turned =
        facts.mapTargetGroups(group -> group.withTargets(group.targets().map(List::reversed)));
    Known<LoadBalancer> loadBalancer =
        turned.wiring().loadBalancer().map(found -> found.withZones(found.zones().reversed()));
    return turned
        .withWiring(
            turned
                .wiring()
                .withLoadBalancer(loadBalancer)
                .withListeners(turned.wiring().listeners().map(List::reversed))
                .withTargetGroups(turned.wiring().targetGroups().map(List::reversed)))
        .withFleet(turned.fleet().withInstances(turned.fleet().instances().map(List::reversed)))
        .withProbes(turned.evidence().probes().map(List::reversed));
  }
}
