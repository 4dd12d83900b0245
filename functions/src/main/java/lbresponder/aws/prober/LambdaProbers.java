package lbresponder.aws.prober;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import lbresponder.facts.Known;
import lbresponder.facts.Probers;
import lbresponder.message.Untrusted;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/// Probers that are Lambda functions, each known by its ARN.
public final class LambdaProbers implements Probers {
  /// To read the list: it comes within a second or not at all.
  private static final Duration READ = Duration.ofSeconds(6);

  private final String setting;
  private final Map<String, LambdaClient> clients = new ConcurrentHashMap<>();
  private final SdkHttpClient http;

  private LambdaProbers(String setting) {
    this.setting = setting;
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(2))
            .socketTimeout(Duration.ofMinutes(14))
            .build();
  }

  /// @param setting `LB_RESPONDER_PROBERS`: a JSON object from load balancer ARN or VPC id to the
  ///   ARN of a function, or the name of the SSM parameter that holds it; empty: there is none
  public static LambdaProbers of(String setting) {
    return new LambdaProbers(setting);
  }

  /// @throws IllegalArgumentException where the setting is neither, naming the setting, the entry,
  ///   what was found and what was expected
  public static void check(String setting) {
    ProberList.check(setting);
  }

  /// @param region where the SSM parameter is that holds the list; empty: the SDK's own, which for
  ///   a function is where it runs, whichever region the load balancer is in
  @Override
  public Known<Map<String, String>> places(String region) {
    if (setting.isEmpty()) {
      return Known.unknown("no prober is configured (%s)".formatted(ProberList.SETTING));
    }
    try {
      return Known.of(ProberList.parse(ProberList.isInline(setting) ? setting : parameter(region)));
    } catch (IllegalArgumentException malformed) {
      return Known.unknown(String.valueOf(malformed.getMessage()));
    } catch (SdkException failure) {
      return Known.unknown("%s: %s".formatted(ProberList.SETTING, message(failure)));
    }
  }

  private String parameter(String region) {
    SsmClientBuilder builder = SsmClient.builder().httpClient(http);
    if (!region.isEmpty()) {
      builder.region(Region.of(region));
    }
    try (SsmClient ssm = builder.build()) {
      return ssm.getParameter(
              call ->
                  call.name(setting)
                      .overrideConfiguration(override -> override.apiCallTimeout(READ)))
          .parameter()
          .value();
    }
  }

  /// The function's name, with the alias that is invoked.
  @Override
  public String name(String prober) {
    int name = prober.indexOf(":function:");
    return name < 0 ? Untrusted.clean(prober, 200) : prober.substring(name + ":function:".length());
  }

  /// @param prober ARN of the function
  @Override
  public Known<String> invoke(String prober, Function<Duration, String> request, Instant deadline) {
    if (!ProberList.isFunction(prober)) {
      return Known.unknown(
          "the prober %s: expected the ARN of a function".formatted(Untrusted.clean(prober, 200)));
    }
    LambdaClient lambda = clients.computeIfAbsent(prober.split(":", -1)[3], this::client);
    Duration wait = Wakening.FIRST_WAIT;
    for (int tries = 1; ; tries++) {
      try {
        return once(lambda, prober, request, Duration.between(Instant.now(), deadline));
      } catch (LambdaException refused) {
        if (!Wakening.isAsleep(refused)) {
          return Known.unknown("the prober %s: %s".formatted(name(prober), message(refused)));
        }
        if (!Wakening.waited(wait, deadline)) {
          return Known.unknown(Wakening.said(name(prober), refused, tries));
        }
        wait = Wakening.longer(wait);
      } catch (SdkException failure) {
        return Known.unknown("the prober %s: %s".formatted(name(prober), message(failure)));
      }
    }
  }

  private Known<String> once(
      LambdaClient lambda, String prober, Function<Duration, String> request, Duration left) {
    if (!left.isPositive()) {
      return Known.unknown("the prober %s: no time was left to ask it".formatted(name(prober)));
    }
    InvokeResponse response =
        lambda.invoke(
            call ->
                call.functionName(prober)
                    .payload(SdkBytes.fromUtf8String(request.apply(left)))
                    .overrideConfiguration(override -> override.apiCallTimeout(left)));
    String payload = response.payload().asUtf8String();
    return response.functionError() == null
        ? Known.of(payload)
        : Known.unknown(
            "the prober %s failed: %s".formatted(name(prober), Untrusted.clean(payload, 300)));
  }

  private LambdaClient client(String region) {
    return LambdaClient.builder()
        .region(Region.of(region))
        .httpClient(http)
        // A second try would take as long again, and tell no more; who is asleep is asked again
        // here.
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  private static String message(SdkException failure) {
    return Untrusted.clean(String.valueOf(failure.getMessage()), 300);
  }
}
