package lbresponder.aws.sdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// The SDK reads an empty answer as empty lists, and so "no targets". An answer that does not end
/// as XML or JSON ends is an answer that was not received.
final class WholeAnswers implements ExecutionInterceptor {
  /// More than any of our calls answers; beyond it something is wrong with whoever answers.
  private static final int MOST = 32 * 1024 * 1024;

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    if (!context.httpResponse().isSuccessful()) {
      return context.responseBody();
    }
    byte[] body = context.responseBody().map(WholeAnswers::read).orElse(new byte[0]);
    if (!isWhole(body)) {
      throw SdkClientException.create("incomplete answer of " + body.length + " bytes");
    }
    return Optional.of(new ByteArrayInputStream(body));
  }

  /// Whether it ends as an answer does.
  static boolean isWhole(byte[] body) {
    String end =
        new String(
                body,
                Math.max(0, body.length - 64),
                Math.min(64, body.length),
                StandardCharsets.UTF_8)
            .stripTrailing();
    return end.endsWith("Response>") || end.endsWith("}");
  }

  /// As much of it as any answer has.
  static byte[] bytes(InputStream in) throws IOException {
    return in.readNBytes(MOST);
  }

  private static byte[] read(InputStream in) {
    try {
      return bytes(in);
    } catch (IOException cut) {
      throw SdkClientException.create("incomplete answer: " + cut.getMessage(), cut);
    }
  }
}
