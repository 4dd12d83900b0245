package lbresponder.network;

import java.util.List;
import java.util.stream.Stream;

/// Questions about ranges as text.
public final class Ranges {
  /// Ranges that the internet does not route: RFC 1918, RFC 6598 and RFC 4193.
  private static final List<Cidr> PRIVATE =
      Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
          .map(Cidr::parse)
          .flatMap(Stream::ofNullable)
          .toList();

  /// Where clients on the internet may be: everything that is not private.
  private static final List<Cidr> PUBLIC =
      Stream.of("0.0.0.0/0", "2000::/3")
          .map(Cidr::parse)
          .flatMap(Stream::ofNullable)
          .flatMap(Ranges::withoutPrivate)
          .toList();

  private Ranges() {}

  private static Stream<Cidr> withoutPrivate(Cidr range) {
    if (isPrivate(range)) {
      return Stream.of();
    }
    return PRIVATE.stream().noneMatch(range::overlaps)
        ? Stream.of(range)
        : Stream.of(range.first(), range.last())
            .map(end -> end.prefix(range.length() + 1))
            .flatMap(Ranges::withoutPrivate);
  }

  /// All that is not private, in few ranges.
  public static List<Cidr> ofInternet(boolean ipv6) {
    return PUBLIC.stream().filter(range -> range.ipv6() == ipv6).toList();
  }

  /// Whether all of a range is for private networks.
  public static boolean isPrivate(Cidr range) {
    return PRIVATE.stream().anyMatch(known -> known.contains(range));
  }

  /// Whether an address lies in a range; false also where either is not well-formed, or one is IPv4
  /// and the other IPv6.
  public static boolean holds(String range, String address) {
    Cidr outer = range.indexOf('/') < 0 ? null : Cidr.parse(range);
    Cidr inner = Cidr.parse(address);
    return outer != null && inner != null && outer.contains(inner);
  }
}
