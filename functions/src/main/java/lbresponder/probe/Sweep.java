package lbresponder.probe;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lbresponder.facts.Connection;

/// Many endpoints at once, as many as fit the 1,024 descriptors of a function. What says nothing is
/// tried again, and a few representatives of each group, zone and port that fail are tried often
/// enough to tell a port that never answers from one that sometimes does.
public final class Sweep {
  /// How long a connect may take, in milliseconds: a packet that is lost once is sent again after
  /// one second.
  public static final int CONNECT_MILLIS = 1500;

  /// How many are probed at the same time.
  public static final int WAVE = 900;

  /// Both ports of a wave, or each with the question in its other protocol.
  static final int MOST_ENDPOINTS = 2 * WAVE;

  /// For each group, zone and port.
  public static final int REPRESENTATIVES = 20;

  /// In all, for a representative.
  static final int TRIES = 5;

  private final Guard guard;

  public Sweep(Guard guard) {
    this.guard = guard;
  }

  /// No sweep takes longer, in milliseconds, but for the machine's own delays: two connects for
  /// each {@link #WAVE} endpoints, and three more for the representatives. Where anything is said
  /// after the connect, each of these may take one longest answer more, and so may asking again
  /// those that accept.
  public static long bound(List<Endpoint> endpoints) {
    long waves = Math.ceilDiv((long) endpoints.size(), WAVE);
    long answer = endpoints.stream().mapToLong(Sweep::answer).max().orElse(0);
    long again = answer == 0 ? 0 : Math.ceilDiv((long) endpoints.size() * (TRIES - 1), WAVE);
    return (2 * waves + TRIES - 2 + again) * (CONNECT_MILLIS + answer);
  }

  static long answer(Endpoint endpoint) {
    return endpoint.stages().isEmpty() ? 0 : endpoint.answerMillis() + endpoint.holdMillis();
  }

  /// What probing one endpoint showed.
  ///
  /// @param attempts in the order they were made; never empty
  public record Result(Endpoint endpoint, List<Connection> attempts) {
    /// Whether another protocol would explain how every attempt ended.
    public boolean isMisunderstood() {
      return attempts.stream().allMatch(Sweep::isMisunderstood);
    }

    /// Whether any attempt was made.
    public boolean isTried() {
      return !attempts.stream().allMatch(Connection.NotDialled.class::isInstance);
    }
  }

  /// All attempts, however long they take.
  ///
  /// @return in the order of the endpoints
  /// @throws IllegalArgumentException where an endpoint is malformed: then nothing is probed
  public List<Result> run(List<Endpoint> endpoints) {
    return run(new ProbeRequest(endpoints, null)).results();
  }

  /// @throws IllegalArgumentException naming the field of the request that cannot be used: then
  ///   nothing is probed
  public ProbeAnswer run(ProbeRequest request) {
    long began = System.nanoTime();
    List<Endpoint> endpoints = request.endpoints();
    if (endpoints.size() > MOST_ENDPOINTS) {
      throw new IllegalArgumentException(
          "endpoints: found %,d, expected at most %,d".formatted(endpoints.size(), MOST_ENDPOINTS));
    }
    List<Attempts.Port> ports = new ArrayList<>();
    for (int i = 0; i < endpoints.size(); i++) {
      InetAddress address = address(endpoints.get(i), i);
      ports.add(new Attempts.Port(endpoints.get(i), address, guard.objection(address)));
    }
    List<Result> results = new Attempts(began, request.limitMillis()).all(ports);
    return new ProbeAnswer(
        results, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), bound(endpoints));
  }

  private static InetAddress address(Endpoint endpoint, int index) {
    String wrong = endpoint.wrong();
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("endpoints[%d].%s".formatted(index, wrong));
    }
    try {
      return InetAddress.ofLiteral(endpoint.address());
    } catch (IllegalArgumentException name) {
      throw new IllegalArgumentException(
          "endpoints[%d].address: found `%s`, expected an IPv4 or IPv6 address"
              .formatted(index, endpoint.address().replaceAll("[^ -~]", "?")),
          name);
    }
  }

  /// Accepted, and then failed in a way that another protocol would explain.
  static boolean isMisunderstood(Connection result) {
    return result instanceof Connection.Closed
        || result instanceof Connection.Reset
        || result instanceof Connection.Silent
        || result instanceof Connection.Malformed
        || result instanceof Connection.TlsFailed
        || (result instanceof Connection.Answered answer && answer.status() == 400);
  }

  static boolean isWell(Connection connection) {
    return switch (connection) {
      case Connection.Connected _,
          Connection.Secured _,
          Connection.Answered _,
          Connection.AnsweredHttp2 _,
          Connection.HeldOpen _,
          Connection.ClosedIdle _,
          Connection.NotDialled _ ->
          true;
      case Connection.Refused _,
          Connection.TimedOut _,
          Connection.HostUnreachable _,
          Connection.NetworkUnreachable _,
          Connection.Reset _,
          Connection.Closed _,
          Connection.Silent _,
          Connection.TlsFailed _,
          Connection.Malformed _ ->
          false;
    };
  }
}
