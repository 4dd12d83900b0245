package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import lbresponder.aws.AwsProvider;
import lbresponder.check.Runbook;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.probe.Guard;
import lbresponder.probe.Sweep;
import lbresponder.report.Report;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

/// A server on loopback in the load balancer's place.
class FrontDoorTest {
  private static Facts called(String name, int port) {
    Facts facts = RecordedFacts.of("NothingListening/the-process-died");
    return facts
        .withLoadBalancer(
            facts
                .loadBalancer()
                .map(
                    one ->
                        new LoadBalancer(
                            one.id(),
                            name,
                            one.internal(),
                            one.state(),
                            one.network(),
                            one.zones(),
                            one.securityGroups(),
                            one.attributes(),
                            one.tags())))
        .withListeners(
            Known.of(
                List.of(
                    new Listener(
                        "l", port, "HTTP", new Listener.FixedResponse(503), Known.of(List.of())),
                    new Listener(
                        "u", 53, "UDP", new Listener.FixedResponse(503), Known.of(List.of())))));
  }

  private static List<String> told(Facts facts) {
    List<Dial> dials = FrontDoor.dials(facts, new Sweep(Guard.within("127.0.0.0/8,::1/128", true)));
    Facts dialled = facts.withDials(Known.of(dials));
    return Report.of(dialled, Runbook.diagnose(dialled), new AwsProvider()).frontDoor();
  }

  @Test
  void whoAnswersIsTold() throws IOException {
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
      assertThat(told(called("localhost", port)))
          .containsExactly(
              "localhost:%d answers 503, the load balancer itself (awselb/2.0)".formatted(port));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aNameThatLeadsNowhereIsTold() {
    assertThat(told(called("nowhere.invalid", 80)))
        .containsExactly(
            "nowhere.invalid:80 was not dialled: its name leads to no address from this machine");
  }
}
