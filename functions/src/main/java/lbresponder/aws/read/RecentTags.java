package lbresponder.aws.read;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;

/// Tags that were read a moment ago. Whoever answers an alarm asks for them before anything else,
/// and gathering, which follows, need not ask again.
final class RecentTags {
  private static final Duration AGE = Duration.ofSeconds(60);
  private static final int MOST = 100;

  private final InstantSource clock;
  private final Map<LoadBalancerId, Read> reads = new LinkedHashMap<>();

  private record Read(Map<String, String> tags, Instant at) {}

  RecentTags(InstantSource clock) {
    this.clock = clock;
  }

  /// @param answer kept only where it is a value
  /// @return the answer
  synchronized Known<Map<String, String>> remember(
      LoadBalancerId loadBalancer, Known<Map<String, String>> answer) {
    reads.remove(loadBalancer);
    if (answer instanceof Known.Value<Map<String, String>>(Map<String, String> tags)) {
      reads.put(loadBalancer, new Read(tags, clock.instant()));
    }
    while (reads.size() > MOST) {
      reads.remove(reads.keySet().iterator().next());
    }
    return answer;
  }

  /// Empty where none were read within the last 60 s.
  synchronized Optional<Map<String, String>> find(LoadBalancerId loadBalancer) {
    Instant oldest = clock.instant().minus(AGE);
    return Optional.ofNullable(reads.get(loadBalancer))
        .filter(read -> read.at().isAfter(oldest))
        .map(Read::tags);
  }
}
