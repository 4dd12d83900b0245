package lbresponder.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.Standing;
import lbresponder.facts.Dial.Vantage;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.journey.Dialling.Also;
import lbresponder.json.FactsJson;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/// The probers that are deployed. Whatever goes wrong with one is why targets were not dialled, and
/// nothing more: the diagnosis goes on without.
public final class Probers {
  /// Kept back for the way to the function and back, and for its start.
  private static final Duration TO_INVOKE = Duration.ofSeconds(4);

  private final Optional<String> setting;
  private final AwsProvider provider;
  private final Map<String, LambdaClient> clients = new ConcurrentHashMap<>();
  private final SdkHttpClient http;

  private Probers(Settings settings, AwsProvider provider) {
    this.setting = settings.probers();
    this.provider = provider;
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(2))
            .socketTimeout(Duration.ofMinutes(14))
            .build();
  }

  /// @param provider reads where a prober stands that is not in its load balancer's place
  public static Probers of(Settings settings, AwsProvider provider) {
    return new Probers(settings, provider);
  }

  /// The facts with what the prober met that is deployed for the load balancer, else for its VPC.
  /// Where there is none, as they were.
  Facts dialled(Facts facts, Instant deadline) {
    return setting.isEmpty() ? facts : dialled(facts, deadline, Set.of());
  }

  /// As {@link #dialled(Facts, Instant)}; where there is no prober, the facts say so.
  public Facts dialled(Facts facts, Instant deadline, Set<Also> also) {
    Known<Map<String, String>> probers = list("");
    if (probers instanceof Known.Unknown<Map<String, String>>(String why)) {
      return facts.withDials(Known.unknown(why));
    }
    Map<String, String> all = probers.orElse(Map.of());
    String vpc = facts.loadBalancer().map(LoadBalancer::network).orElse("");
    String own = all.get(facts.incident().loadBalancer().arn());
    String near = all.get(vpc);
    Duration limit = Duration.between(Instant.now(), deadline).minus(TO_INVOKE);
    if (limit.isNegative()) {
      return facts.withDials(Known.unknown("no time was left to dial"));
    }
    if (own != null) {
      return Dialling.dialled(facts, prober(own, Vantage.LOAD_BALANCER, List.of()), limit, also);
    }
    if (near == null) {
      return facts.withDials(
          Known.unknown(
              "no prober is deployed for %s or its VPC (%s)"
                  .formatted(facts.incident().loadBalancer().name(), Settings.PROBERS)));
    }
    Standing standing = provider.standing(facts, near, deadline);
    return Dialling.dialled(
        standing.facts(), prober(near, Vantage.NETWORK, standing.interfaces()), limit, also);
  }

  /// Which prober stands where; Unknown where none is configured or the list cannot be read.
  ///
  /// @param region where the parameter is that holds the list; empty: the SDK's own, which for a
  ///   function is where it runs, whichever region the load balancer is in
  public Known<Map<String, String>> list(String region) {
    if (setting.isEmpty()) {
      return Known.unknown("no prober is configured (%s)".formatted(Settings.PROBERS));
    }
    try {
      return Known.of(
          ProberList.parse(ProberList.isInline(setting.get()) ? setting.get() : parameter(region)));
    } catch (SdkException | IllegalArgumentException failure) {
      return Known.unknown("%s: %s".formatted(Settings.PROBERS, failure.getMessage()));
    }
  }

  private String parameter(String region) {
    SsmClientBuilder builder = SsmClient.builder().httpClient(http);
    if (!region.isEmpty()) {
      builder.region(Region.of(region));
    }
    try (SsmClient ssm = builder.build()) {
      return ssm.getParameter(call -> call.name(setting.orElseThrow())).parameter().value();
    }
  }

  private Prober prober(String function, Vantage from, List<String> interfaces) {
    LambdaClient lambda = clients.computeIfAbsent(function.split(":", -1)[3], this::client);
    return new Prober(from, interfaces, request -> invoke(lambda, function, request));
  }

  private LambdaClient client(String region) {
    return LambdaClient.builder()
        .region(Region.of(region))
        .httpClient(http)
        // A second try would take as long again, and tell no more.
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  /// Asks a prober nothing, to see whether it answers.
  ///
  /// @return why not; empty: it does
  public String reach(String function) {
    Known<ProbeAnswer> answer =
        prober(function, Vantage.NETWORK, List.of()).ask().apply(new ProbeRequest(List.of(), 1000));
    return answer instanceof Known.Unknown<ProbeAnswer>(String why) ? why : "";
  }

  private static Known<ProbeAnswer> invoke(
      LambdaClient lambda, String function, ProbeRequest request) {
    String name = function.substring(function.indexOf(":function:") + ":function:".length());
    try {
      InvokeResponse response =
          lambda.invoke(
              call ->
                  call.functionName(function)
                      .payload(SdkBytes.fromUtf8String(FactsJson.line(request)))
                      .overrideConfiguration(
                          override -> override.apiCallTimeout(patience(request))));
      String payload = response.payload().asUtf8String();
      if (response.functionError() != null) {
        return Known.unknown(
            "the prober %s failed: %s"
                .formatted(name, payload.substring(0, Math.min(300, payload.length()))));
      }
      ProbeAnswer answer = FactsJson.read(payload, ProbeAnswer.class);
      return answer.results().size() == request.endpoints().size()
          ? Known.of(answer)
          : Known.unknown(
              "the prober %s answered %d of %d"
                  .formatted(name, answer.results().size(), request.endpoints().size()));
    } catch (SdkException | IllegalArgumentException failure) {
      return Known.unknown("the prober %s: %s".formatted(name, failure.getMessage()));
    }
  }

  private static Duration patience(ProbeRequest request) {
    int limit = request.limitMillis() == null ? 0 : request.limitMillis();
    return Duration.ofMillis(limit).plus(TO_INVOKE);
  }
}
