package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Recognised;
import lbresponder.testing.Interfering;
import lbresponder.testing.World;
import org.junit.jupiter.api.Test;

/// Tags are what an owner asks for, and are read before everything else.
class TagsIT extends Emulated {
  private static final String DESCRIBE_TAGS = "elasticloadbalancing:DescribeTags";

  /// Whoever answers an alarm reads the tags first, and they are not read again.
  @Test
  void tagsAreReadOncePerAlarm() {
    World world = new World(endpoint, 2);
    for (String event : List.of(application(world, 1), classic(world))) {
      Interfering network = new Interfering(AwsClients.http());
      AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());
      Incident incident = Incident.of(((Recognised.Alarms) provider.recognise(event)).alarms());
      Instant deadline = Instant.now().plusSeconds(20);
      Known<Map<String, String>> tags = provider.tags(incident.loadBalancer(), deadline);
      Facts facts = provider.gather(incident, deadline);
      assertThat(tags.isKnown()).isTrue();
      assertThat(value(facts.wiring().loadBalancer()).tags()).isEqualTo(tags);
      assertThat(network.calls()).containsOnlyOnce(DESCRIBE_TAGS);
    }
  }

  /// Tags that could not be read a moment ago may be read now.
  @Test
  void tagsThatCouldNotBeReadAreAskedForAgain() {
    World world = new World(endpoint, 2);
    String event = application(world, 1);
    Interfering network =
        new Interfering(AwsClients.http())
            .on(DESCRIBE_TAGS, Interfering.error(DESCRIBE_TAGS, 403, "AccessDenied"));
    AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());
    Incident incident = Incident.of(((Recognised.Alarms) provider.recognise(event)).alarms());
    Instant deadline = Instant.now().plusSeconds(20);
    assertThat(provider.tags(incident.loadBalancer(), deadline).isKnown()).isFalse();
    network.on(DESCRIBE_TAGS, new Interfering.Rewrite(body -> body));
    assertThat(value(provider.gather(incident, deadline).wiring().loadBalancer()).tags().isKnown())
        .isTrue();
  }
}
