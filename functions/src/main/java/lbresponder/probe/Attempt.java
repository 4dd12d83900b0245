package lbresponder.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import lbresponder.facts.Connection;

/// One attempt: connect, and as far as the endpoint asks for, TLS and a request. No second try, no
/// redirect, nothing kept of what is answered but its status.
public final class Attempt {
  private Attempt() {}

  /// @param connectMillis how long the connect may take, in milliseconds
  /// @param mostMillis how long all of it may take; silence that was waited for shorter than it
  ///   should be is told as nothing
  static Connection at(Endpoint endpoint, InetAddress address, int connectMillis, int mostMillis) {
    Deadline deadline = new Deadline(connectMillis, mostMillis);
    Connection met = at(endpoint, address, deadline);
    return deadline.isCutShort()
            && (met instanceof Connection.TimedOut || met instanceof Connection.Silent)
        ? new Connection.NotDialled(
            "not finished: %d ms were left of the time to probe".formatted(mostMillis))
        : met;
  }

  private static Connection at(Endpoint endpoint, InetAddress address, Deadline deadline) {
    try (Socket socket = new Socket()) {
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, endpoint.port()), deadline.left());
      } catch (IOException failure) {
        return unconnected(failure, deadline.passed());
      }
      if (endpoint.stages().isEmpty()) {
        return new Connection.Connected(deadline.passed());
      }
      deadline.renew(endpoint.answerMillis());
      return speak(endpoint, socket, deadline);
    } catch (IOException failure) {
      return new Connection.NotDialled(said(failure));
    }
  }

  private static Connection speak(Endpoint endpoint, Socket socket, Deadline deadline)
      throws IOException {
    Thread closing = deadline.closes(socket);
    try {
      return spoken(endpoint, socket, deadline);
    } finally {
      closing.interrupt();
    }
  }

  private static Connection spoken(Endpoint endpoint, Socket socket, Deadline deadline)
      throws IOException {
    Connection.Stage stage = Connection.Stage.CONNECTED;
    try {
      ProxyHeader.write(endpoint, socket);
      Socket line = socket;
      if (endpoint.stages().contains(Endpoint.Stage.TLS)) {
        stage = Connection.Stage.TLS;
        TlsProbe.Result secured = TlsProbe.handshake(endpoint, socket, deadline);
        if (secured.failure() != null) {
          return deadline.isOver()
              ? new Connection.Silent(deadline.passed(), stage)
              : secured.failure();
        }
        line = secured.socket();
        if (!endpoint.stages().contains(Endpoint.Stage.HTTP)) {
          return TlsProbe.secured(secured.socket(), deadline);
        }
      }
      stage = Connection.Stage.HTTP;
      return endpoint.holdMillis() > 0
          ? IdleProbe.hold(endpoint, line, deadline)
          : HttpProbe.ask(endpoint, line, deadline);
    } catch (SocketTimeoutException silent) {
      return new Connection.Silent(deadline.passed(), stage);
    } catch (SocketException reset) {
      return deadline.isOver()
          ? new Connection.Silent(deadline.passed(), stage)
          : new Connection.Reset(deadline.passed(), stage);
    }
  }

  /// What the operating system says of a connect, as measured: a rejecting firewall with a reset or
  /// port-unreachable looks like a closed port; host-prohibited and admin-prohibited look like a
  /// host without a route; a drop is silence.
  private static Connection unconnected(IOException failure, long millis) {
    String said = said(failure);
    return switch (failure) {
      case SocketTimeoutException _ -> new Connection.TimedOut(millis);
      case NoRouteToHostException _ -> new Connection.HostUnreachable(millis);
      case ConnectException _ when said.contains("refused") -> new Connection.Refused(millis);
      case ConnectException _ when said.contains("timed out") -> new Connection.TimedOut(millis);
      case SocketException _ when said.contains("Network is unreachable") ->
          new Connection.NetworkUnreachable(millis);
      case SocketException _ when said.contains("reset") ->
          new Connection.Reset(millis, Connection.Stage.CONNECTED);
      default -> new Connection.NotDialled(said);
    };
  }

  private static String said(IOException failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
