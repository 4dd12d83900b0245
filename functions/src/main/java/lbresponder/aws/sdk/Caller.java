package lbresponder.aws.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
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
  private @Nullable String account;
  private @Nullable RuntimeException failure;
  private long failedNanos;

  Caller(SdkHttpClient http, List<ExecutionInterceptor> watchers) {
    this.http = http;
    this.watchers = watchers;
  }

  /// The account's id: asked until it is answered, and kept then, as credentials that are renewed
  /// stay of one account. Whoever asks meanwhile waits for the same answer.
  ///
  /// @throws software.amazon.awssdk.core.exception.SdkException where there are no credentials,
  ///   they are not accepted, or nobody answers
  synchronized String account(String region) {
    if (account != null) {
      return account;
    }
    if (failure != null && System.nanoTime() - failedNanos < REST.toNanos()) {
      throw failure;
    }
    try {
      account = asked(region);
      return account;
    } catch (AbortedException cancelled) { // Says nothing of the next time.
      throw cancelled;
    } catch (RuntimeException failed) {
      failure = failed;
      failedNanos = System.nanoTime();
      throw failed;
    }
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
