package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import org.junit.jupiter.api.Test;

class RecentTagsTest {
  private static final Map<String, String> TAGS = Map.of("owner", "web");

  private Instant now = Instant.parse("2026-01-02T17:03:00Z");
  private final RecentTags recent = new RecentTags(() -> now);

  @Test
  void areFoundForAMinute() {
    assertThat(recent.remember(id("web"), Known.of(TAGS))).isEqualTo(Known.of(TAGS));
    now = now.plusSeconds(59);
    assertThat(recent.find(id("web"))).contains(TAGS);
    assertThat(recent.find(id("other"))).isEmpty();
    now = now.plusSeconds(1);
    assertThat(recent.find(id("web"))).isEmpty();
  }

  /// Somebody may have given the permission in the meantime, or taken it.
  @Test
  void anAnswerThatIsNoValueIsForgottenAndMakesForget() {
    recent.remember(id("web"), Known.unknown("AccessDenied"));
    assertThat(recent.find(id("web"))).isEmpty();
    recent.remember(id("web"), Known.of(TAGS));
    recent.remember(id("web"), Known.unknown("AccessDenied"));
    assertThat(recent.find(id("web"))).isEmpty();
  }

  @Test
  void onlyTheLatestAreKept() {
    IntStream.range(0, 101).forEach(i -> recent.remember(id("web-" + i), Known.of(TAGS)));
    assertThat(recent.find(id("web-0"))).isEmpty();
    assertThat(recent.find(id("web-1"))).contains(TAGS);
    assertThat(recent.find(id("web-100"))).contains(TAGS);
  }

  private static LoadBalancerId id(String name) {
    return Kind.CLASSIC.id("123456789012", "eu-west-1", name, name);
  }
}
