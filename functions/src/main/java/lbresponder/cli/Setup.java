package lbresponder.cli;

import java.util.List;
import java.util.Map;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.prober.LambdaProbers;
import lbresponder.facts.Probers;
import lbresponder.facts.Provider;
import lbresponder.journey.Providers;
import lbresponder.journey.Settings;

/// What the commands work with: every provider, and what this machine's environment says.
final class Setup {
  private Setup() {}

  /// Every provider, with this machine's own credentials.
  static Provider provider() {
    return new Providers(List.of(new AwsProvider()));
  }

  /// @throws Unusable where the environment cannot be understood
  static Settings settings() {
    try {
      return settings(System.getenv());
    } catch (IllegalArgumentException wrong) {
      throw new Unusable(String.valueOf(wrong.getMessage()));
    }
  }

  /// @throws IllegalArgumentException naming the variable, what was found and what was expected
  static Settings settings(Map<String, String> environment) {
    return Settings.of(environment, LambdaProbers::check);
  }

  static Probers probers(Settings settings) {
    return LambdaProbers.of(settings.probers().orElse(""));
  }
}
