package lbresponder.network;

import java.util.ArrayList;
import java.util.Comparator;
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

  private boolean isWithin(int from, int to) {
    return isEmpty() || (from <= intervals.getFirst().from && intervals.getLast().to <= to);
  }

  Ports and(int from, int to) {
    if (isWithin(from, to)) {
      return this;
    }
    List<Interval> kept = new ArrayList<>();
    for (Interval interval : intervals) {
      int start = Math.max(interval.from, from);
      int end = Math.min(interval.to, to);
      if (start <= end) {
        kept.add(new Interval(start, end));
      }
    }
    return new Ports(kept);
  }

  Ports without(int from, int to) {
    if (isWithin(from, to)) {
      return NONE;
    }
    List<Interval> kept = new ArrayList<>();
    for (Interval interval : intervals) {
      if (interval.from < from) {
        kept.add(new Interval(interval.from, Math.min(interval.to, from - 1)));
      }
      if (interval.to > to) {
        kept.add(new Interval(Math.max(interval.from, to + 1), interval.to));
      }
    }
    return new Ports(kept);
  }

  Ports plus(Ports others) {
    if (isEmpty()) {
      return others;
    }
    List<Interval> all = new ArrayList<>(intervals);
    all.addAll(others.intervals);
    all.sort(Comparator.comparingInt(Interval::from));
    List<Interval> merged = new ArrayList<>();
    for (Interval interval : all) {
      Interval last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && interval.from <= last.to + 1) {
        merged.set(merged.size() - 1, new Interval(last.from, Math.max(last.to, interval.to)));
      } else {
        merged.add(interval);
      }
    }
    return new Ports(merged);
  }

  @Override
  public String toString() {
    return intervals.stream()
        .map(
            interval ->
                interval.from == interval.to
                    ? String.valueOf(interval.from)
                    : interval.from + "-" + interval.to)
        .collect(Collectors.joining(", "));
  }
}
