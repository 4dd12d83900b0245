package lbresponder.network;

import java.util.List;
import java.util.stream.IntStream;

/// Addresses and ranges as text. Each IPv6 address has one spelling, that of RFC 5952: lower case,
/// no leading zeros, the longest run of zeros as `::`.
public final class CidrFormat {
  private CidrFormat() {}

  /// `10.0.1.0/24`; a single address without its length: `10.0.1.5`, `2001:db8::1`.
  public static String of(Cidr cidr) {
    return cidr.isAddress() ? address(cidr) : range(cidr);
  }

  /// Always with its length: `10.0.1.0/24`, `10.0.1.5/32`.
  public static String range(Cidr cidr) {
    return address(cidr) + "/" + cidr.length();
  }

  /// A port of something that is known by an address or by another id: `10.0.1.5:8080`,
  /// `[2001:db8::1]:8080`, `i-0abc:8080`.
  public static String endpoint(String id, int port) {
    Cidr address = Cidr.parse(id);
    String host = address == null ? id : of(address);
    return (address != null && address.ipv6() ? "[" + host + "]" : host) + ":" + port;
  }

  private static String address(Cidr cidr) {
    return cidr.ipv6()
        ? ipv6(cidr)
        : octet(cidr, 0) + "." + octet(cidr, 1) + "." + octet(cidr, 2) + "." + octet(cidr, 3);
  }

  private static long octet(Cidr cidr, int index) {
    return (cidr.low() >>> (24 - 8 * index)) & 255;
  }

  private static String ipv6(Cidr cidr) {
    List<String> words = IntStream.range(0, 8).mapToObj(i -> word(cidr, i)).toList();
    int start = 0;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && words.get(end).equals("0")) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    // A single zero is not shortened.
    return length == 1
        ? String.join(":", words)
        : String.join(":", words.subList(0, start))
            + "::"
            + String.join(":", words.subList(start + length, 8));
  }

  private static String word(Cidr cidr, int index) {
    long half = index < 4 ? cidr.high() : cidr.low();
    return Long.toHexString((half >>> (48 - 16 * (index % 4))) & 0xffff);
  }
}
