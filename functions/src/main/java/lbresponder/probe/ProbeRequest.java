package lbresponder.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a prober is asked to probe.
///
/// @param endpoints one of the purpose `ALTERNATE_PROTOCOL` is asked once, and, where its target's
///   traffic port is asked too, only if that accepts and then fails
/// @param limitMillis everything is over by then, in milliseconds from the beginning: no attempt is
///   begun that could end later but an endpoint's first, and what that could not wait for is not
///   told. Null: all are made
public record ProbeRequest(List<Endpoint> endpoints, @Nullable Integer limitMillis) {
  public ProbeRequest {
    endpoints = List.copyOf(endpoints);
  }
}
