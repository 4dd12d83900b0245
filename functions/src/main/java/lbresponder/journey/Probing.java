package lbresponder.journey;

import java.time.Instant;
import lbresponder.facts.Facts;

/// A way to probe the registered targets.
@FunctionalInterface
public interface Probing {
  /// Targets are not probed.
  Probing NONE = (facts, _) -> facts;

  /// Adds what probing showed, or why nothing was probed. Never throws.
  Facts probe(Facts facts, Instant deadline);
}
