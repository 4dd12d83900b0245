package lbresponder.aws.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/// Whose the SDK's default credentials are. What is read with them is of that account, also where a
/// load balancer of another account has the same name.
public final class Caller {
  public static final String ACTION = "sts:GetCallerIdentity";

  /// As long as any other call: everything else is read meanwhile.
  private static final Duration CALL = AwsClients.CALL;

  /// What failed is not tried again sooner, so that not every alarm waits for it.
  private static final Duration REST = Duration.ofSeconds(30);

  private final SdkHttpClient http;
  private final List<ExecutionInterceptor> watchers;
  private @Nullable CompletableFuture<String> answer;
  private long failedNanos;

  Caller(SdkHttpClient http, List<ExecutionInterceptor> watchers) {
    this.http = http;
    this.watchers = watchers;
  }

  /// The account's id: asked until it is answered, and kept then, as credentials that are renewed
  /// stay of one account. Whoever asks meanwhile waits for the same answer, which comes whether or
  /// not somebody still waits.
  ///
  /// @throws software.amazon.awssdk.core.exception.SdkException where there are no credentials,
  ///   they are not accepted, or nobody answers
  /// @throws InterruptedException where whoever asks does not wait longer
  String account(String region) throws InterruptedException {
    try {
      return answer(region).get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException own
          ? own
          : new IllegalStateException(failed.getCause());
    }
  }

  private synchronized Future<String> answer(String region) {
    CompletableFuture<String> last = answer;
    if (last != null
        && (!last.isCompletedExceptionally() || System.nanoTime() - failedNanos < REST.toNanos())) {
      return last;
    }
    CompletableFuture<String> next = new CompletableFuture<>();
    answer = next;
    Thread.ofVirtual().start(() -> ask(region, next));
    return next;
  }

  private void ask(String region, CompletableFuture<String> next) {
    try {
      next.complete(asked(region));
    } catch (RuntimeException | Error failure) {
      failedAt(System.nanoTime());
      next.completeExceptionally(failure);
    }
  }

  private synchronized void failedAt(long nanos) {
    failedNanos = nanos;
  }

  private String asked(String region) {
    ClientOverrideConfiguration.Builder override =
        ClientOverrideConfiguration.builder()
            .apiCallTimeout(CALL)
            .addExecutionInterceptor(new WholeAnswers());
    watchers.forEach(override::addExecutionInterceptor);
    try (StsClient sts =
        StsClient.builder()
            .region(Region.of(region))
            .httpClient(http)
            .overrideConfiguration(override.build())
            .build()) {
      return Optional.ofNullable(sts.getCallerIdentity().account())
          .orElseThrow(() -> new Calls.Undecided(ACTION + ": nothing in the answer"));
    }
  }
}
