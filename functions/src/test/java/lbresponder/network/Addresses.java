package lbresponder.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Random addresses, and addresses as bits, read by the JDK instead of by {@link Cidr}.
final class Addresses {
  private Addresses() {}

  /// Out of a few, so that ranges hold them.
  static String address(Random random, boolean ipv6) {
    return ipv6
        ? "2001:db8::%x:%x".formatted(random.nextInt(4), random.nextInt(4))
        : "10.0.%d.%d".formatted(random.nextInt(3), random.nextInt(256));
  }

  static String range(Random random, boolean ipv6) {
    return address(random, ipv6)
        + "/"
        + (ipv6
            ? List.of(0, 32, 64, 96, 110, 112, 126, 127, 128).get(random.nextInt(9))
            : random.nextInt(33));
  }

  static boolean isIn(String range, String address) {
    int length = Integer.parseInt(range.substring(range.indexOf('/') + 1));
    String outer = spelled(range);
    String inner = spelled(address);
    return outer.length() == inner.length() && inner.startsWith(outer.substring(0, length));
  }

  private static String spelled(String text) {
    StringBuilder bits = new StringBuilder();
    for (byte octet : bytes(text)) {
      bits.append(Integer.toBinaryString((octet & 255) + 256).substring(1));
    }
    return bits.toString();
  }

  static BigInteger bits(String text) {
    return new BigInteger(1, bytes(text));
  }

  private static byte[] bytes(String text) {
    try {
      String address = text.split("/", -1)[0];
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return Arrays.copyOf(bytes, bytes.length);
    } catch (UnknownHostException notAnAddress) {
      throw new AssertionError(text, notAnAddress);
    }
  }

  static boolean isPrivate(String address) {
    return Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
        .anyMatch(range -> isIn(range, address));
  }
}
