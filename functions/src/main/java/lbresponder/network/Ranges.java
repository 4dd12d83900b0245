package lbresponder.network;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// Ranges of addresses, written as CIDRs.
public final class Ranges {
  private static final Pattern OCTET = Pattern.compile("[0-9]{1,3}");
  private static final Pattern WORD = Pattern.compile("[0-9a-fA-F]{1,4}");

  private Ranges() {}

  /// Whether an address lies in a range; false also where either is not well-formed, or one is IPv4
  /// and the other IPv6.
  public static boolean holds(String range, String address) {
    int slash = range.indexOf('/');
    if (slash < 0 || !OCTET.matcher(range.substring(slash + 1)).matches()) {
      return false;
    }
    boolean six = range.contains(":");
    int free = (six ? 128 : 32) - Integer.parseInt(range.substring(slash + 1));
    Optional<BigInteger> base = bits(range.substring(0, slash));
    return free >= 0
        && six == address.contains(":")
        && base.isPresent()
        && bits(address)
            .map(one -> one.shiftRight(free))
            .equals(base.map(one -> one.shiftRight(free)));
  }

  /// An address as a number; empty where it is not one.
  private static Optional<BigInteger> bits(String address) {
    return address.contains(":") ? six(address) : four(address);
  }

  private static Optional<BigInteger> four(String address) {
    String[] octets = address.split("\\.", -1);
    return octets.length == 4 ? joined(octets, OCTET, 10, 8) : Optional.empty();
  }

  private static Optional<BigInteger> six(String address) {
    int gap = address.indexOf("::");
    if (gap < 0) {
      String[] words = address.split(":", -1);
      return words.length == 8 ? joined(words, WORD, 16, 16) : Optional.empty();
    }
    String before = address.substring(0, gap);
    String after = address.substring(gap + 2);
    int missing = 8 - words(before) - words(after);
    return missing < 1 || after.contains("::")
        ? Optional.empty()
        : joined(
            ((before.isEmpty() ? "" : before + ":")
                    + "0:".repeat(missing)
                    + (after.isEmpty() ? "" : after))
                .replaceFirst(":$", "")
                .split(":", -1),
            WORD,
            16,
            16);
  }

  private static int words(String part) {
    return part.isEmpty() ? 0 : part.split(":", -1).length;
  }

  private static Optional<BigInteger> joined(String[] parts, Pattern shape, int radix, int width) {
    BigInteger bits = BigInteger.ZERO;
    for (String part : parts) {
      if (!shape.matcher(part).matches() || Integer.parseInt(part, radix) >= 1 << width) {
        return Optional.empty();
      }
      bits = bits.shiftLeft(width).or(BigInteger.valueOf(Integer.parseInt(part, radix)));
    }
    return Optional.of(bits);
  }
}
