package lbresponder.network;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A range of addresses; one address is a range of one.
///
/// @param ipv6 false for IPv4; no range holds addresses of both
/// @param high the upper 64 bits; 0 for IPv4
/// @param low the lower 64 bits; the 32 of IPv4 at their end
/// @param length of the prefix in bits, 0 to 32 or 128
public record Cidr(boolean ipv6, long high, long low, int length) {
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{1,4}");

  /// Reads an address or a range. Bits beyond the prefix are dropped.
  ///
  /// @return null where it is neither
  public static @Nullable Cidr parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    boolean ipv6 = address.indexOf(':') >= 0;
    int bits = bits(ipv6);
    int length = slash < 0 ? bits : number(text.substring(slash + 1));
    Cidr whole = ipv6 ? parseIpv6(address) : parseIpv4(address);
    return whole == null || length < 0 || length > bits ? null : whole.prefix(length);
  }

  /// Whether it is a single address.
  public boolean isAddress() {
    return length == bits(ipv6);
  }

  public boolean contains(Cidr other) {
    return ipv6 == other.ipv6
        && length <= other.length
        && (other.high & highMask(ipv6, length)) == high
        && (other.low & lowMask(ipv6, length)) == low;
  }

  /// Whether another is a part of it, and not all.
  boolean isCutBy(Cidr other) {
    return contains(other) && length < other.length;
  }

  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /// The range's first address.
  public Cidr first() {
    return new Cidr(ipv6, high, low, bits(ipv6));
  }

  /// The range's last address.
  public Cidr last() {
    long free = ipv6 ? ~lowMask(true, length) : 0xffffffffL & ~lowMask(false, length);
    return new Cidr(ipv6, high | ~highMask(ipv6, length), low | free, bits(ipv6));
  }

  /// The range of a shorter prefix that holds this one.
  ///
  /// @param shorter at most {@link #length}
  Cidr prefix(int shorter) {
    return new Cidr(ipv6, high & highMask(ipv6, shorter), low & lowMask(ipv6, shorter), shorter);
  }

  /// The next address. After the last of IPv4 comes one that no range contains, after the last of
  /// IPv6 the first.
  Cidr next() {
    return new Cidr(ipv6, ipv6 && low == -1 ? high + 1 : high, low + 1, length);
  }

  /// The address before; before the first of IPv4 is one that no range contains, before the first
  /// of IPv6 the last.
  Cidr previous() {
    return new Cidr(ipv6, ipv6 && low == 0 ? high - 1 : high, low - 1, length);
  }

  private static int bits(boolean ipv6) {
    return ipv6 ? 128 : 32;
  }

  private static long highMask(boolean ipv6, int length) {
    return ipv6 ? mask(Math.min(length, 64)) : -1L;
  }

  private static long lowMask(boolean ipv6, int length) {
    return ipv6 ? mask(Math.max(length - 64, 0)) : mask(32 + length);
  }

  /// So many leading ones.
  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  private static int number(String text) {
    if (text.isEmpty() || text.length() > 3) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = 10 * number + (digit - '0');
    }
    return number;
  }

  private static @Nullable Cidr parseIpv4(String address) {
    String[] octets = address.split("\\.", -1);
    long bits = 0;
    for (String octet : octets) {
      int value = number(octet);
      if (value < 0 || value > 255) {
        return null;
      }
      bits = (bits << 8) | value;
    }
    return octets.length == 4 ? new Cidr(false, 0, bits, 32) : null;
  }

  private static @Nullable Cidr parseIpv6(String address) {
    int gap = address.indexOf("::");
    String[] words = (gap < 0 ? address : filled(address, gap)).split(":", -1);
    if (words.length != 8) {
      return null;
    }
    long[] halves = new long[2];
    for (int i = 0; i < 8; i++) {
      if (!HEXADECIMAL.matcher(words[i]).matches()) {
        return null;
      }
      halves[i / 4] = (halves[i / 4] << 16) | Integer.parseInt(words[i], 16);
    }
    return new Cidr(true, halves[0], halves[1], 128);
  }

  /// With zeros for the gap; anything else than eight words is refused afterwards.
  private static String filled(String address, int gap) {
    String before = address.substring(0, gap);
    String after = address.substring(gap + 2);
    int missing = 8 - words(before) - words(after);
    if (missing < 1 || after.contains("::")) {
      return "";
    }
    String zeros = "0:".repeat(missing);
    String head = before.isEmpty() ? zeros : before + ":" + zeros;
    return after.isEmpty() ? head.substring(0, head.length() - 1) : head + after;
  }

  private static int words(String part) {
    return part.isEmpty() ? 0 : part.split(":", -1).length;
  }
}
