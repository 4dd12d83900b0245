package lbresponder.probe;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// Servers that behave as targets in trouble do, one behaviour a port; a process of its own, so
/// that it can stand in another network.
final class Manners {
  /// The garbage collector closes a socket that nothing refers to, and its port then refuses.
  private static final List<Closeable> UNATTENDED = new ArrayList<>();

  private Manners() {}

  /// What a server does with a connection.
  private interface Manner {
    void with(Socket client) throws IOException, InterruptedException;
  }

  /// @param arguments the key store with the servers' certificate
  public static void main(String[] arguments) throws Exception {
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    listen(8001, client -> Thread.sleep(3000));
    fillQueue(8007);
    listen(8008, client -> Thread.sleep(20_000));
    listen(8009, client -> {});
    listen(8010, client -> client.setSoLinger(true, 0));
    listen(8011, client -> say(client, "HTTP/1.1 400 Bad Request\r\n\r\n"));
    listen(8015, client -> say(client, "HTTP/1.1 404 Not Found\r\nServer: nginx\r\n\r\n"));
    listen(8016, client -> say(client, "HELLO 200\r\n\r\n"));
    listen(8017, client -> say(client, "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000)));
    listen(8018, Manners::slowly);
    listen(8019, client -> Thread.sleep(3000));
    SSLContext context = context(arguments[0]);
    secure(context, 8012, new String[] {"TLSv1.2", "TLSv1.3"}, false);
    listen(8013, client -> refuseVersion(client));
    secure(context, 8020, new String[] {"TLSv1"}, false);
    listen(8021, client -> keep(client, 400));
    listen(8022, client -> keep(client, 5000));
    secure(context, 8014, new String[] {"TLSv1.3"}, true);
    System.out.println("ready");
    Thread.sleep(600_000);
  }

  private static void listen(int port, Manner manner) throws IOException {
    serve(new ServerSocket(port, 200, InetAddress.ofLiteral("0.0.0.0")), manner);
  }

  private static void serve(ServerSocket server, Manner manner) {
    Thread.ofPlatform()
        .start(
            () -> {
              while (true) {
                try {
                  Socket client = server.accept();
                  Thread.ofVirtual().start(() -> treat(client, manner));
                } catch (IOException closed) {
                  return;
                }
              }
            });
  }

  /// Listens, accepts nothing, and connects until the accept queue takes no more.
  private static void fillQueue(int port) throws IOException {
    UNATTENDED.add(new ServerSocket(port, 1, InetAddress.ofLiteral("0.0.0.0")));
    for (int i = 0; i < 10; i++) {
      Socket waiting = new Socket();
      UNATTENDED.add(waiting);
      try {
        waiting.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new IOException("the accept queue of port " + port + " is never full");
  }

  private static void treat(Socket client, Manner manner) {
    try (client) {
      if (client.getLocalPort() != 8009 && client.getLocalPort() != 8010) {
        client.setSoTimeout(10_000);
      }
      manner.with(client);
    } catch (IOException | InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Socket client, String text) throws IOException {
    InputStream in = client.getInputStream();
    in.read(new byte[4096]);
    OutputStream out = client.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /// The alert of a server that shares no version.
  private static void refuseVersion(Socket client) throws IOException {
    client.getInputStream().read(new byte[4096]);
    client.getOutputStream().write(new byte[] {0x15, 3, 1, 0, 2, 2, 70});
    client.getOutputStream().flush();
  }

  /// Answers, and ends the connection when nothing more came for so long.
  private static void keep(Socket client, int millis) throws IOException, InterruptedException {
    say(client, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    Thread.sleep(millis);
  }

  private static void slowly(Socket client) throws IOException, InterruptedException {
    for (byte one : "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.ISO_8859_1)) {
      client.getOutputStream().write(one);
      Thread.sleep(1000);
    }
  }

  private static void secure(SSLContext context, int port, String[] versions, boolean clientToo)
      throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(port, 50, InetAddress.ofLiteral("0.0.0.0"));
    server.setEnabledProtocols(versions);
    server.setNeedClientAuth(clientToo);
    serve(server, client -> client.getInputStream().read());
  }

  private static SSLContext context(String file) throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(file)) {
      keys.load(in, password);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
