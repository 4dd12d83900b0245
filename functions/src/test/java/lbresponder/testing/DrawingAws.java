package lbresponder.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// CloudWatch on loopback, with graphs: the emulated AWS fails where it is to draw one, and answers
/// everything else.
public final class DrawingAws implements AutoCloseable {
  /// What the headers of a call say that matters to the emulated AWS.
  private static final List<String> HEADERS = List.of("Authorization", "Content-Type");

  private static final String GRAPH =
      "<GetMetricWidgetImageResponse><GetMetricWidgetImageResult><MetricWidgetImage>UE5H</MetricWidgetImage></GetMetricWidgetImageResult></GetMetricWidgetImageResponse>";

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;
  private final URI aws;

  /// @param aws answers what is not about graphs
  public DrawingAws(URI aws) throws IOException {
    this.aws = aws;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (new String(body, StandardCharsets.UTF_8).contains("Action=GetMetricWidgetImage")) {
      respond(exchange, 200, GRAPH.getBytes(StandardCharsets.UTF_8));
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(aws).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (String header : HEADERS) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      respond(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
