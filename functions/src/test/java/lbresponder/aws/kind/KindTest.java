package lbresponder.aws.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Measure;
import lbresponder.facts.PortRange;
import lbresponder.facts.Traits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KindTest {

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isKnownAgainByItsText(Kind kind) {
    LoadBalancerId id = kind.id("123456789012", "eu-west-1", "web", "arn");
    assertThat(Kind.of(id)).isEqualTo(kind);
    assertThat(List.of(id.provider(), id.account(), id.region(), id.name(), id.arn()))
        .containsExactly("aws", "123456789012", "eu-west-1", "web", "arn");
    assertThat(id.traits()).isEqualTo(kind.traits());
  }

  @Test
  void anotherTextIsRefused() {
    LoadBalancerId id = Kind.CLASSIC.id("", "", "web", "arn");
    LoadBalancerId other =
        new LoadBalancerId("aws", "gateway\u202e", "", "", "web", "arn", id.traits());
    assertThatThrownBy(() -> Kind.of(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kind: found `gateway`, expected classic, application or network");
  }

  @Test
  void behavesByItsKind() {
    assertThat(with(Traits::failsOpen)).containsExactly(Kind.APPLICATION, Kind.NETWORK);
    assertThat(with(Traits::countsOwnChecks)).containsExactly(Kind.CLASSIC);
    assertThat(with(Traits::resetsIdleFlows)).containsExactly(Kind.NETWORK);
    assertThat(with(Traits::tellsTimeouts)).containsExactly(Kind.APPLICATION);
    assertThat(with(Traits::filtersWithinSubnet)).containsExactly(Kind.CLASSIC);
    assertThat(with(traits -> traits.sourcePorts().equals(new PortRange(1024, 65535)))).hasSize(3);
    assertThat(with(traits -> traits.spareAddresses() == 8)).hasSize(3);
    assertThat(with(traits -> traits.nodesPerZone() == 4)).hasSize(3);
    assertThat(with(traits -> "awselb/".equals(traits.serverHeader())))
        .containsExactly(Kind.CLASSIC, Kind.APPLICATION);
  }

  @Test
  void countsWhatItsMetricsSay() {
    assertThat(with(traits -> traits.counts(Measure.CONNECTION_ERRORS)))
        .containsExactly(Kind.CLASSIC, Kind.APPLICATION);
    assertThat(with(traits -> traits.counts(Measure.QUEUE_OVERFLOW))).containsExactly(Kind.CLASSIC);
    assertThat(with(traits -> traits.counts(Measure.LB_504))).containsExactly(Kind.APPLICATION);
    assertThat(with(traits -> traits.counts(Measure.LB_RESETS))).containsExactly(Kind.NETWORK);
    assertThat(with(traits -> traits.counts(Measure.REQUESTS))).hasSize(3);
  }

  private static Set<Kind> with(Predicate<Traits> trait) {
    EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
    Stream.of(Kind.values()).filter(kind -> trait.test(kind.traits())).forEach(kinds::add);
    return kinds;
  }
}
