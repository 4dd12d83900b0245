package lbresponder.aws.sdk;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
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
public record AwsClients(
    ElasticLoadBalancingClient elb,
    ElasticLoadBalancingV2Client elbv2,
    Ec2Client ec2,
    CloudWatchClient cloudwatch,
    AutoScalingClient autoscaling,
    EcsClient ecs,
    LambdaClient lambda) {

  /// An attempt that has no answer by then is lost; three are made at most.
  static final Duration ATTEMPT = Duration.ofSeconds(2);

  static final Duration CALL = Duration.ofSeconds(6);

  /// The HTTP client all of them share: one pool, one set of time-outs.
  public static SdkHttpClient http() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(1))
        .socketTimeout(ATTEMPT)
        .build();
  }

  /// With the SDK's default credentials.
  public static AwsClients in(String region) {
    return in(region, http(), List.of(), null);
  }

  /// @param watchers see every call; for tests and counters
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
    // Building a client is loading its classes, the largest first, which they do beside each other.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Building building =
          new Building(threads, Region.of(region), http, override.build(), credentials);
      Future<Ec2Client> ec2 = building.begin(Ec2Client::builder);
      Future<ElasticLoadBalancingV2Client> elbv2 =
          building.begin(ElasticLoadBalancingV2Client::builder);
      Future<CloudWatchClient> cloudwatch = building.begin(CloudWatchClient::builder);
      Future<ElasticLoadBalancingClient> elb = building.begin(ElasticLoadBalancingClient::builder);
      Future<AutoScalingClient> autoscaling = building.begin(AutoScalingClient::builder);
      Future<EcsClient> ecs = building.begin(EcsClient::builder);
      Future<LambdaClient> lambda = building.begin(LambdaClient::builder);
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

  /// What all of them are built with.
  private record Building(
      ExecutorService threads,
      Region region,
      SdkHttpClient http,
      ClientOverrideConfiguration configuration,
      @Nullable AwsCredentialsProvider credentials) {

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> Future<C> begin(
        Supplier<B> builder) {
      return threads.submit(
          () -> {
            B with =
                builder.get().region(region).httpClient(http).overrideConfiguration(configuration);
            return (credentials == null ? with : with.credentialsProvider(credentials)).build();
          });
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
}
