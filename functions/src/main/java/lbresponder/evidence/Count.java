package lbresponder.evidence;

import lbresponder.facts.Known;

/// A sum over the incident beside what the ordinary time would give in as many minutes.
///
/// @param usual Unknown where the ordinary time could not be read, or is too short
public record Count(double now, Known<Double> usual) {
  /// Nothing, now and usually.
  public static final Count NONE = new Count(0, Known.of(0.0));

  /// So many times the ordinary level is no swing of any hour.
  private static final double RISEN = 1.5;

  /// Small counts swing more: by two standard deviations where events come by chance.
  private static final double BY_CHANCE = 2;

  /// Whether it is more than the ordinary level and its swings; Unknown as `usual` is.
  public Known<Boolean> hasRisen() {
    return usual.map(
        before ->
            now > 0 && now >= RISEN * before && now - before >= BY_CHANCE * Math.sqrt(before));
  }

  /// What came in addition; all of it where the ordinary level is not known.
  public double excess() {
    return Math.max(0, now - usual.orElse(0.0));
  }

  Count plus(Count other) {
    return new Count(now + other.now, usual.flatMap(one -> other.usual.map(more -> one + more)));
  }
}
