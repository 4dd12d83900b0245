package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Protocol;
import lbresponder.probe.Guard;
import lbresponder.probe.Sweep;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

/// A server on loopback in the load balancer's place.
class ListenerProbeTest {
  private static Facts named(String name, int port) {
    Facts facts = RecordedFacts.of("NothingListening/the-process-died");
    return facts.withWiring(
        facts
            .wiring()
            .withLoadBalancer(
                facts.wiring().loadBalancer().map(loadBalancer -> loadBalancer.withDnsName(name)))
            .withListeners(
                Known.of(
                    List.of(listener("l", port, Protocol.HTTP), listener("u", 53, Protocol.UDP)))));
  }

  private static Listener listener(String id, int port, Protocol protocol) {
    return new Listener(id, port, protocol, new Listener.FixedResponse(503), Known.of(List.of()));
  }

  private static List<String> reported(Facts facts) {
    Sweep sweep = new Sweep(Guard.within("127.0.0.0/8,::1/128", true));
    return RecordedFacts.report(
            facts.withProbes(Known.of(ListenerProbe.results(facts, sweep, 60_000))))
        .frontDoor();
  }

  @Test
  void whoAnswersIsReported() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Server", "awselb/2.0");
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    try {
      int port = server.getAddress().getPort();
      assertThat(reported(named("localhost", port)))
          .containsExactly(
              "localhost:%d answers 503, the load balancer itself (awselb/2.0)".formatted(port));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aNameThatLeadsNowhereIsReported() {
    assertThat(reported(named("nowhere.invalid", 80)))
        .containsExactly(
            "nowhere.invalid:80 was not probed: its name leads to no address from this machine");
  }

  @Test
  void withoutALoadBalancerNothingIsAsked() {
    Facts facts = named("localhost", 80);
    Facts gone =
        facts.withWiring(facts.wiring().withLoadBalancer(Known.none("web does not exist")));
    assertThat(ListenerProbe.results(gone, new Sweep(Guard.anywhere()), 60_000)).isEmpty();
  }
}
