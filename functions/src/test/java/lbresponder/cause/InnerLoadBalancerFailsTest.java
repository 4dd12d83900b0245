package lbresponder.cause;

import static lbresponder.cause.InnerLoadBalancers.behind;
import static lbresponder.cause.InnerLoadBalancers.failing;
import static lbresponder.cause.InnerLoadBalancers.groups;
import static lbresponder.cause.InnerLoadBalancers.in;
import static lbresponder.cause.InnerLoadBalancers.listeners;
import static lbresponder.cause.InnerLoadBalancers.loadBalancer;
import static lbresponder.cause.InnerLoadBalancers.rules;
import static lbresponder.testing.SituationNetwork.admits;
import static lbresponder.testing.SituationNetwork.letsOut;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.forward;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.listener;
import static lbresponder.testing.SituationWiring.target;

import java.util.List;
import java.util.function.UnaryOperator;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Protocol;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.State;
import lbresponder.facts.Wiring;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// As {@link InnerLoadBalancers} sets it up.
class InnerLoadBalancerFailsTest {
  @ParameterizedTest
  @MethodSource({"wiring", "targets", "securityGroups", "checks"})
  void theOneBehind(SituationRow row) {
    row.holdsFor(new InnerLoadBalancerFails());
  }

  static List<SituationRow> wiring() {
    return List.of(
        row(NOT_APPLICABLE, "targets are machines", s -> s),
        row(RULED_OUT, "all is well", s -> behind(s, same -> same))
            .saying("inner: its listener on port 80 has healthy targets"),
        row(
            RULED_OUT,
            "it is well, and its checks fail for another reason",
            s -> failing(s, w -> w)),
        row(
                PROVEN,
                "it was deleted",
                s -> failing(s, w -> w.withLoadBalancer(Known.none("inner does not exist"))))
            .saying("inner: inner does not exist"),
        row(
                PROVEN,
                "it could not be set up",
                s -> failing(s, loadBalancer(b -> b.withState("failed"))))
            .saying("its state is failed"),
        row(
            POSSIBLE,
            "it cannot grow",
            s -> failing(s, loadBalancer(b -> b.withState("active_impaired")))),
        row(
                PROVEN,
                "it does not listen there",
                s -> failing(s, listeners(listener(443, forward("app", 1)))))
            .saying("inner: it has no listener on port 80, but on 443"),
        row(
                LIKELY,
                "it does not listen there, and checks pass",
                s -> behind(s, listeners(listener(443, forward("app", 1)))))
            .saying("but its health checks pass"),
        row(
            RULED_OUT,
            "its listener redirects",
            s ->
                failing(
                    s,
                    listeners(
                        listener(
                            80, new Listener.Redirect(301, Known.unknown(Situation.UNREAD)))))),
        row(
                UNKNOWN,
                "nobody looked at it",
                s ->
                    failing(s, w -> w)
                        .fleet(f -> f.withLoadBalancers(Known.unknown(Situation.UNREAD))))
            .saying(Situation.UNREAD),
        row(
            UNKNOWN,
            "others were looked at",
            s -> failing(s, w -> w).fleet(f -> f.withLoadBalancers(Known.of(List.of())))),
        row(UNKNOWN, "it may not be read", s -> failing(s, _ -> Wiring.unknown(Situation.UNREAD))),
        row(
            UNKNOWN,
            "its listeners may not be read",
            s -> failing(s, w -> w.withListeners(Known.unknown(Situation.UNREAD)))));
  }

