package lbresponder.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.prober.LambdaProbers;
import lbresponder.aws.sdk.Accounts;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Probers;
import lbresponder.facts.Provider;
import lbresponder.journey.Limits;
import lbresponder.journey.Providers;
import lbresponder.journey.Settings;

/// What the commands work with: every provider, and what this machine's environment says.
final class Setup {
  private Setup() {}

  /// Every provider, to recognise events and word reports: reads with this machine's own
  /// credentials.
  static Provider provider() {
    return new Providers(List.of(new AwsProvider()));
  }

  /// The providers as the function has them: members of the organisation are read by their role.
  ///
  /// @throws Unusable as {@link #settings()}
  static Provider live() {
    return new Providers(List.of(AwsProvider.preparedFor(null, accounts(settings()))));
  }

  static Accounts accounts(Settings settings) {
    return new Accounts(settings.memberRole().orElse(""), settings.accounts());
  }

  /// @throws Unusable where what would be read is another account's
  static void requireOwn(LoadBalancerId loadBalancer, Provider provider) {
    String refusal = provider.refusal(loadBalancer, Instant.now().plus(Limits.GATHER));
    if (!refusal.isEmpty()) {
      throw new Unusable(refusal);
    }
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
