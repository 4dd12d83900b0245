package lbresponder.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.facts.Incident;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Measure;
import lbresponder.facts.PortRange;
import lbresponder.facts.Traits;
import lbresponder.testing.RecordedFacts;

/// What tests of the JSON form read.
final class Samples {
  static final Path EVENTS = Path.of("../events");

  private Samples() {}

  /// Facts do not depend on the incident they are read for, so any will do.
  static Incident incident() {
    Traits traits =
        new Traits(
            true,
            false,
            true,
            true,
            false,
            new PortRange(1024, 65535),
            8,
            3,
            "own",
            Set.of(Measure.REQUESTS, Measure.LB_5XX));
    LoadBalancerId web =
        new LoadBalancerId(
            "aws", "application", "123456789012", "eu-west-1", "web", "arn:web", traits);
    return Incident.asked(web, Instant.parse("2026-01-02T17:00:00Z"));
  }

  static List<Path> incidents() {
    return RecordedFacts.files();
  }

  static List<Path> worlds() {
    try (Stream<Path> all = Files.walk(EVENTS.resolve("worlds"))) {
      return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
