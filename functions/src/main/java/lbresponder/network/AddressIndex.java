package lbresponder.network;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds what has an address, by the most specific range that holds it, in a few looks however many
/// ranges there are.
final class AddressIndex<T> {
  private final Map<Cidr, T> byRange = new HashMap<>();
  private final SortedSet<Integer> lengths = new TreeSet<>(Comparator.reverseOrder());

  /// Of two with the same range the first stays. What is neither address nor range is left out.
  void add(List<String> ranges, T owner) {
    for (String text : ranges) {
      Cidr range = Cidr.parse(text);
      if (range != null) {
        byRange.putIfAbsent(range, owner);
        lengths.add(range.length());
      }
    }
  }

  @Nullable T find(Cidr address) {
    for (int length : lengths) {
      T owner = length > address.length() ? null : byRange.get(address.prefix(length));
      if (owner != null) {
        return owner;
      }
    }
    return null;
  }
}