  static List<SituationRow> targets() {
    TargetGroup down = group("app", in(State.UNHEALTHY, "i-7"), in(State.DRAINING, "i-8"));
    Listener two = listener(80, forward("api", 1), forward("app", 1));
    return List.of(
        row(PROVEN, "no target of its own is healthy", s -> failing(s, groups(down)))
            .saying("sends to app (2), of which no target is healthy"),
        row(PROVEN, "it has none", s -> failing(s, groups(group("app")))).saying("app (0)"),
        row(
            POSSIBLE,
            "none is healthy, and it sends to them all the same: checks pass",
            s -> behind(s, groups(down))),
        row(
            RULED_OUT,
            "half of them are healthy",
            s -> failing(s, groups(group("app", in(State.UNHEALTHY, "i-7"), target("i-8"))))),
        row(
                POSSIBLE,
                "one path has none",
                s ->
                    failing(
                        s,
                        listeners(two).andThen(groups(down, group("api", target("i-9"))))::apply))
            .saying("sends to app (2), of which no target is healthy, and to others"),
        row(
            UNKNOWN,
            "one path has none, and checks pass",
            s ->
                behind(
                    s, listeners(two).andThen(groups(down, group("api", target("i-9"))))::apply)),
        row(
            PROVEN,
            "no path has any",
            s -> failing(s, listeners(two).andThen(groups(down, group("api")))::apply)),
        row(
            RULED_OUT,
            "a group that it does not use has none",
            s -> failing(s, groups(group("app", target("i-7")), group("old")))),
        row(
            UNKNOWN,
            "they are starting",
            s -> failing(s, groups(group("app", in(State.INITIAL, "i-7"))))),
        row(
            UNKNOWN,
            "they are functions",
            s -> failing(s, groups(down.withTargetType(TargetType.FUNCTION)))),
        row(
            UNKNOWN,
            "they may not be read",
            s -> failing(s, groups(down.withTargets(Known.unknown(Situation.UNREAD))))),
        row(
            POSSIBLE,
            "its rules may not be read",
            s ->
                failing(
                    s,
                    listeners(
                                listener(80, forward("app", 1))
                                    .withRules(Known.unknown(Situation.UNREAD)))
                            .andThen(groups(down))
                        ::apply)));
  }

  static List<SituationRow> securityGroups() {
    return List.of(
        row(
                PROVEN,
                "its group admits others",
                s -> rules(failing(s, w -> w), admits(80, "10.9.0.0/16")))
            .saying("inner: no rule of sg-inner admits tcp/80 from 10.0.1.5"),
        row(
            LIKELY,
            "so, and checks pass",
            s -> rules(behind(s, w -> w), admits(80, "10.9.0.0/16"))),
        row(
            RULED_OUT,
            "its group admits by range",
            s -> rules(failing(s, w -> w), admits(80, "10.0.0.0/16"))),
        row(
            RULED_OUT,
            "its group admits one zone's node only",
            s -> rules(failing(s, w -> w), admits(80, "10.0.1.0/24"))),
        row(
                PROVEN,
                "clients keep their addresses, and it admits private ones",
                s ->
                    rules(
                        behind(s, w -> w)
                            .group("tg", group -> group.withKeepsClientAddress(Known.of(true))),
                        admits(80, "10.0.0.0/8"),
                        letsOut(null)))
            .saying("no rule of sg-inner admits an address outside private networks on tcp/80"),
        row(
            RULED_OUT,
            "clients keep their addresses, and it admits this one's group",
            s ->
                behind(s, w -> w)
                    .group("tg", group -> group.withKeepsClientAddress(Known.of(true)))),
        row(
            UNKNOWN,
            "its groups may not be read",
            s ->
                failing(
                    s, loadBalancer(b -> b.withSecurityGroups(Known.unknown(Situation.UNREAD))))),
        row(
            UNKNOWN,
            "this one's groups may not be read",
            s ->
                failing(s, w -> w)
                    .loadBalancer(b -> b.withSecurityGroups(Known.unknown(Situation.UNREAD)))));
  }

  static List<SituationRow> checks() {
    UnaryOperator<TargetGroup> overTls =
        group -> group.withHealthCheck(group.healthCheck().withProtocol(Protocol.HTTPS));
    UnaryOperator<TargetGroup> elsewhere =
        group -> group.withHealthCheck(group.healthCheck().withPort(8443));
    return List.of(
        row(
                PROVEN,
                "checks speak TLS to a plain listener",
                s -> failing(s, w -> w).group("tg", overTls))
            .saying("health checks speak HTTPS on port 80, where it listens for HTTP"),
        row(RULED_OUT, "and yet they pass", s -> behind(s, w -> w).group("tg", overTls)),
        row(
                PROVEN,
                "checks ask where it does not listen",
                s -> failing(s, w -> w).group("tg", elsewhere))
            .saying("health checks ask on port 8443, where it has no listener"),
        row(
            PROVEN,
            "checks speak plainly to a listener for TLS",
            s ->
                failing(
                    s, listeners(listener(80, forward("app", 1)).withProtocol(Protocol.HTTPS)))),
        row(
            RULED_OUT,
            "so, and its answer to that is accepted",
            s ->
                failing(s, listeners(listener(80, forward("app", 1)).withProtocol(Protocol.HTTPS)))
                    .group(
                        "tg",
                        group ->
                            group.withHealthCheck(group.healthCheck().withMatcher("200-499")))),
        row(
            LIKELY,
            "whether checks pass is not known",
            s ->
                behind(s, groups(group("app")))
                    .health("inner", TargetHealth.registering())
                    .healthUnread("inner")));
  }
}
