package lbresponder.network;

/// What one control on the way says to a packet.
public sealed interface Hop {

  /// @param by in the console's words: the rule, route or reason
  record Allowed(String by) implements Hop {}

  record Denied(String by) implements Hop {}

  /// It lets some of them pass: only some ports, or only some addresses.
  ///
  /// @param open which, e.g. `32768-65535 of 1024-65535`
  record Partial(String by, String open) implements Hop {}

  /// @param why what could not be read or is not understood; never a reason to accuse
  record Unknown(String why) implements Hop {}
}
