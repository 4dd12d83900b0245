package lbresponder.aws.read;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.aws.sdk.ClientPool;
import lbresponder.aws.sdk.Credentials;
import lbresponder.facts.Facts;
import lbresponder.facts.Gatherer;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.ProberLocation;

/// Reads Classic, Application and Network Load Balancers; the region is the load balancer's own.
public final class AwsGatherer implements Gatherer {
  private final ClientPool clients;
  private final Clock clock;
  private final RecentTags recentTags;

  public AwsGatherer(ClientPool clients, Clock clock) {
    this.clients = clients;
    this.clock = clock;
    this.recentTags = new RecentTags(clock);
  }

  @Override
  public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
    AwsClients there = in(loadBalancer);
    try (Calls calls = new Calls(deadline)) {
      Known<Map<String, String>> tags =
          calls
              .start(LoadBalancerTags.ACTION, () -> LoadBalancerTags.of(there, loadBalancer))
              .get();
      return recentTags.remember(loadBalancer, tags);
    }
  }

  @Override
  public String refusal(LoadBalancerId loadBalancer, Instant deadline) {
    try (Calls calls = new Calls(deadline)) {
      return refusal(
          loadBalancer,
          calls
              .start(
                  "sts:GetCallerIdentity",
                  () -> clients.read(loadBalancer.account(), loadBalancer.region()))
              .get());
    }
  }

  private static String refusal(LoadBalancerId loadBalancer, Known<String> reader) {
    String asked = loadBalancer.account();
    String read = reader.orElse(asked);
    String profile = Credentials.profile().orElse("");
    return asked.isEmpty() || read.equals(asked)
        ? ""
        : "%s is of account %s, and the credentials%s are of %s: set AWS_PROFILE to a profile of %s, or LB_RESPONDER_MEMBER_ROLE and LB_RESPONDER_ACCOUNTS"
            .formatted(
                loadBalancer.name(),
                asked,
                profile.isEmpty() ? "" : " (profile " + profile + ")",
                read,
                asked);
  }

  @Override
  public Facts gather(Incident incident, Instant deadline) {
    Instant now = clock.instant();
    try (Calls calls = new Calls(deadline)) {
      Gathering gathering =
          new Gathering(
              in(incident.loadBalancer()),
              calls,
              incident,
              now,
              recentTags.find(incident.loadBalancer()));
      return gathering.kind() == Kind.CLASSIC
          ? GatherClassic.gather(gathering)
          : GatherElbV2.gather(gathering);
    }
  }

  @Override
  public ProberLocation locate(Facts facts, String prober, Instant deadline) {
    return ProberInterfaces.locate(facts, prober, deadline, in(facts.incident().loadBalancer()));
  }

  private AwsClients in(LoadBalancerId loadBalancer) {
    return clients.in(loadBalancer.account(), loadBalancer.region());
  }
}
