package lbresponder.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// The bot token, from AWS Secrets Manager. It is kept for a while, so that a rotated one is found
/// without a restart and one alarm does not cost one call.
final class SlackToken {
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final SecretsManagerClient secrets;
  private final String secret;
  private final Clock clock;
  private @Nullable String token;
  private Instant read = Instant.MIN;

  SlackToken(SecretsManagerClient secrets, String secret, Clock clock) {
    this.secrets = secrets;
    this.secret = secret;
    this.clock = clock;
  }

  static SlackToken of(String secret) {
    return new SlackToken(
        SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()).build(),
        secret,
        Clock.systemUTC());
  }

  /// @throws software.amazon.awssdk.core.exception.SdkException where it cannot be read
  synchronized String get() {
    String known = token;
    if (known == null || clock.instant().isAfter(read.plus(KEPT))) {
      known = secrets.getSecretValue(call -> call.secretId(secret)).secretString().strip();
      token = known;
      read = clock.instant();
    }
    return known;
  }

  /// Slack does not take it any more: it is read again the next time.
  synchronized void forget() {
    token = null;
  }
}
