package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.ProberLocation.Place;
import lbresponder.facts.Probers;
import lbresponder.facts.Target;
import lbresponder.json.FactsJson;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;
import lbresponder.testing.Forwarding;
import lbresponder.testing.Recorded;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

class DeployedProbingTest {
  private static final String NETWORK = "vpc-0123456789abcdef0";

  private final Facts facts = RecordedFacts.of("TargetStopped/only-one-of-three");
  private final String own = facts.incident().loadBalancer().arn();

  /// The load balancer's own groups, in its own subnets.
  private final Place place =
      facts
          .wiring()
          .loadBalancer()
          .map(
              loadBalancer ->
                  new Place(
                      Set.copyOf(loadBalancer.securityGroups().orElse(List.of())),
                      Set.of(loadBalancer.zones().getFirst().subnet())))
          .orElse(new Place(Set.of(), Set.of()));

  private final List<String> asked = new CopyOnWriteArrayList<>();

  /// Every port of every target refuses.
  private static Known<String> refused(String request) {
    ProbeRequest read = FactsJson.read(request, ProbeRequest.class);
    return Known.of(
        FactsJson.line(
            new ProbeAnswer(
                read.endpoints().stream()
                    .map(endpoint -> new Sweep.Result(endpoint, List.of(new Connection.Refused(1))))
                    .toList(),
                1,
                1)));
  }

  private Probers probers(
      Known<Map<String, String>> places, Function<String, Known<String>> answer) {
    return new Probers() {
      @Override
      public Known<Map<String, String>> places(String region) {
        return places;
      }

      @Override
      public Known<String> invoke(
          String prober, Function<Duration, String> request, Instant deadline) {
        asked.add(prober);
        return answer.apply(request.apply(Duration.between(Instant.now(), deadline)));
      }
    };
  }

  private Facts probe(Probers probers, Instant deadline) {
    return probe(probers, deadline, Known.of(place));
  }

  private Facts probe(Probers probers, Instant deadline, Known<Place> standing) {
    Forwarding gatherer =
        new Forwarding(new Recorded("TargetStopped/only-one-of-three.txt")) {
          @Override
          public ProberLocation locate(Facts read, String prober, Instant by) {
            return new ProberLocation(read, List.of("eni-of-" + prober), standing);
          }
        };
    return new DeployedProbing(probers, gatherer, Set.of()).probe(facts, deadline);
  }

  private Known<List<ProbeResult>> probes(
      Known<Map<String, String>> places, Function<String, Known<String>> answer) {
    return probe(probers(places, answer), Instant.now().plusSeconds(30)).evidence().probes();
  }

  @Test
  void theLoadBalancersOwnProberSpeaksForIt() {
    Known<List<ProbeResult>> probes =
        probes(Known.of(Map.of(own, "beside", NETWORK, "elsewhere")), DeployedProbingTest::refused);
    assertThat(asked).containsOnly("beside");
    assertThat(probes.orElse(List.of()))
        .isNotEmpty()
        .allSatisfy(
            probe -> {
              assertThat(probe.from()).isEqualTo(Vantage.LOAD_BALANCER);
              assertThat(probe.interfaces()).isEmpty();
            });
  }

  @Test
  void aProberOfTheNetworkSpeaksForTheInterfacesItIsLocatedAt() {
    Known<List<ProbeResult>> probes =
        probes(Known.of(Map.of(NETWORK, "elsewhere")), DeployedProbingTest::refused);
    assertThat(asked).containsOnly("elsewhere");
    assertThat(probes.orElse(List.of()))
        .isNotEmpty()
        .allSatisfy(
            probe -> {
              assertThat(probe.from()).isEqualTo(Vantage.NETWORK);
              assertThat(probe.interfaces()).containsExactly("eni-of-elsewhere");
            });
  }

  @Test
  void whyNothingWasProbedIsKept() {
    assertThat(probes(Known.unknown("no list"), DeployedProbingTest::refused))
        .isEqualTo(Known.unknown("no list"));
    assertThat(probes(Known.of(Map.of()), DeployedProbingTest::refused))
        .isEqualTo(
            Known.unknown("no prober is deployed for web or its VPC (LB_RESPONDER_PROBERS)"));
    assertThat(asked).isEmpty();
    assertThat(probes(Known.of(Map.of(own, "p")), _ -> Known.unknown("throttled")))
        .isEqualTo(Known.unknown("throttled"));
    assertThat(
            probes(Known.of(Map.of(own, "p")), _ -> Known.of("{\"millis\":1,\"boundMillis\":1}")))
        .isEqualTo(Known.unknown("the prober p: ProbeAnswer.results: missing"));
    String none = FactsJson.line(new ProbeAnswer(List.of(), 1, 1));
    assertThat(probes(Known.of(Map.of(own, "p")), _ -> Known.of(none)))
        .isInstanceOfSatisfying(
            Known.Unknown.class,
            unknown ->
                assertThat(unknown.why()).asString().startsWith("the prober p answered 0 of "));
  }

  @Test
  void withoutTimeNobodyIsAsked() {
    Probers probers = probers(Known.of(Map.of(own, "p")), DeployedProbingTest::refused);
    assertThat(probe(probers, Instant.now()).evidence().probes())
        .isEqualTo(Known.unknown("no time was left to probe"));
    assertThat(asked).isEmpty();
  }

