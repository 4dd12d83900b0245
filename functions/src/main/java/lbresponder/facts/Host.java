package lbresponder.facts;

import java.util.List;

/// A machine that targets run on which are registered by address: a container's, or a second one of
/// its own.
///
/// @param addresses those of the targets
public record Host(Instance machine, List<String> addresses) {
  public Host {
    addresses = List.copyOf(addresses);
  }
}
