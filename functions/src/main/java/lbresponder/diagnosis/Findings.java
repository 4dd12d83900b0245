package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lbresponder.evidence.Targets;
import lbresponder.facts.Known;

/// Collects what a check finds on its way, and makes its verdict of it: a cause where there is one,
/// else what is missing, else that it is ruled out.
public final class Findings {
  /// More reasons than these help nobody.
  private static final int MOST = 3;

  private final List<Verdict.Cause> causes = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final Set<String> absent = new LinkedHashSet<>();
  private boolean applies;

  /// Starts with whatever kept targets out of sight.
  public static Findings of(Targets targets) {
    return new Findings().missing(targets.missing());
  }

  /// Starts with whatever kept targets, or the health of some, out of sight.
  public static Findings ofHealth(Targets targets) {
    return new Findings().missing(targets.unread());
  }

  /// A fact, where it was read. Where it was not, that is noted; and where this load balancer has
  /// no such thing, that is.
  public <T> Optional<T> read(Known<T> fact) {
    return switch (fact) {
      case Known.Value<T>(T value) -> {
        applies = true;
        yield Optional.of(value);
      }
      case Known.Unknown<T>(String why) -> {
        missing.add(why);
        yield Optional.empty();
      }
      case Known.None<T>(String why) -> {
        absent.add(why);
        yield Optional.empty();
      }
    };
  }

  /// Notes why a fact is missing, where it is; whether the check applies does not hang on it.
  public Findings require(Known<?> fact) {
    if (fact instanceof Known.Unknown<?>(String why)) {
      missing.add(why);
    }
    return this;
  }

  /// A fact that only leads to the one in question, where it was read: whether the check applies
  /// does not hang on it.
  public <T> Optional<T> readFirst(Known<T> fact) {
    require(fact);
    return fact.toOptional();
  }

  public Findings cause(Verdict.Cause cause) {
    causes.add(cause);
    return this;
  }

  public Findings causes(Collection<Verdict.Cause> some) {
    causes.addAll(some);
    return this;
  }

  public Findings missing(String why) {
    missing.add(why);
    return this;
  }

  public Findings missing(Collection<String> some) {
    missing.addAll(some);
    return this;
  }

  public boolean hasCause() {
    return !causes.isEmpty();
  }

  /// Whether nothing that was asked for is missing.
  public boolean isComplete() {
    return missing.isEmpty();
  }

  /// @param because the fact that refutes the cause, where none was found and nothing is missing
  public Verdict orRuledOut(String because) {
    if (!causes.isEmpty()) {
      return Verdict.Cause.merged(causes);
    }
    if (!missing.isEmpty()) {
      return new Verdict.Unknown(
          String.join("; ", missing.stream().limit(MOST).toList())
              + (missing.size() > MOST ? "; and %d more".formatted(missing.size() - MOST) : ""));
    }
    return absent.isEmpty() || applies
        ? new Verdict.RuledOut(because)
        : new Verdict.NotApplicable(absent.iterator().next());
  }

  /// The verdict where the check cannot go on: a fact that it reads first is missing, or there is
  /// no such thing.
  public Verdict verdict() {
    return orRuledOut("nothing was found");
  }
}
