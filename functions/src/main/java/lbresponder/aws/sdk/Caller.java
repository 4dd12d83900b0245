package lbresponder.aws.sdk;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/// Whose the SDK's default credentials are. What is read with them is of that account, also where a
/// load balancer of another account has the same name.
final class Caller {
  /// Whoever waits for it has not begun to read.
  private static final Duration CALL = Duration.ofSeconds(2);

  private final SdkHttpClient http;
  private final List<ExecutionInterceptor> watchers;
  private volatile @Nullable String account;

  Caller(SdkHttpClient http, List<ExecutionInterceptor> watchers) {
    this.http = http;
    this.watchers = watchers;
  }

  /// The account's id: asked until it is answered, and kept then.
  ///
  /// @throws software.amazon.awssdk.core.exception.SdkException where there are no credentials,
  ///   they are not accepted, or nobody answers
  String account(String region) {
    String known = account;
    if (known == null) {
      known = asked(region);
      account = known;
    }
    return known;
  }

  private String asked(String region) {
    ClientOverrideConfiguration.Builder override =
        ClientOverrideConfiguration.builder().apiCallTimeout(CALL);
    watchers.forEach(override::addExecutionInterceptor);
    try (StsClient sts =
        StsClient.builder()
            .region(Region.of(region))
            .httpClient(http)
            .overrideConfiguration(override.build())
            .build()) {
      return sts.getCallerIdentity().account();
    }
  }
}
