package lbresponder.cli;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Stand-ins for addresses and ranges that keep who lies within what: two originals share as many
/// leading bits as their stand-ins do, from the first byte (IPv4) or the first two (IPv6) on. Which
/// bits are turned is drawn anew for each recording, so that nobody can turn them back.
final class Addresses {
  private final long secret = new SecureRandom().nextLong();
  private final Map<Integer, Integer> heads = new HashMap<>();

  /// @param original an address, or a range as a CIDR; `0.0.0.0/0` and `::/0` tell nothing and stay
  String standIn(String original) {
    int slash = original.indexOf('/');
    byte[] bytes =
        InetAddress.ofLiteral(slash < 0 ? original : original.substring(0, slash)).getAddress();
    int length = slash < 0 ? bytes.length * 8 : Integer.parseInt(original.substring(slash + 1));
    if (length == 0 || length > bytes.length * 8) {
      return original;
    }
    byte[] made = bytes.clone();
    int head = bytes.length == 4 ? 1 : 2;
    replaceHead(made, head);
    for (int bit = head * 8; bit < length; bit++) {
      if (bit == head * 8 || isTurned(bytes, bit)) {
        made[bit / 8] ^= (byte) (0x80 >> (bit % 8));
      }
    }
    return text(made) + (slash < 0 ? "" : original.substring(slash));
  }

  private void replaceHead(byte[] made, int head) {
    int original = head == 1 ? made[0] & 255 : (((made[0] & 255) << 8) | (made[1] & 255)) + 256;
    int number = heads.computeIfAbsent(original, _ -> heads.size());
    if (head == 1) {
      made[0] = (byte) (10 + number % 200);
    } else {
      made[0] = 0x20;
      made[1] = (byte) (1 + number % 250);
    }
  }

  /// Decided by the bits before it alone.
  private boolean isTurned(byte[] bytes, int bit) {
    byte[] before = Arrays.copyOf(bytes, bit / 8 + 1);
    before[bit / 8] &= (byte) ~(0xff >> (bit % 8));
    long mixed = secret + 31L * Arrays.hashCode(before) + 1_000_003L * bit;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return ((mixed ^ (mixed >>> 31)) & 1) == 1;
  }

  private static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i += bytes.length == 4 ? 1 : 2) {
      text.append(i == 0 ? "" : bytes.length == 4 ? "." : ":")
          .append(
              bytes.length == 4
                  ? String.valueOf(bytes[i] & 255)
                  : Integer.toHexString(((bytes[i] & 255) << 8) | (bytes[i + 1] & 255)));
    }
    return text.toString();
  }
}
