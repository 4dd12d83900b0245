package lbresponder.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// A network between the SDK and AWS that counts the calls and, on demand, spoils some of them.
public final class Interfering implements SdkHttpClient {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
  private static final Pattern VERSION = Pattern.compile("(?:^|&)Version=([\\d-]+)");
  private static final Map<String, String> SERVICES =
      Map.of(
          "2012-06-01", "elasticloadbalancing",
          "2015-12-01", "elasticloadbalancing",
          "2016-11-15", "ec2",
          "2010-08-01", "cloudwatch",
          "2011-01-01", "autoscaling",
          "2011-06-15", "sts",
          "2010-03-31", "sns");

  private final SdkHttpClient network;
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  public Interfering(SdkHttpClient network) {
    this.network = network;
  }

  /// What becomes of a call.
  public sealed interface Fault {}

  /// An answer that AWS did not give.
  public record Answer(int status, String body) implements Fault {}

  /// As {@link Answer}, made out of what was asked.
  public record Told(UnaryOperator<String> answer) implements Fault {}

  /// A late answer.
  public record Late(long millis) implements Fault {}

  /// The connection is reset.
  public record Reset() implements Fault {}

  /// Another body than AWS's.
  public record Rewrite(UnaryOperator<String> change) implements Fault {}

  /// @param action the IAM action, e.g. `ec2:DescribeInstances`; `*` for every call
  public Interfering on(String action, Fault fault) {
    faults.put(action, fault);
    return this;
  }

  /// An error in the form of the service.
  public static Answer error(String action, int status, String code) {
    if (action.startsWith("ecs:") || action.startsWith("lambda:")) {
      return new Answer(status, "{\"__type\":\"%s\",\"message\":\"no\"}".formatted(code));
    }
    String error = "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code);
    return new Answer(
        status,
        action.startsWith("ec2:")
            ? "<Response><Errors>" + error + "</Errors><RequestID>r</RequestID></Response>"
            : "<ErrorResponse>" + error + "<RequestId>r</RequestId></ErrorResponse>");
  }

  /// IAM actions in the order the calls were made, retries included.
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /// What was asked, word by word.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    String body = body(request);
    String action = action(request.httpRequest(), body);
    calls.add(action);
    requests.add(action + " " + request.httpRequest().encodedPath() + " " + body);
    Fault fault = faults.getOrDefault(action, faults.get("*"));
    ExecutableHttpRequest real = network.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return switch (fault) {
          case null -> real.call();
          case Answer(int status, String text) -> answer(status, text);
          case Told(UnaryOperator<String> answer) -> answer(200, answer.apply(body));
          case Late(long millis) -> {
            sleep(millis);
            yield real.call();
          }
          case Reset _ -> throw new SocketException("Connection reset");
          case Rewrite(UnaryOperator<String> change) -> {
            HttpExecuteResponse response = real.call();
            yield answer(response.httpResponse().statusCode(), change.apply(text(response)));
          }
        };
      }

      @Override
      public void abort() {
        real.abort();
      }
    };
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private static String body(HttpExecuteRequest request) {
    if (request.contentStreamProvider().isEmpty()) {
      return "";
    }
    try (InputStream in = request.contentStreamProvider().get().newStream()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      in.transferTo(out);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new IllegalStateException("a request's own body cannot be read", failure);
    }
  }

  private static String action(SdkHttpRequest request, String body) {
    String path = request.encodedPath();
    if (path.startsWith("/2015-03-31/functions/")) {
      return "lambda:GetPolicy";
    }
    Optional<String> target = request.firstMatchingHeader("X-Amz-Target");
    if (target.isPresent()) {
      return "ecs:" + target.get().substring(target.get().indexOf('.') + 1);
    }
    Matcher action = ACTION.matcher(body);
    Matcher version = VERSION.matcher(body);
    return action.find() && version.find()
        ? SERVICES.getOrDefault(version.group(1), version.group(1)) + ":" + action.group(1)
        : "unknown";
  }

  private static String text(HttpExecuteResponse response) throws IOException {
    return new String(response.responseBody().orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static HttpExecuteResponse answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SdkHttpResponse response =
        SdkHttpFullResponse.builder()
            .statusCode(status)
            .putHeader("Content-Type", "text/xml")
            .putHeader("Content-Length", String.valueOf(bytes.length))
            .build();
    return HttpExecuteResponse.builder()
        .response(response)
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  @Override
  public void close() {
    network.close();
  }
}
