package lbresponder.infra;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.AppProps;

/// The settings of every `App` of this module, in production and in tests. A test's app reads no
/// `cdk.json`: with flags kept there the tested template could differ from the deployed one.
final class AppSettings {
  /// Without it a rule's queue that is encrypted with a customer's key accepts messages from any
  /// account's EventBridge.
  private static final String SAME_ACCOUNT_ONLY =
      "@aws-cdk/aws-events:eventsTargetQueueSameAccount";

  private AppSettings() {}

  /// The flags AWS recommends for a new app, as the CDK version in use ships them. The one that
  /// guards the queue cannot be turned off from the command line.
  static AppProps.Builder props() {
    return AppProps.builder()
        .analyticsReporting(false)
        .context(recommendedFlags())
        .postCliContext(Map.of(SAME_ACCOUNT_ONLY, true));
  }

  private static Map<String, Object> recommendedFlags() {
    try (InputStream flags = AppSettings.class.getResourceAsStream("feature-flags.json")) {
      return new ObjectMapper()
          .readValue(Objects.requireNonNull(flags, "feature-flags.json"), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
