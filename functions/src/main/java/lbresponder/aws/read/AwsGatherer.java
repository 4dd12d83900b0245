package lbresponder.aws.read;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Caller;
import lbresponder.aws.sdk.Calls;
import lbresponder.aws.sdk.Calls.Pending;
import lbresponder.aws.sdk.ClientPool;
import lbresponder.aws.sdk.Credentials;
import lbresponder.facts.Facts;
import lbresponder.facts.Gatherer;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.ProberLocation;
import org.jspecify.annotations.Nullable;

/// Reads Classic, Application and Network Load Balancers; the region is the load balancer's own.
public final class AwsGatherer implements Gatherer {
  private final ClientPool clients;
  private final Clock clock;

  public AwsGatherer(ClientPool clients, Clock clock) {
    this.clients = clients;
    this.clock = clock;
  }

  /// A load balancer of another account may have the same name, and its tags ask for silence: those
  /// of one that has no ARN are not told before it is known who reads, unless nobody can tell.
  ///
  /// Nothing is cancelled at the deadline: what arrives late is there for who asks next.
  @Override
  public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
    Calls calls = new Calls(deadline);
    Pending<String> reader = reader(loadBalancer, calls);
    Known<Map<String, String>> tags =
        calls
            .start(
                LoadBalancerTags.ACTION, () -> LoadBalancerTags.of(in(loadBalancer), loadBalancer))
            .get();
    if (tags.isKnown() && Kind.of(loadBalancer) != Kind.CLASSIC) {
      return tags;
    }
    Known<String> read = reader.get();
    String refusal = refusal(loadBalancer, read);
    if (!refusal.isEmpty()) {
      return Known.unknown(refusal);
    }
    return reader.isLate() ? tags.flatMap(_ -> read.map(_ -> Map.of())) : tags;
  }

  @Override
  public String refusal(LoadBalancerId loadBalancer, Instant deadline) {
    try (Calls calls = new Calls(deadline)) {
      return refusal(loadBalancer, reader(loadBalancer, calls).get());
    }
  }

  /// The account that is read: asked beside everything else, so that nothing waits for it.
  private Pending<String> reader(LoadBalancerId loadBalancer, Calls calls) {
    return calls.start(
        Caller.ACTION, () -> clients.read(loadBalancer.account(), loadBalancer.region()));
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
    LoadBalancerId loadBalancer = incident.loadBalancer();
    try (Calls calls = Calls.oneAfterAnother(deadline)) {
      Pending<String> reader = reader(loadBalancer, calls);
      Gathering gathering = new Gathering(in(loadBalancer), calls, incident, now);
      Facts facts =
          gathering.kind() == Kind.CLASSIC
              ? GatherClassic.gather(gathering)
              : GatherElbV2.gather(gathering);
      String refusal = refusal(loadBalancer, reader.get());
      return refusal.isEmpty()
          ? facts.withDoubt(doubt(reader.get())).withReadAt(calls.readAt(now))
          : Facts.unknown(incident, now, refusal);
    }
  }

  /// The call needs no permission: where it is refused, none that a role is given would help.
  private static @Nullable String doubt(Known<String> reader) {
    return reader instanceof Known.Unknown<String>(String why)
        ? why.replace(Calls.TO_ADD, "")
        : null;
  }

  @Override
  public Known<Picture> picture(Incident incident, Instant began, Instant deadline) {
    try (Calls calls = new Calls(deadline)) {
      return calls
          .start(
              MetricPicture.ACTION,
              () ->
                  MetricPicture.draw(
                      in(incident.loadBalancer()).cloudwatch(), incident, began, clock.instant()))
          .get();
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
