package lbresponder.aws;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.facts.Repair;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;

/// AWS: Classic, Application and Network Load Balancers, alarms of CloudWatch.
///
/// Credentials are those of {@link Accounts}, endpoints the SDK's defaults; the region is the load
/// balancer's own.
public final class AwsProvider implements Provider {
  private final SdkHttpClient http;
  private final List<ExecutionInterceptor> watchers;
  private final Clock clock;
  private final Accounts accounts;
  private final Map<String, AwsClients> clients = new ConcurrentHashMap<>();

  public AwsProvider() {
    this(AwsClients.http(), List.of(), Clock.systemUTC());
  }

  /// @param http carries every call
  /// @param watchers see every call
  public AwsProvider(SdkHttpClient http, List<ExecutionInterceptor> watchers, Clock clock) {
    this(http, watchers, clock, Accounts.own());
  }

  public AwsProvider(
      SdkHttpClient http, List<ExecutionInterceptor> watchers, Clock clock, Accounts accounts) {
    this.http = http;
    this.watchers = List.copyOf(watchers);
    this.clock = clock;
    this.accounts = accounts;
  }

  /// Builds the clients of a region ahead: what a function does before its first message costs
  /// nobody time.
  ///
  /// @param region null: none, they are built when they are needed
  public static AwsProvider preparedFor(@Nullable String region, Accounts accounts) {
    AwsProvider provider =
        new AwsProvider(AwsClients.http(), List.of(), Clock.systemUTC(), accounts);
    if (region != null) {
      provider.in("", region);
    }
    return provider;
  }

  @Override
  public Recognised recognise(String message) {
    return AlarmReader.read(message);
  }

  @Override
  public Recognised resolve(Recognised.Composite composite, Instant deadline) {
    try (Calls calls = new Calls(deadline)) {
      Place place = Composites.place(composite);
      return new Composites(calls, in(place.account(), place.region()).cloudwatch())
          .resolve(composite, place);
    } catch (Unfit unfit) {
      return new Recognised.Unreadable(unfit.why());
    }
  }

  @Override
  public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
    AwsClients there = in(loadBalancer.account(), loadBalancer.region());
    try (Calls calls = new Calls(deadline)) {
      return calls
          .start(
              "elasticloadbalancing:DescribeTags",
              () ->
                  loadBalancer.kind() == Kind.CLASSIC
                      ? GatherClassic.tags(there.elb(), loadBalancer.name())
                      : GatherV2.tags(there.elbv2(), loadBalancer.arn()))
          .get();
    }
  }

  @Override
  public Facts gather(Incident incident, Instant deadline) {
    Instant now = clock.instant();
    try (Calls calls = new Calls(deadline)) {
      Gathering gathering =
          new Gathering(
              in(incident.loadBalancer().account(), incident.loadBalancer().region()),
              calls,
              incident,
              now);
      return incident.loadBalancer().kind() == Kind.CLASSIC
          ? GatherClassic.gather(gathering)
          : GatherV2.gather(gathering);
    }
  }

  /// Where a prober in the load balancer's VPC stands. Never throws.
  ///
  /// @param function its ARN
  public Standing standing(Facts facts, String function, Instant deadline) {
    LoadBalancerId id = facts.incident().loadBalancer();
    return Standing.of(facts, function, deadline, in(id.account(), id.region()));
  }

  @Override
  public List<String> word(Repair repair, Facts facts) {
    return Commands.word(repair, facts);
  }

  @Override
  public List<Link> links(Incident incident) {
    return ConsoleLinks.links(incident);
  }

  private AwsClients in(String account, String region) {
    AwsCredentialsProvider credentials = accounts.credentials(account, region, http);
    return clients.computeIfAbsent(
        credentials == null ? region : region + " " + account,
        _ -> AwsClients.in(region, http, watchers, credentials));
  }
}
