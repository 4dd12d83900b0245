package lbresponder.journey;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Dial.Vantage;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Endpoint.Stage;
import lbresponder.probe.Sweep;

/// Asks the load balancer itself, as a client does: whose error clients see, the `Server` header of
/// the answer tells.
final class FrontDoor {
  private static final int ANSWER_MILLIS = 5000;
  private static final int MOST_LISTENERS = 10;

  private FrontDoor() {}

  /// One dial for each listener, at the first address its name leads to. A name that leads nowhere
  /// is told as not dialled.
  static List<Dial> dials(Facts facts, Sweep sweep) {
    if (!(facts.loadBalancer() instanceof Known.Value<LoadBalancer>(LoadBalancer balancer))) {
      return List.of();
    }
    List<Listener> listeners =
        facts.listeners().orElse(List.of()).stream()
            .filter(one -> !one.protocol().matches("UDP|QUIC"))
            .limit(MOST_LISTENERS)
            .toList();
    String address;
    try {
      address = InetAddress.getByName(balancer.dnsName()).getHostAddress();
    } catch (UnknownHostException nowhere) {
      return listeners.stream().map(one -> unresolved(balancer, one)).toList();
    }
    List<Endpoint> endpoints =
        listeners.stream().map(one -> endpoint(balancer, one, address)).toList();
    List<Dial> dials = new ArrayList<>();
    for (Sweep.Result result : sweep.run(endpoints)) {
      dials.add(Dialling.dial(result.endpoint(), result.attempts(), Vantage.HERE, List.of()));
    }
    return dials;
  }

  private static String label(LoadBalancer balancer, Listener listener) {
    return balancer.dnsName() + ":" + listener.port();
  }

  private static Dial unresolved(LoadBalancer balancer, Listener listener) {
    return new Dial(
        label(balancer, listener),
        balancer.dnsName(),
        listener.port(),
        Purpose.FRONT_DOOR,
        Vantage.HERE,
        List.of(),
        List.of(new Connection.NotDialled("its name leads to no address from this machine")));
  }

  private static Endpoint endpoint(LoadBalancer balancer, Listener listener, String address) {
    Stream<Stage> stages =
        switch (listener.protocol()) {
          case "HTTPS" -> Stream.of(Stage.TLS, Stage.HTTP);
          case "HTTP" -> Stream.of(Stage.HTTP);
          case "TLS", "SSL" -> Stream.of(Stage.TLS);
          default -> Stream.empty();
        };
    return new Endpoint(
        label(balancer, listener),
        address,
        listener.port(),
        Purpose.FRONT_DOOR,
        "",
        "",
        stages.toList(),
        balancer.dnsName(),
        "/",
        false,
        null,
        ANSWER_MILLIS,
        0);
  }
}
