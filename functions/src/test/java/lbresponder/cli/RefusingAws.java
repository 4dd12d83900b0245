package lbresponder.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An AWS on loopback that knows of nothing and refuses on demand; the SDK's default endpoint while
/// it is open.
final class RefusingAws implements AutoCloseable {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
  private static final String CALLER =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult>
          <Arn>arn:aws:iam::123456789012:user/trial</Arn>
          <UserId>AIDA</UserId><Account>123456789012</Account>
        </GetCallerIdentityResult>
      </GetCallerIdentityResponse>
      """;

  private final HttpServer server;
  private final Map<String, String> refused;

  /// @param refused error code by action; `*` for every other
  RefusingAws(Map<String, String> refused) throws IOException {
    this.refused = refused;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher found = ACTION.matcher(body);
    String action = found.find() ? found.group(1) : "";
    String code = refused.getOrDefault(action, refused.getOrDefault("*", ""));
    if (!code.isEmpty()) {
      respond(exchange, 403, error(action, code));
    } else if (action.equals("GetCallerIdentity")) {
      respond(exchange, 200, CALLER);
    } else {
      respond(exchange, 400, error(action, "ValidationError"));
    }
  }

  private static String error(String action, String code) {
    String error = "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code);
    return action.equals("DescribeInstances")
        ? "<Response><Errors>" + error + "</Errors><RequestID>r</RequestID></Response>"
        : "<ErrorResponse>" + error + "<RequestId>r</RequestId></ErrorResponse>";
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.clearProperty("aws.endpointUrl");
    server.stop(0);
  }
}
