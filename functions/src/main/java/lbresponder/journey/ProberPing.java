package lbresponder.journey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lbresponder.facts.Known;
import lbresponder.facts.Probers;

/// Asks every prober nothing: one that nobody asks for long is put to sleep, and would not be there
/// for the first alarm.
public final class ProberPing {
  private ProberPing() {}

  /// What became of one prober.
  ///
  /// @param why it did not answer; empty: it did
  public record Pinged(String name, String why) {}

  /// Asks all of them beside each other, one in several places once. Never throws.
  ///
  /// @param deadline a prober that has not answered by then did not
  /// @return sorted by their ids; Unknown where none is configured or the list could not be read
  public static Known<List<Pinged>> ping(Probers probers, Instant deadline) {
    Known<Map<String, String>> places =
        Background.start(() -> probers.places(""))
            .within(deadline)
            .orElse(Known.unknown("which probers there are was not told in time"));
    return places.map(byPlace -> pinged(probers, new TreeSet<>(byPlace.values()), deadline));
  }

  private static List<Pinged> pinged(Probers probers, Set<String> all, Instant deadline) {
    Map<String, Background<String>> asked = new LinkedHashMap<>();
    for (String prober : all) {
      asked.put(prober, Background.start(() -> DeployedProbing.reach(probers, prober, deadline)));
    }
    List<Pinged> pinged = new ArrayList<>();
    asked.forEach(
        (prober, answer) -> {
          String name = probers.name(prober);
          pinged.add(
              new Pinged(
                  name,
                  answer
                      .within(deadline)
                      .orElse("the prober %s did not answer in time".formatted(name))));
        });
    return List.copyOf(pinged);
  }
}
