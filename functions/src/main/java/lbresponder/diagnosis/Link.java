package lbresponder.diagnosis;

import java.time.Instant;
import lbresponder.evidence.Phrases;
import org.jspecify.annotations.Nullable;

/// How much of this alarm a fault explains. How sure it is that the fault exists is its {@link
/// Confidence}, and says nothing of this.
///
/// @param explains null: no fact tells, nobody alarmed, or it is older
/// @param since when the fault began; null: no fact tells
/// @param older why it is older than the trouble, as part of a sentence; empty where nothing shows
///   that it is
/// @param mayBeOlder whether as many targets failed before, though more do now: it may be of those
public record Link(
    @Nullable Share explains, @Nullable Instant since, String older, boolean mayBeOlder) {
  static final Link UNTOLD = new Link(null, null, "", false);

  static final String AS_MANY = "as many targets there failed in the hour before";

  /// Less is the smaller part.
  private static final double MOST = 0.5;

  /// So much of something.
  ///
  /// @param part not more than `whole`
  /// @param whole above zero
  /// @param of what is counted, in the plural: `errors`
  public record Share(double part, double whole, String of) {
    public double ratio() {
      return part / whole;
    }

    /// `4 of 2100 errors`.
    public String words() {
      return "%s of %s %s".formatted(Phrases.number(part), Phrases.number(whole), of);
    }
  }

  boolean isOlder() {
    return !older.isEmpty();
  }

  /// Whether it explains some of the alarm, and less than half.
  boolean isMinority() {
    return explains != null && explains.ratio() < MOST;
  }

  /// 1 where no fact tells that it explains less.
  double ratio() {
    return explains == null ? 1 : explains.ratio();
  }

  /// Why it is not the reason: `explains 4 of 2100 errors`, `began 40 days before`; empty where
  /// nothing can be said.
  public String words() {
    return explains == null ? older : "explains " + explains.words();
  }
}
