package lbresponder.network;

/// What one control on the way does with a packet.
public sealed interface Hop {

  /// @param by the rule or route that decides, as the provider's console names it, or the reason
  record Allowed(String by) implements Hop {}

  record Denied(String by) implements Hop {}

  /// It lets some of them pass: only some ports, or only some addresses.
  ///
  /// @param open which, e.g. `32768-65535 of 1024-65535`
  record Partial(String by, String open) implements Hop {}

  /// @param why what could not be read or is not understood; no evidence of a block
  record Unknown(String why) implements Hop {}
}
