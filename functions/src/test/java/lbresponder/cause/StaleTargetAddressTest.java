package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationNetwork.card;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Repair;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Targets are registered by address. There are subnets 10.0.11.0/24 and 10.0.12.0/24, in which
/// interfaces carry 10.0.11.1, 10.0.11.2 and 10.0.12.3.
class StaleTargetAddressTest {
  private static Situation failing(Situation situation, String... addresses) {
    return situation
        .targets(Stream.of(addresses).map(SituationWiring::target).toArray(Target[]::new))
        .groups(group -> group.withTargetType(TargetType.ADDRESS))
        .failing(Reason.TIMED_OUT, addresses);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.11.1, RULED_OUT",
    "10.0.11.9, PROVEN",
    "10.0.12.3, RULED_OUT",
    "10.0.12.255, PROVEN",
    "10.0.13.0, UNKNOWN",
    "192.0.2.1, UNKNOWN"
  })
  void byAddress(String address, Answer answer) {
    row(answer, address, s -> failing(s, address)).holdsFor(new StaleTargetAddress());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void onlyATargetThatFailsWithoutAnAnswerMayBeStale(Reason reason) {
    boolean mayBe =
        Set.of(Reason.TIMED_OUT, Reason.CONNECT_TIMED_OUT, Reason.CHECK_FAILED, Reason.UNREACHABLE)
            .contains(reason);
    row(mayBe ? PROVEN : RULED_OUT, "", s -> failing(s, "10.0.11.9").failing(reason, "10.0.11.9"))
        .holdsFor(new StaleTargetAddress());
  }

  @ParameterizedTest
  @MethodSource
  void staleTargetAddress(SituationRow row) {
    row.holdsFor(new StaleTargetAddress());
  }

  static List<SituationRow> staleTargetAddress() {
    return List.of(
        row(RULED_OUT, "targets are machines", s -> s.failing(Reason.TIMED_OUT, "i-1"))
            .saying("no target that is registered by address fails without an answer"),
        row(
            RULED_OUT,
            "they are healthy",
            s ->
                s.targets(target("10.0.11.9"))
                    .groups(group -> group.withTargetType(TargetType.ADDRESS))),
        row(RULED_OUT, "something carries it", s -> failing(s, "10.0.11.1"))
            .saying("an interface carries each failing address"),
        row(
            RULED_OUT,
            "something carries a range that holds it",
            s -> carrying(failing(s, "10.0.11.49"), "10.0.11.48/28")),
        row(
            PROVEN,
            "something carries another range",
            s -> carrying(failing(s, "10.0.11.64"), "10.0.11.48/28")),
        row(PROVEN, "nothing carries it", s -> failing(s, "10.0.11.9", "10.0.12.9"))
            .saying(
                "10.0.11.9\nno interface in targets-a carries 10.0.11.9",
                "no interface in targets-b carries 10.0.12.9",
                "[10.0.11.9:8080, 10.0.12.9:8080]"),
        row(UNKNOWN, "it is outside the subnets", s -> failing(s, "192.0.2.1"))
            .saying("who has 192.0.2.1, outside the subnets of this account"),
        row(PROVEN, "of two one is outside the subnets", s -> failing(s, "192.0.2.1", "10.0.11.9"))
            .saying("[10.0.11.9:8080]"),
        row(
            PROVEN,
            "its subnet has another range too",
            s -> subnet(failing(s, "10.0.11.9"), "1", "10.0.11.0/24", "2001:db8::/64")),
        row(
            UNKNOWN,
            "it is in a subnet of another account",
            s -> subnet(failing(s, "10.0.11.9"), "2", "10.0.11.0/24")),
        row(
                UNKNOWN,
                "health could not be read",
                s -> failing(s, "10.0.11.9").healthUnread("10.0.11.9"))
            .saying("the health of 10.0.11.9:8080"),
        row(
                UNKNOWN,
                "subnets could not be read",
                s ->
                    failing(s, "10.0.11.9")
                        .network(read -> read.withSubnets(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(
            UNKNOWN,
            "interfaces could not be read",
            s ->
                failing(s, "10.0.11.9")
                    .network(read -> read.withInterfaces(Known.unknown(UNREAD)))),
        row(
            UNKNOWN,
            "some targets could not be read",
            s -> s.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))));
  }

  private static Situation carrying(Situation situation, String prefix) {
    NetworkInterface node = card("eni-n", false, "targets-a", "10.0.11.5");
    return situation.network(
        read ->
            read.withInterfaces(
                Known.of(
                    List.of(
                        new NetworkInterface(
                            node.id(),
                            "",
                            false,
                            null,
                            true,
                            node.subnet(),
                            null,
                            node.addresses(),
                            List.of(prefix),
                            node.securityGroups())))));
  }

  private static Situation subnet(Situation situation, String owner, String... ranges) {
    Subnet subnet = new Subnet("targets-a", "a", "net-1", owner, List.of(ranges), 100);
    return situation.network(read -> read.withSubnets(Known.of(List.of(subnet))));
  }

  @Test
  void itIsTakenOutOfItsGroup() {
    Situation situation = failing(new Situation(), "10.0.11.9");
    Verdict.Cause cause = (Verdict.Cause) situation.examine(new StaleTargetAddress());
    assertThat(cause.repairs())
        .containsExactly(new Repair.Deregister("tg", List.of(cause.targets().getFirst().target())));
  }

  @Test
  void whatIsRegisteredTwiceIsSaidOnce() {
    Situation situation = failing(new Situation(), "10.0.11.9", "10.0.11.9");
    Verdict.Cause cause = (Verdict.Cause) situation.examine(new StaleTargetAddress());
    assertThat(cause.because()).containsExactly("no interface in targets-a carries 10.0.11.9");
  }
}
