package lbresponder.facts;

import java.util.function.Function;

/// A fact that was read, or the reason why it was not. "Could not look" is never the same as
/// "nothing there": an empty list that was read is a {@link Value}, a refused call is an {@link
/// Unknown}.
///
/// @param <T> what is known
public sealed interface Known<T> {

  /// The fact, as it was read.
  record Value<T>(T value) implements Known<T> {}

  /// @param why one line for an engineer: the call that failed and, where a permission is missing,
  ///   the action to add
  record Unknown<T>(String why) implements Known<T> {}

  static <T> Known<T> of(T value) {
    return new Value<>(value);
  }

  static <T> Known<T> unknown(String why) {
    return new Unknown<>(why);
  }

  default <R> Known<R> map(Function<? super T, ? extends R> function) {
    return switch (this) {
      case Value<T>(T value) -> new Value<>(function.apply(value));
      case Unknown<T>(String why) -> new Unknown<>(why);
    };
  }

  default <R> Known<R> flatMap(Function<? super T, Known<R>> function) {
    return switch (this) {
      case Value<T>(T value) -> function.apply(value);
      case Unknown<T>(String why) -> new Unknown<>(why);
    };
  }

  /// For places where a missing fact and the fallback lead to the same answer; a check that would
  /// accuse or acquit on it must look at {@link Unknown} instead.
  default T orElse(T fallback) {
    return switch (this) {
      case Value<T>(T value) -> value;
      case Unknown<T> _ -> fallback;
    };
  }

  default boolean isKnown() {
    return this instanceof Value<T>;
  }
}
