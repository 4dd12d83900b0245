package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkAclRulesTest {
  private static final Cidr NODE = Objects.requireNonNull(Cidr.parse("10.0.1.5"));

  private static Entry entry(
      @Nullable Integer number, boolean allow, String protocol, int from, int to) {
    return new Entry(number, false, allow, protocol, "0.0.0.0/0", from, to);
  }

  private static Hop through(int from, int to, Entry... entries) {
    return NetworkAclRules.of(new NetworkAcl("acl-1", List.of(), List.of(entries)), false)
        .tcp(from, to, NODE);
  }

  @Test
  void theLowestNumberThatMatchesDecidesWhateverTheListsOrder() {
    assertThat(
            through(8080, 8080, entry(200, true, "6", 1, 65535), entry(50, false, "6", 8080, 8080)))
        .isEqualTo(new Hop.Denied("rule 50 of acl-1 denies tcp/8080 from 10.0.1.5"));
    assertThat(
            through(8080, 8080, entry(200, false, "6", 8080, 8080), entry(50, true, "6", 1, 65535)))
        .isEqualTo(new Hop.Allowed("rule 50 of acl-1"));
  }

  @Test
  void anEntryWithoutANumberIsTheLast() {
    assertThat(
            through(
                8080,
                8080,
                entry(null, false, "-1", 0, 65535),
                entry(32766, true, "6", 8080, 8080)))
        .isEqualTo(new Hop.Allowed("rule 32766 of acl-1"));
    assertThat(through(8080, 8080, entry(null, false, "-1", 0, 65535)))
        .isEqualTo(new Hop.Denied("rule * of acl-1 denies tcp/8080 from 10.0.1.5"));
  }

  @Test
  void whatNoEntryMatchesIsDenied() {
    assertThat(through(8080, 8080))
        .isEqualTo(new Hop.Denied("rule * of acl-1 denies tcp/8080 from 10.0.1.5"));
  }

  @Test
  void portsOfAnEntryForEverythingAreNotLookedAt() {
    assertThat(through(8080, 8080, entry(100, true, "-1", 1, 2))).isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void aPartOfThePortsIsTold() {
    assertThat(through(1024, 65535, entry(100, true, "6", 32768, 65535)))
        .isEqualTo(new Hop.Partial("rule * of acl-1", "tcp/32768-65535 of 1024-65535"));
    assertThat(
            through(
                1024,
                65535,
                entry(100, true, "6", 1024, 40000),
                entry(110, true, "6", 40001, 65535)))
        .isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void anEntryNobodyUnderstandsIsUnknownIfItIsReached() {
    Entry broken = new Entry(50, false, true, "6", "10.0.0.0/99", 1, 65535);
    assertThat(through(8080, 8080, broken))
        .isEqualTo(new Hop.Unknown("rule 50 of acl-1 names `10.0.0.0/99`, which is no range"));
    assertThat(through(8080, 8080, entry(10, true, "6", 8080, 8080), broken))
        .isInstanceOf(Hop.Allowed.class);
  }
}
