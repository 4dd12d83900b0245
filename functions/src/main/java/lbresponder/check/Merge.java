package lbresponder.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes one accusation of the same fault in several places: all of them are to be mended, not the
/// first.
final class Merge {
  private Merge() {}

  /// The surest of them; what is less sure is left out, so that it does not borrow their
  /// confidence.
  ///
  /// @param causes of one check; at least one
  static Verdict.Cause of(List<Verdict.Cause> causes) {
    Confidence surest =
        causes.stream().map(Verdict.Cause::confidence).sorted().findFirst().orElseThrow();
    List<Verdict.Cause> sure = causes.stream().filter(one -> one.confidence() == surest).toList();
    return new Verdict.Cause(
        surest,
        sure.getFirst().component(),
        sure.stream().flatMap(one -> one.targets().stream()).toList(),
        sure.stream().flatMap(one -> one.because().stream()).distinct().toList(),
        sure.stream().flatMap(one -> one.repairs().stream()).distinct().toList(),
        shows(sure));
  }

  /// What any of them can look like; null as soon as one is not limited.
  private static @Nullable Set<Symptom> shows(List<Verdict.Cause> causes) {
    if (causes.stream().anyMatch(one -> one.shows() == null)) {
      return null;
    }
    EnumSet<Symptom> all = EnumSet.noneOf(Symptom.class);
    causes.stream().flatMap(one -> Stream.ofNullable(one.shows())).forEach(all::addAll);
    return all;
  }
}