  /// What the report says of a prober that was deployed in the load balancer's place.
  private String displaced(Known<Place> standing) {
    Facts probed =
        probe(
            probers(Known.of(Map.of(own, "p")), DeployedProbingTest::refused),
            Instant.now().plusSeconds(30),
            standing);
    assertThat(probed.evidence().probes().orElse(List.of()))
        .isNotEmpty()
        .allSatisfy(
            probe -> {
              assertThat(probe.from()).isEqualTo(Vantage.NETWORK);
              assertThat(probe.interfaces()).containsExactly("eni-of-p");
            });
    assertThat(RecordedFacts.report(probed).gaps())
        .anySatisfy(
            gap ->
                assertThat(gap)
                    .isEqualTo(
                        "could not probe from where the load balancer stands: "
                            + probed.evidence().displaced()));
    return String.valueOf(probed.evidence().displaced());
  }

  @Test
  void aProberThatNoLongerStandsInTheLoadBalancersPlaceSpeaksForItself() {
    String theirs = place.securityGroups().iterator().next();
    assertThat(displaced(Known.of(new Place(Set.of("sg-old"), place.subnets()))))
        .isEqualTo(
            "the prober p: it is in the security groups sg-old, and the load balancer in "
                + theirs);
    assertThat(displaced(Known.of(new Place(Set.of(theirs, "sg-more"), place.subnets()))))
        .startsWith("the prober p: it is in the security groups ")
        .endsWith("and the load balancer in " + theirs);
    assertThat(displaced(Known.of(new Place(place.securityGroups(), Set.of("subnet-old")))))
        .isEqualTo("the prober p: it stands in subnet-old, and the load balancer does not");
    assertThat(displaced(Known.unknown("ec2:DescribeNetworkInterfaces: AccessDenied")))
        .isEqualTo(
            "the prober p: where it stands is not known:"
                + " ec2:DescribeNetworkInterfaces: AccessDenied");
  }

  @Test
  void whatAnsweredInTimeIsKeptThoughTheProberHangs() {
    Facts many = facts.mapTargetGroups(group -> group.withTargets(group.targets().map(this::many)));
    Function<String, Known<String>> halfHanging =
        request -> {
          if (FactsJson.read(request, ProbeRequest.class).endpoints().size() > 1000) {
            sleep();
          }
          return refused(request);
        };
    Instant deadline = Instant.now().plusSeconds(6);
    Facts probed =
        new DeployedProbing(
                probers(Known.of(Map.of(own, "p")), halfHanging),
                new Recorded("TargetStopped/only-one-of-three.txt"),
                Set.of())
            .probe(many, deadline);
    assertThat(Instant.now()).isBetween(deadline.minusSeconds(1), deadline.plusSeconds(1));
    assertThat(probed.evidence().probes().orElse(List.of()))
        .extracting(probe -> probe.attempts().getFirst().getClass().getSimpleName())
        .contains("Refused", "NotDialled");
    assertThat(RecordedFacts.report(probed).gaps())
        .anySatisfy(
            gap ->
                assertThat(gap)
                    .matches(
                        "could not probe .+ and [\\d,]+ more: the prober p had not finished when"
                            + " the time to probe was over"));
  }

  private List<Target> many(List<Target> targets) {
    return IntStream.rangeClosed(1, 1200)
        .mapToObj(port -> targets.getFirst().withPort(port))
        .toList();
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aProberThatHangsIsWhyNothingWasProbed() {
    Instant deadline = Instant.now().plusSeconds(5);
    Probers hanging =
        probers(
            Known.of(Map.of(own, "p")),
            _ -> {
              sleep();
              return Known.unknown("too late");
            });
    assertThat(probe(hanging, deadline).evidence().probes())
        .isEqualTo(Known.unknown("the prober p had not finished when the time to probe was over"));
    assertThat(Instant.now()).isBefore(deadline.plusSeconds(1));
  }

  @Test
  void aListOfProbersThatDoesNotComeIsNotWaitedFor() {
    Instant deadline = Instant.now().plus(Limits.INVOKE).plusMillis(300);
    Forwarding gatherer = new Forwarding(new Recorded("TargetStopped/only-one-of-three.txt")) {};
    Probers unlisted =
        new Probers() {
          @Override
          public Known<Map<String, String>> places(String region) {
            sleep();
            return Known.of(Map.of());
          }

          @Override
          public Known<String> invoke(
              String prober, Function<Duration, String> request, Instant by) {
            return Known.unknown("nobody asks");
          }
        };
    assertThat(
            new DeployedProbing(unlisted, gatherer, Set.of())
                .probe(facts, deadline)
                .evidence()
                .probes())
        .isEqualTo(Known.unknown("which probers there are was not told in time"));
  }

  @Test
  void aProberIsReachedByAskingItNothing() {
    Known<Map<String, String>> places = Known.of(Map.of());
    Instant soon = Instant.now().plusSeconds(5);
    assertThat(DeployedProbing.reach(probers(places, DeployedProbingTest::refused), "p", soon))
        .isEmpty();
    assertThat(
            DeployedProbing.reach(probers(places, _ -> Known.unknown("AccessDenied")), "p", soon))
        .isEqualTo("AccessDenied");
  }
}
