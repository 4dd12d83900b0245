package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lbresponder.facts.Alarm;
import lbresponder.facts.AlarmReader.AlarmNow;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.facts.Repair;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersTest {
  private static final Instant NOW = Instant.parse("2026-01-02T17:05:00Z");

  private final Facts facts = RecordedFacts.of("TargetStopped/only-one-of-three");
  private final Incident incident = facts.incident();
  private final List<String> asked = new ArrayList<>();

  /// Answers every message alike, and notes what else it is asked.
  private final class Fixed implements Provider {
    private final String name;
    private final Recognised answer;

    Fixed(String name, Recognised answer) {
      this.name = name;
      this.answer = answer;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Recognised recognise(String message) {
      return answer;
    }

    @Override
    public Recognised resolve(Recognised.Composite composite, Instant deadline) {
      asked.add(name + " resolve");
      return answer;
    }

    @Override
    public Map<String, Known<AlarmNow>> now(List<Alarm> alarms, Instant deadline) {
      asked.add(name + " now");
      return Map.of(alarms.getFirst().arn(), Known.unknown(name));
    }

    @Override
    public Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline) {
      asked.add(name + " tags");
      return Known.of(Map.of());
    }

    @Override
    public Facts gather(Incident about, Instant deadline) {
      asked.add(name + " gather");
      return facts;
    }

    @Override
    public ProberLocation locate(Facts read, String prober, Instant deadline) {
      asked.add(name + " locate");
      return new ProberLocation(read, List.of());
    }

    @Override
    public List<String> commands(Repair repair, Facts read) {
      asked.add(name + " commands");
      return List.of();
    }

    @Override
    public List<String> undo(Repair repair, Facts read) {
      asked.add(name + " undo");
      return List.of();
    }

    @Override
    public List<Link> links(Incident about) {
      asked.add(name + " links");
      return List.of();
    }
  }

  private Recognised recognised(String kind, String provider) {
    return switch (kind) {
      case "alarms" -> new Recognised.Alarms(incident.alarms());
      case "composite" -> composite(provider);
      case "silenced" -> new Recognised.Silenced(provider, new Recognised.NotOurs(provider));
      case "unreadable" -> new Recognised.Unreadable(provider);
      default -> new Recognised.NotOurs(provider);
    };
  }

  private static Recognised.Composite composite(String provider) {
    return new Recognised.Composite(
        provider,
        "down",
        "arn",
        "",
        Alarm.State.ALARM,
        NOW,
        "",
        Alarm.State.OK,
        null,
        List.of("child"));
  }

  /// What two providers say of a message, and whose answer counts.
  @ParameterizedTest
  @CsvSource({
    "alarms,     not ours,   alarms,     aws",
    "not ours,   alarms,     alarms,     other",
    "unreadable, alarms,     alarms,     other",
    "composite,  silenced,   composite,  aws",
    "unreadable, silenced,   silenced,   other",
    "not ours,   unreadable, unreadable, other",
    "unreadable, unreadable, unreadable, aws",
    "not ours,   not ours,   not ours,   aws; other"
  })
  void theFirstThatCanReadAMessageAnswers(
      String first, String second, String expected, String from) {
    Providers providers =
        new Providers(
            List.of(
                new Fixed("aws", recognised(first, "aws")),
                new Fixed("other", recognised(second, "other"))));
    assertThat(providers.recognise("{}")).isEqualTo(recognised(expected, from));
  }

  @Test
  void everythingElseGoesToTheProviderThatIsNamed() {
    Providers providers =
        new Providers(
            List.of(
                new Fixed("other", recognised("not ours", "other")),
                new Fixed("aws", recognised("not ours", "aws"))));
    assertThat(providers.name()).isEqualTo("other,aws");
    providers.resolve(composite("other"), NOW);
    Alarm alarm = incident.alarms().getFirst();
    assertThat(providers.now(List.of(alarm), NOW))
        .isEqualTo(Map.of(alarm.arn(), Known.unknown("aws")));
    providers.tags(incident.loadBalancer(), NOW);
    providers.gather(incident, NOW);
    providers.locate(facts, "prober", NOW);
    providers.commands(new Repair.CheckTrafficPort("group"), facts);
    providers.links(incident);
    assertThat(asked)
        .containsExactly(
            "other resolve",
            "aws now",
            "aws tags",
            "aws gather",
            "aws locate",
            "aws commands",
            "aws links");
  }

  @Test
  void aProviderThatIsNotThereIsNamed() {
    Providers providers =
        new Providers(List.of(new Fixed("other", recognised("not ours", "other"))));
    assertThatThrownBy(() -> providers.gather(incident, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("provider: found `aws`, expected one of other");
  }
}
