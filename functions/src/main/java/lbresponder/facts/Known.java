package lbresponder.facts;

import java.util.Optional;
import java.util.function.Function;

/// A fact that was read, or the reason why it was not, or that there is nothing to read. "Could not
/// look" is never the same as "nothing there": an empty list that was read is a {@link Value}, a
/// refused call is an {@link Unknown}, and what this kind of load balancer does not have is a
/// {@link None}.
///
/// @param <T> what is known
public sealed interface Known<T> {
  /// The fact, as it was read.
  record Value<T>(T value) implements Known<T> {}

  /// @param why one line for an engineer: the call that failed and, where a permission is missing,
  ///   the action to add
  record Unknown<T>(String why) implements Known<T> {}

  /// This load balancer has no such thing: a cause that needs it is out of the question, and
  /// nothing is missing from the report.
  ///
  /// @param why one line, e.g. `Network Load Balancers keep no idle connections to targets`
  record None<T>(String why) implements Known<T> {}

  static <T> Known<T> of(T value) {
    return new Value<>(value);
  }

  static <T> Known<T> unknown(String why) {
    return new Unknown<>(why);
  }

  static <T> Known<T> none(String why) {
    return new None<>(why);
  }

  /// One answer for each of the three.
  ///
  /// @param unknown gets why it is not known
  /// @param none gets why there is no such thing
  default <R> R fold(
      Function<? super T, ? extends R> value,
      Function<String, ? extends R> unknown,
      Function<String, ? extends R> none) {
    return switch (this) {
      case Value<T>(T known) -> value.apply(known);
      case Unknown<T>(String why) -> unknown.apply(why);
      case None<T>(String why) -> none.apply(why);
    };
  }

  default <R> Known<R> map(Function<? super T, ? extends R> function) {
    return flatMap(value -> new Value<>(function.apply(value)));
  }

  default <R> Known<R> flatMap(Function<? super T, Known<R>> function) {
    return fold(function, Unknown::new, None::new);
  }

  /// For places where a missing fact and the fallback lead to the same answer; a check that would
  /// confirm or rule out a cause by it must look at {@link Unknown} instead.
  default T orElse(T fallback) {
    return this instanceof Value<T>(T value) ? value : fallback;
  }

  /// Empty where it is not known, for the reasons of {@link #orElse}.
  default Optional<T> toOptional() {
    return this instanceof Value<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  default boolean isKnown() {
    return this instanceof Value<T>;
  }
}
