package lbresponder.aws;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// The SDK's clients for one region. Endpoints and the rest are the SDK's defaults.
record AwsClients(
    ElasticLoadBalancingClient elb,
    ElasticLoadBalancingV2Client elbv2,
    Ec2Client ec2,
    CloudWatchClient cloudwatch,
    AutoScalingClient autoscaling,
    EcsClient ecs,
    LambdaClient lambda) {

  /// An attempt that has no answer by then is lost; three are made at most.
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  private static final Duration CALL = Duration.ofSeconds(6);

  /// The HTTP client all of them share: one pool, one set of time-outs.
  static SdkHttpClient http() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(1))
        .socketTimeout(ATTEMPT)
        .build();
  }

  /// @param watchers see every call; for tests and counters
  static AwsClients in(String region, SdkHttpClient http, List<ExecutionInterceptor> watchers) {
    return in(region, http, watchers, null);
  }

  /// @param credentials null: the SDK's default
  static AwsClients in(
      String region,
      SdkHttpClient http,
      List<ExecutionInterceptor> watchers,
      @Nullable AwsCredentialsProvider credentials) {
    ClientOverrideConfiguration.Builder override =
        ClientOverrideConfiguration.builder()
            .retryStrategy(StandardRetryStrategy.builder().build())
            .apiCallAttemptTimeout(ATTEMPT)
            .apiCallTimeout(CALL)
            .addExecutionInterceptor(new WholeAnswers());
    watchers.forEach(override::addExecutionInterceptor);
    ClientOverrideConfiguration configuration = override.build();
    // Building a client is loading its classes, the largest first, which they do beside each other.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ec2 =
          threads.submit(
              () -> with(Ec2Client.builder(), region, http, configuration, credentials).build());
      var elbv2 =
          threads.submit(
              () ->
                  with(
                          ElasticLoadBalancingV2Client.builder(),
                          region,
                          http,
                          configuration,
                          credentials)
                      .build());
      var cloudwatch =
          threads.submit(
              () ->
                  with(CloudWatchClient.builder(), region, http, configuration, credentials)
                      .build());
      var elb =
          threads.submit(
              () ->
                  with(
                          ElasticLoadBalancingClient.builder(),
                          region,
                          http,
                          configuration,
                          credentials)
                      .build());
      var autoscaling =
          threads.submit(
              () ->
                  with(AutoScalingClient.builder(), region, http, configuration, credentials)
                      .build());
      var ecs =
          threads.submit(
              () -> with(EcsClient.builder(), region, http, configuration, credentials).build());
      var lambda =
          threads.submit(
              () -> with(LambdaClient.builder(), region, http, configuration, credentials).build());
      return new AwsClients(
          built(elb),
          built(elbv2),
          built(ec2),
          built(cloudwatch),
          built(autoscaling),
          built(ecs),
          built(lambda));
    }
  }

  private static <T> T built(Future<T> client) {
    try {
      return client.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a client of the SDK cannot be built", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B with(
      B builder,
      String region,
      SdkHttpClient http,
      ClientOverrideConfiguration configuration,
      @Nullable AwsCredentialsProvider credentials) {
    B named =
        builder.region(Region.of(region)).httpClient(http).overrideConfiguration(configuration);
    return credentials == null ? named : named.credentialsProvider(credentials);
  }
}
