package lbresponder.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lbresponder.testing.Interfering;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/// The load balancer of the {@link Rehearsal} ten times in one VPC, `rehearsal-0` to `rehearsal-9`,
/// each with a target group, an instance and a security group of its own.
final class Rehearsed implements SdkHttpClient {
  private static final Pattern WHICH = Pattern.compile("(?:rehearsal-|=i-|=sg-)(\\d)");
  private static final Interfering.Answer CALLER =
      new Interfering.Answer(
          200,
          "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>000000000000</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");

  private final SdkHttpClient rehearsal = new Rehearsal();

  private Rehearsed() {}

  /// Counts the calls, and spoils some on demand.
  static Interfering network() {
    return new Interfering(new Rehearsed()).on("sts:GetCallerIdentity", CALLER);
  }

  /// An alarm on one of them.
  static String alarm(int which) {
    return named(Rehearsal.alarm(), String.valueOf(which));
  }

  private static String named(String text, String which) {
    return text.replace("rehearsal", "rehearsal-" + which);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest real = rehearsal.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        HttpExecuteResponse response = real.call();
        String answer =
            answer(
                text(request.contentStreamProvider().orElseThrow().newStream()),
                text(response.responseBody().orElseThrow()));
        return HttpExecuteResponse.builder()
            .response(response.httpResponse())
            .responseBody(
                AbortableInputStream.create(
                    new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))))
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  private static String answer(String asked, String told) {
    Matcher which = WHICH.matcher(asked);
    return which.find()
        ? numbered(named(told, which.group(1)), which.group(1))
        : asked.contains("Action=DescribeInstances&") ? all(told) : told;
  }

  private static String numbered(String text, String which) {
    return text.replace(">i-0<", ">i-" + which + "<").replace(">sg-0<", ">sg-" + which + "<");
  }

  /// All ten instances, in place of one.
  private static String all(String told) {
    int from = told.indexOf("<item>");
    int to = told.indexOf("</reservationSet>");
    return told.substring(0, from)
        + IntStream.range(0, 10)
            .mapToObj(i -> numbered(told.substring(from, to), String.valueOf(i)))
            .collect(Collectors.joining())
        + told.substring(to);
  }

  private static String text(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {}
}
