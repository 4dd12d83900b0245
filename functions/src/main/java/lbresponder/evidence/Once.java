package lbresponder.evidence;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Computes a value when it is first asked for, and never again. For one thread.
final class Once<T> implements Supplier<T> {
  private final Supplier<T> work;
  private @Nullable T value;

  Once(Supplier<T> work) {
    this.work = work;
  }

  @Override
  public T get() {
    T known = value;
    if (known == null) {
      known = work.get();
      value = known;
    }
    return known;
  }
}
