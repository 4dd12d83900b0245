package lbresponder.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import lbresponder.facts.Connection;
import lbresponder.facts.Connection.TlsFailure;
import org.jspecify.annotations.Nullable;

/// A TLS handshake as a load balancer makes it: TLS 1.0 to 1.3, and whatever certificate the target
/// shows is taken. A runtime with default settings leaves out TLS 1.0, 1.1 and the `TLS_RSA_*`
/// suites, which load balancers offer: against a target that has nothing else the handshake fails
/// there and not at the load balancer. The prober's own function changes the settings, see {@link
/// #offerAll}.
public final class TlsProbe {
  /// What no load balancer's policy offers to targets, by parts of the suites' names.
  private static final Pattern NEVER =
      Pattern.compile(".*(_anon_|_NULL_|_EXPORT_|_RC4_|_DES_|_3DES_|KRB5).*");

  /// What a failure means, by what its message contains: an alert's name, or the library's own
  /// sentence. The first that is found counts.
  private static final List<Map.Entry<String, TlsFailure>> FAILURES =
      List.of(
          Map.entry("unrecognized ssl message", TlsFailure.PLAINTEXT),
          Map.entry("protocol_version", TlsFailure.VERSION),
          Map.entry("no_application_protocol", TlsFailure.APPLICATION_PROTOCOL),
          Map.entry("certificate_required", TlsFailure.CLIENT_CERTIFICATE),
          Map.entry("bad_certificate", TlsFailure.CLIENT_CERTIFICATE),
          Map.entry("handshake_failure", TlsFailure.HANDSHAKE));

  /// @param agreed not null where the handshake succeeded
  /// @param failure not null where it did not
  record Result(@Nullable SSLSocket agreed, @Nullable Connection failure) {
    SSLSocket socket() {
      if (agreed == null) {
        throw new IllegalStateException("the handshake failed");
      }
      return agreed;
    }
  }

  /// Made when it is first needed: what may be offered is read at that moment, and never again.
  private static final class Lazy {
    private static final SSLContext TRUSTING = context();
  }

  private TlsProbe() {}

  /// Lets this process offer what load balancers offer. To be called before anything speaks TLS,
  /// and only where nothing but the probe does: what is switched on again is old.
  public static void offerAll() {
    Security.setProperty(
        "jdk.tls.disabledAlgorithms",
        "SSLv3, RC4, DES, MD5withRSA, 3DES_EDE_CBC, anon, NULL, DH keySize < 1024");
  }

  private static void offer(SSLSocket socket, boolean http2) {
    if (http2) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
    }
    socket.setEnabledProtocols(
        Stream.of(socket.getSupportedProtocols())
            .filter(protocol -> protocol.startsWith("TLS"))
            .toArray(String[]::new));
    socket.setEnabledCipherSuites(
        Stream.of(socket.getSupportedCipherSuites())
            .filter(suite -> !NEVER.matcher(suite).matches())
            .toArray(String[]::new));
  }

  static Result handshake(Endpoint endpoint, Socket socket, Deadline deadline) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            Lazy.TRUSTING
                .getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), false);
    try {
      offer(secure, endpoint.http2());
      secure.setSoTimeout(deadline.left());
      secure.startHandshake();
      return new Result(secure, null);
    } catch (SocketTimeoutException silent) {
      throw silent;
    } catch (EOFException closed) {
      return new Result(null, new Connection.Closed(deadline.passed(), Connection.Stage.TLS));
    } catch (SSLException failure) {
      return new Result(null, failed(failure, deadline.passed()));
    }
  }

  /// With TLS 1.3 a target that wants a client certificate says so only when it is read from.
  static Connection secured(SSLSocket socket, Deadline deadline) throws IOException {
    Connection.Secured agreed =
        new Connection.Secured(
            deadline.passed(),
            socket.getSession().getProtocol(),
            socket.getSession().getCipherSuite());
    try {
      socket.setSoTimeout(Math.min(200, deadline.left()));
      socket.getInputStream().read();
      return agreed;
    } catch (SSLException failure) {
      return failed(failure, deadline.passed());
    } catch (SocketTimeoutException quiet) {
      return agreed;
    }
  }

  private static Connection failed(SSLException failure, long millis) {
    String said = String.valueOf(failure.getMessage());
    String lower = said.toLowerCase(Locale.ROOT);
    if (failure.getCause() instanceof EOFException || lower.contains("terminated the handshake")) {
      return new Connection.Closed(millis, Connection.Stage.TLS);
    }
    if (lower.contains("connection reset")) {
      return new Connection.Reset(millis, Connection.Stage.TLS);
    }
    TlsFailure why =
        FAILURES.stream()
            .filter(known -> lower.contains(known.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(TlsFailure.OTHER);
    return new Connection.TlsFailed(
        millis, why, said.length() > 200 ? said.substring(0, 200) : said);
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trusting()}, null);
      return context;
    } catch (GeneralSecurityException none) {
      throw new IllegalStateException("the runtime has no TLS", none);
    }
  }

  /// Load balancers check no target's certificate; a probe that did would find faults that are
  /// none.
  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
