package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/// How the load balancer asks a target whether it is well.
///
/// @param port null: the port that traffic goes to
/// @param path null: only a connection is made
/// @param matcher the status codes that pass, as the provider writes them, e.g. `200-299,301`;
///   null: no status is looked at
@RecordBuilder
public record HealthCheck(
    boolean enabled,
    Protocol protocol,
    @Nullable Integer port,
    @Nullable String path,
    @Nullable String matcher,
    int intervalSeconds,
    int timeoutSeconds,
    int healthyThreshold,
    int unhealthyThreshold)
    implements HealthCheckBuilder.With {

  /// Whether a status passes, by the matcher; true where no status is looked at.
  public boolean accepts(int status) {
    if (matcher == null) {
      return true;
    }
    for (String part : matcher.split(",", -1)) {
      String[] ends = part.strip().split("-", 2);
      int from = parse(ends[0]);
      if (from <= status && status <= (ends.length == 1 ? from : parse(ends[1]))) {
        return true;
      }
    }
    return false;
  }

  private static int parse(String number) {
    return number.strip().matches("[0-9]{1,3}") ? Integer.parseInt(number.strip()) : -1;
  }
}
