package lbresponder.cli;

import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An AWS on loopback that knows of a few load balancers, by name alone, and refuses on demand; the
/// SDK's default endpoint while it is open.
final class RefusingAws implements AutoCloseable {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
  private static final Pattern NAMED =
      Pattern.compile("&(?:Names|LoadBalancerNames)\\.member\\.1=([^&]+)");
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
  private final List<String> loadBalancers;

  /// @param refused error code by action; `*` for every other
  RefusingAws(Map<String, String> refused) throws IOException {
    this(refused, List.of());
  }

  /// @param loadBalancers names, of Application Load Balancers; one that begins with `classic-` is
  ///   Classic
  RefusingAws(Map<String, String> refused, List<String> loadBalancers) throws IOException {
    this.refused = refused;
    this.loadBalancers = loadBalancers;
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
    if (action.isEmpty()) { // ECS and Lambda speak JSON.
      String none = refused.getOrDefault("*", "ValidationException");
      respond(exchange, 400, "{\"__type\":\"%s\",\"message\":\"no\"}".formatted(none));
      return;
    }
    String code = refused.getOrDefault(action, refused.getOrDefault("*", ""));
    if (!code.isEmpty()) {
      respond(exchange, 403, error(body, code));
    } else if (action.equals("GetCallerIdentity")) {
      respond(exchange, 200, CALLER);
    } else if (action.equals("DescribeLoadBalancers") && !loadBalancers.isEmpty()) {
      list(exchange, body);
    } else {
      respond(exchange, 400, error(body, "ValidationError"));
    }
  }

  private void list(HttpExchange exchange, String request) throws IOException {
    boolean isClassic = request.contains("Version=2012-06-01");
    Matcher asked = NAMED.matcher(request);
    String name = asked.find() ? asked.group(1) : "";
    List<String> found =
        loadBalancers.stream()
            .filter(known -> known.startsWith("classic-") == isClassic)
            .filter(known -> name.isEmpty() || known.equals(name))
            .toList();
    if (found.isEmpty() && !name.isEmpty()) {
      respond(exchange, 400, error(request, "LoadBalancerNotFound"));
      return;
    }
    String members = found.stream().map(known -> member(known, isClassic)).collect(joining());
    respond(
        exchange,
        200,
        "<DescribeLoadBalancersResponse><DescribeLoadBalancersResult><%1$s>%2$s</%1$s></DescribeLoadBalancersResult></DescribeLoadBalancersResponse>"
            .formatted(isClassic ? "LoadBalancerDescriptions" : "LoadBalancers", members));
  }

  private static String member(String name, boolean isClassic) {
    return "<member><LoadBalancerName>%1$s</LoadBalancerName><DNSName>%1$s-1234567890.eu-west-1.elb.amazonaws.com</DNSName>%2$s</member>"
        .formatted(
            name,
            isClassic
                ? ""
                : "<LoadBalancerArn>arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/"
                    + name
                    + "/50dc6c495c0c9188</LoadBalancerArn>");
  }

  private static String error(String request, String code) {
    String error = "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code);
    return request.contains("Version=2016-11-15") // EC2 has a form of its own.
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
