package lbresponder.journey;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.probe.Endpoint;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;

/// Asks the load balancer itself, as a client does: whose error clients see, the `Server` header of
/// the answer tells.
final class ListenerProbe {
  private static final int ANSWER_MILLIS = 5000;
  private static final int MOST_LISTENERS = 10;

  private ListenerProbe() {}

  /// One result for each listener, at the first address its name leads to. Where the name leads to
  /// none, the result says that nothing was tried.
  ///
  /// @param limitMillis as {@link ProbeRequest#limitMillis}
  static List<ProbeResult> results(Facts facts, Sweep sweep, int limitMillis) {
    Known<LoadBalancer> read = facts.wiring().loadBalancer();
    if (!(read instanceof Known.Value<LoadBalancer>(LoadBalancer loadBalancer))) {
      return List.of();
    }
    List<Listener> listeners =
        facts.wiring().listeners().orElse(List.of()).stream()
            .filter(listener -> listener.protocol().carriesTcp())
            .limit(MOST_LISTENERS)
            .toList();
    String address;
    try {
      address = InetAddress.getByName(loadBalancer.dnsName()).getHostAddress();
    } catch (UnknownHostException nowhere) {
      return listeners.stream().map(listener -> unresolved(loadBalancer, listener)).toList();
    }
    List<Endpoint> endpoints =
        listeners.stream().map(listener -> endpoint(loadBalancer, listener, address)).toList();
    return sweep.run(new ProbeRequest(endpoints, limitMillis)).results().stream()
        .map(result -> TargetProbing.result(result, Vantage.HERE, List.of()))
        .toList();
  }

  private static String label(LoadBalancer loadBalancer, Listener listener) {
    return loadBalancer.dnsName() + ":" + listener.port();
  }

  private static ProbeResult unresolved(LoadBalancer loadBalancer, Listener listener) {
    return new ProbeResult(
        label(loadBalancer, listener),
        loadBalancer.dnsName(),
        listener.port(),
        Purpose.LISTENER,
        Vantage.HERE,
        List.of(),
        List.of(new Connection.NotDialled("its name leads to no address from this machine")));
  }

  private static Endpoint endpoint(LoadBalancer loadBalancer, Listener listener, String address) {
    return new Endpoint(
        label(loadBalancer, listener),
        address,
        listener.port(),
        Purpose.LISTENER,
        "",
        "",
        Endpoints.stages(listener.protocol()),
        loadBalancer.dnsName(),
        "/",
        false,
        null,
        ANSWER_MILLIS,
        0);
  }
}
