package lbresponder.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a prober is asked to probe.
///
/// @param limitMillis no attempt is begun that could end later, in milliseconds from the beginning;
///   an endpoint's first always is. Null: all are made
public record ProbeRequest(List<Endpoint> endpoints, @Nullable Integer limitMillis) {
  public ProbeRequest {
    endpoints = List.copyOf(endpoints);
  }
}
