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
    String end =
        new String(
            body, Math.max(0, body.length - 64), Math.min(64, body.length), StandardCharsets.UTF_8);
    if (!end.stripTrailing().endsWith("Response>") && !end.stripTrailing().endsWith("}")) {
      throw SdkClientException.create("incomplete answer of " + body.length + " bytes");
    }
    return Optional.of(new ByteArrayInputStream(body));
  }

  private static byte[] read(InputStream in) {
    try {
      return in.readNBytes(MOST);
    } catch (IOException cut) {
      throw SdkClientException.create("incomplete answer: " + cut.getMessage(), cut);
    }
  }
}
