package lbresponder.probe;

import java.util.List;

/// What a prober is asked to dial.
public record ProbeRequest(List<Endpoint> endpoints) {
  public ProbeRequest {
    endpoints = List.copyOf(endpoints);
  }
}
