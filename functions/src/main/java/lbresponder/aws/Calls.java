package lbresponder.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lbresponder.facts.Known;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/// Calls to AWS in parallel, each on a virtual thread, all under one deadline. A call that fails,
/// or is late, is an Unknown that names its IAM action.
final class Calls implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Instant deadline;

  Calls(Instant deadline) {
    this.deadline = deadline;
  }

  /// A call under way.
  final class Pending<T> {
    private final String action;
    private final Future<T> future;

    private Pending(String action, Future<T> future) {
      this.action = action;
      this.future = future;
    }

    /// Waits for the answer, until the deadline at most.
    Known<T> get() {
      try {
        long left = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
        return Known.of(future.get(left, TimeUnit.MILLISECONDS));
      } catch (ExecutionException failed) {
        return Known.unknown(why(action, root(failed)));
      } catch (TimeoutException late) {
        return Known.unknown(action + ": no answer before the deadline");
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return Known.unknown(action + ": interrupted");
      }
    }
  }

  /// @param action the IAM action that the call needs
  <T> Pending<T> start(String action, Callable<T> call) {
    return new Pending<>(action, threads.submit(call));
  }

  private static String why(String action, Throwable failure) {
    return switch (failure) {
      case AwsServiceException refused when isDenied(refused) ->
          action + ": AccessDenied (the role needs this action)";
      case AwsServiceException refused when refused.isThrottlingException() ->
          action + ": throttled (%s)".formatted(code(refused));
      case AwsServiceException refused ->
          "%s: %s (HTTP %d): %s"
              .formatted(action, code(refused), refused.statusCode(), message(refused));
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
          action + ": no answer in time";
      case Gone gone -> String.valueOf(gone.getMessage());
      default -> action + ": " + Text.clean(String.valueOf(failure.getMessage()), 200);
    };
  }

  /// What was asked for does not exist: an answer, and not a failure to read.
  static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;

    Gone(String message) {
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

  static String code(AwsServiceException refused) {
    return refused.awsErrorDetails() == null
        ? "error"
        : Text.clean(String.valueOf(refused.awsErrorDetails().errorCode()), 80);
  }

  private static String message(AwsServiceException refused) {
    return refused.awsErrorDetails() == null
        ? "no reason given"
        : Text.clean(String.valueOf(refused.awsErrorDetails().errorMessage()), 200);
  }

  /// Does not wait for calls that missed the deadline.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
