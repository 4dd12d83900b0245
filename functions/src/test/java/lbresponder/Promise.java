package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Check;

/// What the end of a recorded incident's first line says of its diagnosis: `Leads: HostSilent. Not:
/// NoRoute, NetworkAclBlocks. Never out: TargetHangs.` Each sentence may be missing.
///
/// @param leads any of these comes first; `nothing` among them: or no cause is more than possible.
///   Empty where nothing is said
/// @param not none of these is a cause, unless a possible one
/// @param neverOut none of these is ruled out, and none that may lead
record Promise(Set<String> leads, Set<String> not, Set<String> neverOut) {
  static final String NOTHING = "nothing";

  private static final Pattern SENTENCE =
      Pattern.compile("(?<!\\S)(Leads|Not|Never out): ([^.:]*)\\.(?= |$)");

  /// What was meant as one, and is none.
  private static final Pattern BEGINNING = Pattern.compile("\\b(?:Leads|Not|Never [Oo]ut):");

  /// Fails where a sentence is not of that form, or names what is no check.
  static Promise of(String situation) {
    Map<String, Set<String>> said =
        SENTENCE
            .matcher(situation)
            .results()
            .collect(
                Collectors.toMap(
                    found -> found.group(1), found -> Set.of(found.group(2).split(", ", -1))));
    assertThat(SENTENCE.matcher(situation).replaceAll(""))
        .as("`Leads: A. Not: B, C. Never out: D.`, each once")
        .doesNotContainPattern(BEGINNING);
    Set<String> none = Set.of();
    Promise promise =
        new Promise(
            said.getOrDefault("Leads", none),
            said.getOrDefault("Not", none),
            said.getOrDefault("Never out", none));
    Set<String> strange = promise.named();
    Runbook.CHECKS.stream().map(Check::id).forEach(strange::remove);
    assertThat(strange).as("named, and no check: %s", situation).isEmpty();
    return promise;
  }

  /// All checks that it speaks of.
  Set<String> named() {
    Set<String> named = new HashSet<>();
    Stream.of(leads, not, neverOut).forEach(named::addAll);
    named.remove(NOTHING);
    return named;
  }
}
