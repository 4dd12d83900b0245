package lbresponder.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;

/// Accuses targets of what every try on their traffic port met.
final class Dialled {
  private Dialled() {}

  private record Met(Member member, Dial dial) {}

  /// A target that answers when spoken to in another way is not accused: that is another cause.
  ///
  /// @param met what every try must have met
  /// @param refutes a try that shows the accusation to be wrong
  /// @param sentence what was met, as the predicate of a sentence about a target
  static Verdict judge(
      Facts facts, Predicate<Connection> met, Predicate<Connection> refutes, String sentence) {
    if (facts.dials() instanceof Known.Unknown<List<Dial>>(String why)) {
      return new Verdict.Unknown(why);
    }
    Seen seen = Seen.in(facts);
    Dials dials = new Dials(facts);
    List<Met> accused = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>(seen.missing());
    for (Member member : seen.members()) {
      List<Dial> own = dials.of(member, Purpose.TRAFFIC);
      if (own.isEmpty() && Dials.matters(member)) {
        missing.add(member.label() + " was not dialled");
      }
      for (Dial dial : own) {
        if (Dials.all(dial, met) && Dials.speaks(member, dial) && !dials.answersOtherwise(member)) {
          accused.add(new Met(member, dial));
        } else if (!Dials.any(dial, refutes) && !dials.answersOtherwise(member)) {
          missing.add(Dials.met(member, dial));
        }
      }
    }
    if (!accused.isEmpty()) {
      return accuse(accused, sentence, dials);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("no target %s".formatted(sentence))
        : new Verdict.Unknown(missing.stream().limit(5).collect(Collectors.joining("; ")));
  }

  private static Verdict accuse(List<Met> accused, String sentence, Dials dials) {
    Map<String, List<Dial>> byGroup = new HashMap<>();
    for (Met one : accused) {
      byGroup.computeIfAbsent(one.member().group().id(), _ -> new ArrayList<>()).add(one.dial());
    }
    List<Verdict.Cause> causes = new ArrayList<>();
    for (Met one : accused) {
      List<Dial> others = byGroup.getOrDefault(one.member().group().id(), List.of());
      causes.add(
          new Verdict.Cause(
              sure(one, others, dials),
              one.member().target().id(),
              List.of(one.member()),
              List.of(sentence(one, sentence)),
              List.of()));
    }
    return Merge.of(causes);
  }

  /// What hangs up on HTTP/2 may only not speak it, as long as nobody tried HTTP/1.1.
  private static Confidence sure(Met one, List<Dial> others, Dials dials) {
    boolean ambiguous =
        Member.speaksHttp2(one.member().group())
            && Dials.any(one.dial(), Dials::accepts)
            && dials.of(one.member(), Purpose.OTHERWISE).isEmpty();
    return ambiguous ? Confidence.POSSIBLE : Dials.sure(one.member(), one.dial(), others);
  }

  private static String sentence(Met one, String sentence) {
    return "%s %s on all of %s from %s%s"
        .formatted(
            one.member().label(),
            sentence,
            Dials.tries(one.dial()),
            Dials.place(one.dial()),
            Dials.isShownWell(one.member(), one.dial())
                ? ", though its health check passed last"
                : "");
  }
}
