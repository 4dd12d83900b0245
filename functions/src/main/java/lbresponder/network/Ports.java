package lbresponder.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A set of ports, as intervals that neither touch nor overlap, in order.
///
/// @param intervals first and last port of each, inclusive
record Ports(List<Interval> intervals) {
  static final Ports NONE = new Ports(List.of());

  record Interval(int from, int to) {}

  static Ports of(int from, int to) {
    return from > to ? NONE : new Ports(List.of(new Interval(from, to)));
  }

  boolean isEmpty() {
    return intervals.isEmpty();
  }

  Ports and(int from, int to) {
    List<Interval> kept = new ArrayList<>();
    for (Interval one : intervals) {
      int start = Math.max(one.from, from);
      int end = Math.min(one.to, to);
      if (start <= end) {
        kept.add(new Interval(start, end));
      }
    }
    return new Ports(kept);
  }

  Ports without(int from, int to) {
    List<Interval> kept = new ArrayList<>();
    for (Interval one : intervals) {
      if (one.from < from) {
        kept.add(new Interval(one.from, Math.min(one.to, from - 1)));
      }
      if (one.to > to) {
        kept.add(new Interval(Math.max(one.from, to + 1), one.to));
      }
    }
    return new Ports(kept);
  }

  Ports plus(Ports others) {
    List<Interval> all = new ArrayList<>(intervals);
    all.addAll(others.intervals);
    all.sort((one, other) -> Integer.compare(one.from, other.from));
    List<Interval> merged = new ArrayList<>();
    for (Interval one : all) {
      Interval last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && one.from <= last.to + 1) {
        merged.set(merged.size() - 1, new Interval(last.from, Math.max(last.to, one.to)));
      } else {
        merged.add(one);
      }
    }
    return new Ports(merged);
  }

  @Override
  public String toString() {
    return intervals.stream()
        .map(one -> one.from == one.to ? String.valueOf(one.from) : one.from + "-" + one.to)
        .collect(Collectors.joining(", "));
  }
}
