package lbresponder.facts;

/// Ports, both ends included.
public record PortRange(int from, int to) {
  public PortRange {
    if (from < 0 || to > 65535 || from > to) {
      throw new IllegalArgumentException("ports %d to %d".formatted(from, to));
    }
  }
}
