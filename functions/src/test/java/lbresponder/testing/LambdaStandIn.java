package lbresponder.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// Lambda's invocation, on loopback: hands what is sent to a function that runs under the real
/// runtime client.
public final class LambdaStandIn implements AutoCloseable {
  private final HttpServer server;

  /// What becomes of an invocation.
  public interface Function {
    String invoke(String event) throws Exception;
  }

  /// @param failing true: whatever the function answers is told as its failure
  public LambdaStandIn(Function function, boolean failing) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/2015-03-31/functions/",
        exchange -> {
          String event =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer = answer(function, event).getBytes(StandardCharsets.UTF_8);
          if (failing) {
            exchange.getResponseHeaders().add("X-Amz-Function-Error", "Unhandled");
          }
          exchange.sendResponseHeaders(200, answer.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
          }
        });
    server.start();
  }

  private static String answer(Function function, String event) throws IOException {
    try {
      return function.invoke(event);
    } catch (Exception failure) {
      throw new IOException(failure);
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
