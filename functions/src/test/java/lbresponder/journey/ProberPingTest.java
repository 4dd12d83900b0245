package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import lbresponder.facts.Known;
import lbresponder.facts.Probers;
import lbresponder.journey.ProberPing.Pinged;
import org.junit.jupiter.api.Test;

class ProberPingTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /// Probers that answer by what they are called; what they are asked is nothing.
  private Probers probers(Known<Map<String, String>> places) {
    return new Probers() {
      @Override
      public Known<Map<String, String>> places(String region) {
        return places;
      }

      @Override
      public String name(String prober) {
        return "of " + prober;
      }

      @Override
      public Known<String> invoke(
          String prober, Function<Duration, String> request, Instant deadline) {
        asked.add(prober + " " + request.apply(Duration.ofSeconds(5)));
        return switch (prober) {
          case "denied" -> Known.unknown("AccessDenied");
          case "hanging" -> {
            sleep();
            yield Known.unknown("too late");
          }
          default -> Known.of("{\"results\":[],\"millis\":1,\"boundMillis\":1}");
        };
      }
    };
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void everyProberIsAskedOnceBesideTheOthersAndWhoIsSilentIsNamed() {
    Map<String, String> places =
        Map.of("lb-1", "well", "vpc-1", "well", "lb-2", "denied", "lb-3", "hanging");
    Instant deadline = Instant.now().plusMillis(800);
    assertThat(ProberPing.ping(probers(Known.of(places)), deadline))
        .isEqualTo(
            Known.of(
                List.of(
                    new Pinged("of denied", "AccessDenied"),
                    new Pinged("of hanging", "the prober of hanging did not answer in time"),
                    new Pinged("of well", ""))));
    assertThat(Instant.now()).isBefore(deadline.plusMillis(800));
    assertThat(asked)
        .hasSize(3)
        .allSatisfy(request -> assertThat(request).contains("\"endpoints\":[]"));
  }

  @Test
  void withoutAListNobodyIsAsked() {
    assertThat(ProberPing.ping(probers(Known.unknown("no list")), Instant.now().plusSeconds(1)))
        .isEqualTo(Known.unknown("no list"));
    assertThat(asked).isEmpty();
  }
}
