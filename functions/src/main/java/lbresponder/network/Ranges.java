package lbresponder.network;

/// Questions about ranges as text.
public final class Ranges {
  private Ranges() {}

  /// Whether an address lies in a range; false also where either is not well-formed, or one is IPv4
  /// and the other IPv6.
  public static boolean holds(String range, String address) {
    Cidr outer = range.indexOf('/') < 0 ? null : Cidr.parse(range);
    Cidr inner = Cidr.parse(address);
    return outer != null && inner != null && outer.contains(inner);
  }
}
