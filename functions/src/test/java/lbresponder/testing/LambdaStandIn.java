package lbresponder.testing;

import com.sun.net.httpserver.HttpExchange;
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

  /// Thrown by a function that Lambda itself refuses to invoke.
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;

    public Refused(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  /// Functions are invoked, and nothing is told of them.
  ///
  /// @param failing true: whatever the function answers is told as its failure
  public LambdaStandIn(Function function, boolean failing) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/2015-03-31/functions/",
        exchange -> {
          String event =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          try {
            if (!exchange.getRequestMethod().equals("POST")) {
              throw new Refused(404, "ResourceNotFoundException", "Function not found");
            }
            String answer = function.invoke(event);
            if (failing) {
              exchange.getResponseHeaders().add("X-Amz-Function-Error", "Unhandled");
            }
            answer(exchange, 200, answer);
          } catch (Refused refused) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", refused.code);
            answer(
                exchange, refused.status, "{\"Message\":\"%s\"}".formatted(refused.getMessage()));
          } catch (Exception failure) {
            throw new IOException(failure);
          }
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] answer = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer);
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
