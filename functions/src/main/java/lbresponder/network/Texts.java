package lbresponder.network;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Addresses and ranges as people write them.
final class Texts {
  private Texts() {}

  static String of(Cidr cidr) {
    return address(cidr) + (cidr.isAddress() ? "" : "/" + cidr.length());
  }

  private static String address(Cidr cidr) {
    return cidr.six()
        ? IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Long.toHexString(
                        ((i < 4 ? cidr.high() : cidr.low()) >>> (48 - 16 * (i % 4))) & 0xffff))
            .collect(Collectors.joining(":"))
        : IntStream.range(0, 4)
            .mapToObj(i -> String.valueOf((cidr.low() >>> (24 - 8 * i)) & 255))
            .collect(Collectors.joining("."));
  }
}
