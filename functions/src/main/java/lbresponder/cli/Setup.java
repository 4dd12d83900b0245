package lbresponder.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.admin.Permissions;
import lbresponder.aws.prober.LambdaProbers;
import lbresponder.aws.sdk.Accounts;
import lbresponder.aws.sdk.Credentials;
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
    return new Providers(List.of(aws(settings())));
  }

  /// Other accounts are read by their role, as the function reads them.
  static AwsProvider aws(Settings settings) {
    return AwsProvider.preparedFor(
        null, new Accounts(settings.memberRole().orElse(""), settings.accounts()));
  }

  /// @throws Unusable where what would be read is another account's
  static void requireOwn(LoadBalancerId loadBalancer, Provider provider) {
    String refusal = provider.refusal(loadBalancer, Instant.now().plus(Limits.GATHER));
    if (!refusal.isEmpty()) {
      throw new Unusable(refusal);
    }
  }

  static boolean hasCredentials() {
    return Credentials.missing().isEmpty();
  }

  /// Without credentials every read would fail, each after looking everywhere for them.
  ///
  /// @throws NothingRead saying what to do
  static void requireCredentials() {
    String missing = Credentials.missing();
    if (!missing.isEmpty()) {
      throw new NothingRead(missing);
    }
  }

  /// @param asked empty: the SDK's own
  /// @throws Unusable where there is none, or it looks like none
  static String region(String asked) {
    return Permissions.region(asked)
        .fold(
            where -> where,
            why -> {
              throw new Unusable(why);
            },
            why -> {
              throw new Unusable(why);
            });
  }

  /// Nothing could be read: where it is for the credentials, that alone is said.
  ///
  /// @param why what the reads said
  static NothingRead unread(String why, String region) {
    String refusal = Permissions.refusal(region);
    return new NothingRead(refusal.isEmpty() ? why : refusal);
  }

  /// @throws NothingRead where nothing can be read with these credentials, whatever is asked
  static void requireAccepted(String region) {
    String refusal = Permissions.refusal(region);
    if (!refusal.isEmpty()) {
      throw new NothingRead(refusal);
    }
  }

  /// @throws Unusable where the environment cannot be understood
  static Settings settings() {
    try {
      return settings(Environment.read());
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
