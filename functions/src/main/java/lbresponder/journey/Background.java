package lbresponder.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// One piece of work on a virtual thread of its own, beside whoever started it.
final class Background<T> {
  private final FutureTask<T> task;

  private Background(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Background<T> start(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofVirtual().start(task);
    return new Background<>(task);
  }

  /// Waits for the result. Throws what the work threw.
  T get() {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (failed.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  /// What the work came to by this time. Empty: it is late, and given up, or it failed.
  Optional<T> within(Instant until) {
    try {
      long left = Math.max(0, Duration.between(Instant.now(), until).toMillis());
      return Optional.of(task.get(left, TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException late) {
      cancel();
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// Interrupts the work and does not wait for it.
  void cancel() {
    task.cancel(true);
  }
}
