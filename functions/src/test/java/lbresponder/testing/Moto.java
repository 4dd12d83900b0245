package lbresponder.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// An AWS on loopback: moto, one server for each test JVM, ended with it.
///
/// `tools/prepare` installs it. Where it is missing the tests are skipped and say why; with
/// `CI=true` that is a failure.
public final class Moto {
  private static final Path PYTHON = Path.of("..", "target", "python", "bin", "python");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final Moto SHARED = new Moto();

  private URI endpoint = URI.create("http://127.0.0.1:0");
  private String trouble = "";

  private Moto() {
    try {
      start();
    } catch (IOException failure) {
      trouble = "moto could not be started: " + failure.getMessage();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      trouble = "interrupted while moto was starting";
    }
  }

  /// The server's address; its state is emptied first.
  public static URI fresh() {
    if (!SHARED.trouble.isEmpty()) {
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(SHARED.trouble);
      }
      Assumptions.abort(SHARED.trouble);
    }
    send(SHARED.endpoint.resolve("/moto-api/reset"), "POST");
    return SHARED.endpoint;
  }

  /// The Python that has moto, and boto3 with it.
  public static String interpreter() throws IOException {
    if (!Files.isExecutable(PYTHON)) {
      throw new IOException(PYTHON + " is missing: run tools/prepare, which says what it lacks");
    }
    return PYTHON.toString();
  }

  private void start() throws IOException, InterruptedException {
    int port = freePort();
    Process server =
        new ProcessBuilder(
                interpreter(), "-m", "moto.server", "-H", "127.0.0.1", "-p", String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target/moto.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
    endpoint = URI.create("http://127.0.0.1:" + port);
    for (int tries = 0; tries < 150; tries++) {
      if (!server.isAlive()) {
        throw new IOException("it ended at once, see target/moto.log");
      }
      if (send(endpoint.resolve("/moto-api/"), "GET")) {
        return;
      }
      Thread.sleep(200);
    }
    throw new IOException("it did not answer within 30 s");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean send(URI uri, String method) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
