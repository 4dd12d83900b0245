package lbresponder.aws;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lbresponder.aws.alarm.CloudWatchAlarmReader;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.read.AwsGatherer;
import lbresponder.aws.repair.Commands;
import lbresponder.aws.repair.ConsoleLinks;
import lbresponder.aws.repair.Grant;
import lbresponder.aws.repair.Undo;
import lbresponder.aws.sdk.Accounts;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.ClientPool;
import lbresponder.aws.sdk.HttpWhenNeeded;
import lbresponder.aws.sdk.SharedReads;
import lbresponder.facts.Alarm;
import lbresponder.facts.AlarmReader;
import lbresponder.facts.AlarmReader.AlarmNow;
import lbresponder.facts.Facts;
import lbresponder.facts.Gatherer;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.facts.Repair;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;

/// AWS: Classic, Application and Network Load Balancers, alarms of CloudWatch.
///
/// Credentials are those of {@link Accounts}, endpoints the SDK's defaults; the region is the load
/// balancer's own. What was read is kept for seconds, for the next who asks ({@link SharedReads}).
public final class AwsProvider implements Provider {
  private final ClientPool clients;
  private final AlarmReader alarms;
  private final Gatherer gatherer;

  /// With the SDK's default credentials.
  public AwsProvider() {
    this(new HttpWhenNeeded(), List.of(), Clock.systemUTC());
  }

  /// @param http carries every call
  /// @param watchers see every call
  public AwsProvider(SdkHttpClient http, List<ExecutionInterceptor> watchers, Clock clock) {
    this(http, watchers, clock, Accounts.own());
  }

  public AwsProvider(
      SdkHttpClient http, List<ExecutionInterceptor> watchers, Clock clock, Accounts accounts) {
    this.clients = new ClientPool(new SharedReads(http, clock), watchers, accounts);
    this.alarms = new CloudWatchAlarmReader(clients);
    this.gatherer = new AwsGatherer(clients, clock);
  }

  /// Builds the clients of a region ahead: what a function does before its first message costs
  /// nobody time.
  ///
  /// @param region null: none, they are built when they are needed
  public static AwsProvider preparedFor(@Nullable String region, Accounts accounts) {
    AwsProvider provider =
        new AwsProvider(AwsClients.http(), List.of(), Clock.systemUTC(), accounts);
    if (region != null) {
      provider.clients.in("", region);
    }
    return provider;
  }

  @Override
  public String name() {
    return Kind.PROVIDER;
  }

  @Override
  public Recognised recognise(String message) {
    return alarms.recognise(message);
  }

  @Override
  public Recognised resolve(Recognised.Composite composite, Instant deadline) {
    return alarms.resolve(composite, deadline);
  }

  @Override
  public Map<String, Known<AlarmNow>> now(List<Alarm> about, Instant deadline) {
    return alarms.now(about, deadline);
  }

  @Override
  public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
    return gatherer.tags(loadBalancer, deadline);
  }

  @Override
  public String refusal(LoadBalancerId loadBalancer, Instant deadline) {
    return gatherer.refusal(loadBalancer, deadline);
  }

  @Override
  public Facts gather(Incident incident, Instant deadline) {
    return gatherer.gather(incident, deadline);
  }

  @Override
  public Known<Picture> picture(Incident incident, Instant began, Instant deadline) {
    return gatherer.picture(incident, began, deadline);
  }

  @Override
  public ProberLocation locate(Facts facts, String prober, Instant deadline) {
    return gatherer.locate(facts, prober, deadline);
  }

  @Override
  public List<String> commands(Repair repair, Facts facts) {
    return Commands.commands(repair, facts);
  }

  @Override
  public List<String> undo(Repair repair, Facts facts) {
    return Undo.commands(repair, facts);
  }

  @Override
  public List<String> refused(List<String> gaps) {
    return Grant.denied(gaps);
  }

  @Override
  public String grant(List<String> gaps) {
    return Grant.statement(Grant.denied(gaps));
  }

  @Override
  public List<Link> links(Incident incident) {
    return ConsoleLinks.links(incident);
  }
}
