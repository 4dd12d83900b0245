package lbresponder.probe;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// Which addresses may be probed. Whoever can send a request may not use the prober to reach the
/// metadata service, the prober itself, or anything outside the ranges it was deployed for.
public final class Guard {
  private record Range(BigInteger base, int bytes, int free) {
    boolean holds(InetAddress address) {
      byte[] raw = address.getAddress();
      return raw.length == bytes && new BigInteger(1, raw).shiftRight(free).equals(base);
    }
  }

  private final List<Range> ranges;
  private final boolean everywhere;
  private final boolean own;

  private Guard(List<Range> ranges, boolean everywhere, boolean own) {
    this.ranges = ranges;
    this.everywhere = everywhere;
    this.own = own;
  }

  /// @param cidrs comma-separated, `LB_RESPONDER_PROBE_CIDRS`; empty: nothing may be probed
  /// @param own true only in tests: the prober's own addresses and loopback are judged by the
  ///   ranges as all others are
  /// @throws IllegalArgumentException naming the range that is none
  public static Guard within(String cidrs, boolean own) {
    List<Range> ranges = new ArrayList<>();
    for (String text : cidrs.split(",", -1)) {
      if (!text.isBlank()) {
        ranges.add(range(text.strip()));
      }
    }
    return new Guard(ranges, false, own);
  }

  /// For a command line on somebody's own machine: wherever targets are registered, except what no
  /// target can be.
  public static Guard anywhere() {
    return new Guard(List.of(), true, false);
  }

  private static Range range(String text) {
    try {
      int slash = text.indexOf('/');
      byte[] base = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
      int free = base.length * 8 - Integer.parseInt(text.substring(slash + 1));
      if (free < 0 || free > base.length * 8) {
        throw new IllegalArgumentException("prefix");
      }
      return new Range(new BigInteger(1, base).shiftRight(free), base.length, free);
    } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
      throw new IllegalArgumentException(
          "LB_RESPONDER_PROBE_CIDRS: found `%s`, expected ranges such as 10.0.0.0/16"
              .formatted(text),
          wrong);
    }
  }

  /// @return why it may not be probed; empty: it may
  public String objection(InetAddress address) {
    if (!own && (address.isLoopbackAddress() || isOwn(address))) {
      return "refused: the prober's own address";
    }
    if (address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()
        || isReserved(address)) {
      return "refused: no target can have this address";
    }
    return everywhere || ranges.stream().anyMatch(range -> range.holds(address))
        ? ""
        : "refused: outside the ranges this prober was deployed for";
  }

  /// 0.0.0.0/8, 240.0.0.0/4 with the broadcast address, and fd00:ec2::/32, where the metadata
  /// service answers on IPv6.
  private static boolean isReserved(InetAddress address) {
    byte[] raw = address.getAddress();
    return raw.length == 4
        ? raw[0] == 0 || (raw[0] & 0xf0) == 0xf0
        : raw[0] == (byte) 0xfd && raw[1] == 0 && raw[2] == 0x0e && raw[3] == (byte) 0xc2;
  }

  private static boolean isOwn(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException unreadable) {
      return false;
    }
  }
}
