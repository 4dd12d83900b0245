package lbresponder.aws.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lbresponder.facts.Known;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/// Calls to AWS in parallel, each on a virtual thread, all under one deadline. A call that fails,
/// or is late, is an Unknown that names its IAM action; what does not exist is a None.
public final class Calls implements AutoCloseable {
  /// What ends the reason of a call that lacks a permission.
  public static final String TO_ADD = " (the role needs this action)";

  /// The call that a thread makes.
  private static final ScopedValue<Calls> CURRENT = ScopedValue.newInstance();

  private final AtomicReference<Instant> oldest = new AtomicReference<>(Instant.MAX);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Instant deadline;

  /// The part of the time left that one call may take.
  private final double share;

  /// Calls that do not hang on one another: each has the whole time.
  public Calls(Instant deadline) {
    this(deadline, 1);
  }

  private Calls(Instant deadline, double share) {
    this.deadline = deadline;
    this.share = share;
  }

  /// Calls of which some hang on others: each has three quarters of the time that is left when it
  /// begins, so that one without an answer does not take the others' time.
  public static Calls oneAfterAnother(Instant deadline) {
    return new Calls(deadline, 0.75);
  }

  /// A call under way.
  public final class Pending<T> {
    private final String action;
    private final Future<T> future;
    private final Instant until;
    private volatile boolean late;
    private final AtomicReference<@Nullable Known<T>> told = new AtomicReference<>();

    private Pending(String action, Future<T> future) {
      this.action = action;
      this.future = future;
      Instant now = Instant.now();
      this.until = now.plusMillis((long) (Duration.between(now, deadline).toMillis() * share));
    }

    /// Whether whoever waited gave up.
    public boolean isLate() {
      return late;
    }

    /// Waits for the answer, until the deadline at most. What was told once stays so, that nothing
    /// which follows from it contradicts it.
    public Known<T> get() {
      Known<T> before = told.get();
      if (before != null) {
        return before;
      }
      Known<T> answer = by(until);
      return told.compareAndSet(null, answer) ? answer : Objects.requireNonNull(told.get());
    }

    /// Waits for the answer so long at most, where something else should not wait longer for it.
    public Known<T> within(Duration most) {
      Instant soon = Instant.now().plus(most);
      return by(soon.isBefore(until) ? soon : until);
    }

    private Known<T> by(Instant latest) {
      try {
        long left = Math.max(0, Duration.between(Instant.now(), latest).toMillis());
        return Known.of(future.get(left, TimeUnit.MILLISECONDS));
      } catch (ExecutionException failed) {
        Throwable root = root(failed);
        return root instanceof Gone
            ? Known.none(String.valueOf(root.getMessage()))
            : Known.unknown(why(action, root));
      } catch (TimeoutException timedOut) {
        late = true;
        return Known.unknown(action + ": no answer before the deadline");
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return Known.unknown(action + ": interrupted");
      }
    }
  }

  /// @param action the IAM action that the call needs
  /// @param call null is an answer that lacks what was asked for: an Unknown
  public <T> Pending<T> start(String action, Callable<? extends @Nullable T> call) {
    Callable<T> answered =
        () ->
            Optional.<T>ofNullable(ScopedValue.where(CURRENT, this).call(call::call))
                .orElseThrow(() -> new Undecided(action + ": nothing in the answer"));
    return new Pending<>(action, threads.submit(answered));
  }

  /// Tells the call that this thread makes how old an answer is.
  static void used(Instant at) {
    if (CURRENT.isBound()) {
      CURRENT.get().oldest.accumulateAndGet(at, (one, other) -> one.isBefore(other) ? one : other);
    }
  }

  /// When the oldest of the answers so far was asked for: some may be kept ones.
  ///
  /// @param began when these calls began; the latest that is returned
  public Instant readAt(Instant began) {
    Instant read = oldest.get();
    return read.isBefore(began) ? read : began;
  }

  /// Calls that follow one another, on a thread of their own; each keeps to the deadline itself.
  ///
  /// @return waits for the last
  public <T> Supplier<Known<T>> chain(Callable<Known<T>> steps) {
    Future<Known<T>> future = threads.submit(steps);
    return () -> {
      try {
        return future.get();
      } catch (ExecutionException failed) {
        return Known.unknown(Untrusted.clean(String.valueOf(root(failed)), 200));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return Known.unknown("interrupted");
      }
    };
  }

  /// Makes one call for each item, all at once.
  ///
  /// @return all answers in order, or the first reason why there is one missing
  public <I, T> Known<List<T>> each(String action, List<I> items, Function<I, T> call) {
    List<Pending<T>> pending =
        items.stream().map(item -> start(action, () -> call.apply(item))).toList();
    Known<List<T>> all = Known.of(List.of());
    for (Pending<T> started : pending) {
      Known<T> answer = started.get();
      all =
          all.flatMap(
              before ->
                  answer.map(more -> Stream.concat(before.stream(), Stream.of(more)).toList()));
    }
    return all;
  }

  private static String why(String action, Throwable failure) {
    return switch (failure) {
      case AwsServiceException refused when isDenied(refused) -> action + ": AccessDenied" + TO_ADD;
      case AwsServiceException refused when refused.isThrottlingException() ->
          action + ": throttled (%s)".formatted(code(refused));
      case AwsServiceException refused when Credentials.isRefusal(code(refused)) ->
          action + ": " + Credentials.refused(code(refused));
      case AwsServiceException refused ->
          "%s: %s (HTTP %d): %s"
              .formatted(action, code(refused), refused.statusCode(), message(refused));
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
          action + ": no answer in time";
      case Undecided undecided -> String.valueOf(undecided.getMessage());
      case SdkClientException none when isWithoutCredentials(none) ->
          action + ": no AWS credentials were found";
      default -> action + ": " + Untrusted.clean(String.valueOf(failure.getMessage()), 200);
    };
  }

  /// What was asked for does not exist: an answer, and not a failure to read. The call becomes a
  /// None.
  public static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Gone(String message) {
      super(message);
    }
  }

  /// The answer does not decide what was asked: the call becomes an Unknown with this message.
  public static final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Undecided(String message) {
      super(message);
    }
  }

  /// The SDK wraps what went wrong below it, e.g. a refused connection, which is what tells most.
  /// Its own exceptions tell more than their causes.
  private static Throwable root(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null
            || failure instanceof AwsServiceException
            || failure instanceof ApiCallTimeoutException
            || failure instanceof ApiCallAttemptTimeoutException
        ? failure
        : root(cause);
  }

  private static boolean isDenied(AwsServiceException refused) {
    String code = code(refused);
    return code.startsWith("AccessDenied") || code.equals("UnauthorizedOperation");
  }

  /// The SDK has no type for it, and its words are a list of all places it looked in.
  private static boolean isWithoutCredentials(SdkClientException failure) {
    return String.valueOf(failure.getMessage()).startsWith("Unable to load credentials");
  }

  public static String code(AwsServiceException refused) {
    return refused.awsErrorDetails() == null
        ? "error"
        : Untrusted.clean(String.valueOf(refused.awsErrorDetails().errorCode()), 80);
  }

  private static String message(AwsServiceException refused) {
    return refused.awsErrorDetails() == null
        ? "no reason given"
        : Untrusted.clean(String.valueOf(refused.awsErrorDetails().errorMessage()), 200);
  }

  /// Does not wait for calls that missed the deadline.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
