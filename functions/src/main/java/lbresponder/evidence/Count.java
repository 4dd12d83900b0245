package lbresponder.evidence;

import lbresponder.facts.Known;

/// A sum over the incident beside what the ordinary time would give in as many minutes.
///
/// @param usual Unknown where the ordinary time could not be read, or is too short
/// @param alarmed whether anybody alarmed; a count that nobody alarmed on must speak for itself
public record Count(double now, Known<Double> usual, boolean alarmed) {
  /// Nothing, now and usually.
  public static final Count NONE = new Count(0, Known.of(0.0));

  /// So many times the ordinary level is no swing of any hour.
  private static final double RISEN = 1.5;

  /// Small counts swing more: by two standard deviations where events come by chance.
  private static final double BY_CHANCE = 2;

  /// Of the many counts of a quiet day some swing by three or four.
  private static final double BY_NO_CHANCE = 5;

  /// A handful more is a handful, be there none before.
  private static final double HANDFUL = 4;

  /// Of something that was alarmed on.
  public Count(double now, Known<Double> usual) {
    this(now, usual, true);
  }

  /// Whether it is more than the ordinary level and its swings; Unknown as `usual` is.
  public Known<Boolean> hasRisen() {
    return usual.map(before -> now > 0 && now >= RISEN * before && now - before >= swings(before));
  }

  private double swings(double before) {
    return alarmed
        ? BY_CHANCE * Math.sqrt(before)
        : BY_NO_CHANCE * Math.sqrt(Math.max(before, HANDFUL));
  }

  /// What came in addition; all of it where the ordinary level is not known.
  public double excess() {
    return Math.max(0, now - usual.orElse(0.0));
  }

  Count plus(Count other) {
    return new Count(
        now + other.now,
        usual.flatMap(one -> other.usual.map(more -> one + more)),
        alarmed && other.alarmed);
  }
}
