package lbresponder.aws.prober;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import lbresponder.aws.sdk.Calls;
import lbresponder.message.Untrusted;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// How a function is waited for that Lambda has put to sleep: a version with a snapshot after 14
/// days without an invocation, one in a VPC when its interfaces were taken back. The invocation
/// that wakes it fails, and so do those after it until it is ready.
final class Wakening {
  static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  /// Less would be left of the time for the invocation itself.
  private static final Duration LEAST = Duration.ofSeconds(2);

  /// Errors of Invoke that pass by themselves. The API reference names all but the last, which is
  /// what a sleeping function in a VPC was seen to answer.
  private static final Set<String> ASLEEP =
      Set.of(
          "SnapStartNotReadyException",
          "SnapStartTimeoutException",
          "SnapStartException",
          "ResourceNotReadyException",
          "ResourceConflictException",
          "EC2ThrottledException",
          "CodeArtifactUserPendingException");

  private Wakening() {}

  static boolean isAsleep(AwsServiceException refused) {
    return ASLEEP.contains(Calls.code(refused));
  }

  /// @return false: there was no time to wait so long, or somebody wants this to end
  static boolean waited(Duration wait, Instant deadline) {
    if (Instant.now().plus(wait).plus(LEAST).isAfter(deadline)) {
      return false;
    }
    try {
      Thread.sleep(wait);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
  }

  /// @param name what to call the prober
  static String said(String name, AwsServiceException refused, int tries) {
    return "the prober %s is being restored, and was not ready on %s: %s: %s"
        .formatted(
            name,
            tries == 1 ? "1 try" : tries + " tries",
            Calls.code(refused),
            refused.awsErrorDetails() == null
                ? "no reason given"
                : Untrusted.clean(String.valueOf(refused.awsErrorDetails().errorMessage()), 200));
  }
}
