package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkAclRulesTest {
  private static final Cidr NODE = range("10.0.1.5");

  private static Cidr range(String text) {
    return Objects.requireNonNull(Cidr.parse(text), text);
  }

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

  private static Entry of(int number, boolean allow, String range) {
    return new Entry(number, false, allow, "6", range, null, null);
  }

  /// Whether all of 10.0.1.0/24 passes, whose nodes are not known.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # entry 50    | allows | entry 100     | passes | closed by
          10.0.1.0/24   | true   | 192.0.2.0/24  | all    |
          10.0.0.0/16   | true   | 192.0.2.0/24  | all    |
          10.0.1.0/25   | true   | 10.0.1.128/25 | all    |
          10.0.1.0/25   | true   | 192.0.2.0/24  | part   | *
          10.0.1.128/25 | true   | 192.0.2.0/24  | part   | *
          10.0.1.64/26  | true   | 192.0.2.0/24  | part   | *
          10.0.1.0/26   | true   | 10.0.1.128/25 | part   | *
          10.0.1.192/26 | true   | 10.0.1.0/25   | part   | *
          10.0.1.64/26  | false  | 0.0.0.0/0     | part   | 50
          10.0.1.7/32   | false  | 0.0.0.0/0     | part   | 50
          10.0.1.0/24   | false  | 0.0.0.0/0     | none   | 50
          """)
  void aSubnetPassesAsAWholeOrInPart(
      String first, boolean allow, String second, String passes, String closes) {
    NetworkAcl acl =
        new NetworkAcl("acl-1", List.of(), List.of(of(50, allow, first), of(100, true, second)));
    String closed = "rule %s of acl-1 denies tcp/8080 from 10.0.1.0/24".formatted(closes);
    assertThat(NetworkAclRules.of(acl, false).tcp(8080, 8080, range("10.0.1.0/24")))
        .isEqualTo(
            switch (passes) {
              case "all" -> new Hop.Allowed("rule 50 of acl-1");
              case "part" -> new Hop.Partial(closed, "only a part of 10.0.1.0/24");
              default -> new Hop.Denied(closed);
            });
  }

  @Test
  void whatBeginsRightBesideTheSubnetDoesNotMatter() {
    NetworkAcl acl =
        new NetworkAcl(
            "acl-1",
            List.of(),
            List.of(
                of(50, false, "10.0.2.0/24"),
                of(60, false, "10.0.0.0/24"),
                of(100, true, "0.0.0.0/0")));
    assertThat(NetworkAclRules.of(acl, false).tcp(8080, 8080, range("10.0.1.0/24")))
        .isEqualTo(new Hop.Allowed("rule 100 of acl-1"));
  }

  @Test
  void onePartOfASubnetMayBeOpenInPartAndOneUnknown() {
    Entry some = new Entry(50, false, true, "6", "10.0.1.0/25", 1024, 40000);
    Cidr subnet = range("10.0.1.0/24");
    NetworkAcl acl =
        new NetworkAcl("acl-1", List.of(), List.of(some, of(60, true, "10.0.1.128/25")));
    assertThat(NetworkAclRules.of(acl, false).tcp(1024, 65535, subnet))
        .isEqualTo(new Hop.Partial("rule * of acl-1", "only a part of 10.0.1.0/24"));
    NetworkAcl unsure =
        new NetworkAcl(
            "acl-1", List.of(), List.of(of(50, true, "10.0.1.0/25"), of(60, true, "nowhere")));
    assertThat(NetworkAclRules.of(unsure, false).tcp(8080, 8080, subnet))
        .isEqualTo(new Hop.Unknown("rule 60 of acl-1 names `nowhere`, which is no range"));
  }

  @Test
  void theFirstThatDeniesAPartIsNamed() {
    assertThat(
            through(
                1024,
                65535,
                entry(50, true, "6", 1024, 2000),
                entry(60, false, "6", 2001, 3000),
                entry(70, false, "6", 3001, 4000),
                entry(80, true, "6", 4001, 65535)))
        .isEqualTo(new Hop.Partial("rule 60 of acl-1", "tcp/1024-2000, 4001-65535 of 1024-65535"));
    assertThat(through(1, 9, entry(50, true, "6", 1, 5), entry(60, true, "6", 6, 9)))
        .isEqualTo(new Hop.Allowed("rule 50 of acl-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # protocol | from | to   | what is said
          6          |      |      | Allowed
          6          | 8080 |      | Allowed
          6          |      | 8080 | Allowed
          6          | 8080 | 8080 | Allowed
          6          | 9000 | 8080 | rule 50 of acl-1 has ports that end before they begin
          tcp        |      |      | rule 50 of acl-1 has the protocol `tcp`, which is not understood
          17         |      |      | Denied
          """)
  void whatAnEntryOnlySays(
      String protocol, @Nullable Integer from, @Nullable Integer to, String said) {
    Hop hop = through(8080, 8080, new Entry(50, false, true, protocol, "0.0.0.0/0", from, to));
    assertThat(hop instanceof Hop.Unknown(String why) ? why : hop.getClass().getSimpleName())
        .isEqualTo(said);
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
