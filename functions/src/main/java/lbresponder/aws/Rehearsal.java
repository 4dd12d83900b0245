package lbresponder.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lbresponder.aws.sdk.Accounts;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/// An AWS that is not there: every call is signed, written and read as in earnest, and answered
/// from this jar. For the function to do its work once before it is needed: no packet leaves, and
/// no credential is looked for.
public final class Rehearsal implements SdkHttpClient {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  /// Reads, without AWS, whatever it is asked for.
  public static AwsProvider provider() {
    return new AwsProvider(new Rehearsal(), List.of(), Clock.systemUTC(), Accounts.rehearsing());
  }

  /// An alarm on the load balancer of the rehearsal.
  public static String alarm() {
    return Objects.requireNonNull(resource("alarm.json"), "alarm.json");
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    String answer = answer(body(request));
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return HttpExecuteResponse.builder()
            .response(
                SdkHttpFullResponse.builder()
                    .statusCode(200)
                    .putHeader("Content-Type", "text/xml")
                    .build())
            .responseBody(
                AbortableInputStream.create(
                    new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))))
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  private static String body(HttpExecuteRequest request) {
    return request
        .contentStreamProvider()
        .map(
            content -> {
              try (InputStream in = content.newStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            })
        .orElse("");
  }

  /// What a resource says, else an answer with nothing in it.
  private static String answer(String request) {
    Matcher action = ACTION.matcher(request);
    if (!action.find()) {
      return "{}";
    }
    String name = action.group(1);
    boolean classic = request.contains("Version=2012-06-01");
    String known = resource((classic ? "Classic" : "") + name + ".xml");
    return known == null
        ? "<%s><%s/></%s>".formatted(name + "Response", name + "Result", name + "Response")
        : known;
  }

  /// Null where this jar has no such thing.
  private static @Nullable String resource(String name) {
    try (InputStream in = Rehearsal.class.getResourceAsStream("/lbresponder/rehearsal/" + name)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {}
}
