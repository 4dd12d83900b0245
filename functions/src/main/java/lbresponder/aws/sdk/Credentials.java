package lbresponder.aws.sdk;

import java.util.Optional;
import java.util.Set;
import lbresponder.message.Nearest;
import lbresponder.message.Untrusted;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/// What is wrong with the SDK's default credentials, in one line. The SDK's own words list every
/// place it looked in.
public final class Credentials {
  /// Error codes that are about who asks, and not about what is asked.
  private static final Set<String> REFUSED =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "RequestExpired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private Credentials() {}

  /// Why there are none; empty: there are some, which AWS may still not accept.
  public static String missing() {
    try (DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build()) {
      provider.resolveCredentials();
      return "";
    } catch (SdkException | IllegalArgumentException none) {
      return none();
    }
  }

  private static String none() {
    Optional<String> profile = profile();
    if (profile.isEmpty()) {
      return "no AWS credentials were found: run aws sso login, or set AWS_PROFILE";
    }
    String name = Untrusted.clean(profile.get(), 80);
    Set<String> known;
    try {
      known = ProfileFile.defaultProfileFile().profiles().keySet();
    } catch (SdkException | IllegalArgumentException unreadable) {
      return "no AWS credentials were found (profile %s): ~/.aws cannot be read: %s"
          .formatted(name, Untrusted.clean(String.valueOf(unreadable.getMessage()), 120));
    }
    return known.contains(profile.get())
        ? "no AWS credentials were found (profile %s): run aws sso login --profile %s, or set AWS_PROFILE"
            .formatted(name, name)
        : "AWS_PROFILE: there is no profile %s in ~/.aws%s"
            .formatted(name, Nearest.question(profile.get(), known));
  }

  /// The profile that is asked for; empty: none is, which the SDK calls `default`.
  public static Optional<String> profile() {
    return ProfileFileSystemSetting.AWS_PROFILE
        .getStringValue()
        .filter(name -> !name.isBlank() && !name.equals("default"));
  }

  /// Whether AWS says that it does not accept who asks.
  public static boolean isRefusal(String code) {
    return REFUSED.contains(code);
  }

  /// What to do about credentials that AWS does not accept.
  ///
  /// @param code what AWS answered
  public static String refused(String code) {
    String whose =
        profile().map(name -> " (profile %s)".formatted(Untrusted.clean(name, 80))).orElse("");
    return code.contains("Expired")
        ? "the AWS credentials%s have expired: %s: sign in again, e.g. aws sso login%s"
            .formatted(
                whose,
                code,
                profile().map(name -> " --profile " + Untrusted.clean(name, 80)).orElse(""))
        : "AWS does not accept the credentials%s: %s".formatted(whose, code);
  }
}
