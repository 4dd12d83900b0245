package lbresponder.aws.admin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.aws.sdk.Credentials;
import lbresponder.facts.Known;
import lbresponder.message.Nearest;
import lbresponder.message.Untrusted;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;

/// Tries, one at a time, whether the credentials allow what gathering needs.
public final class Permissions {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+){1,3}-\\d{1,2}");
  private static final Pattern ZONE = Pattern.compile(REGION.pattern() + "[a-z]");

  private Permissions() {}

  /// Where to try.
  ///
  /// @param asked empty: the SDK's own region
  public static Known<String> region(String asked) {
    if (asked.isEmpty()) {
      return ownRegion();
    }
    if (ZONE.matcher(asked).matches()) {
      return Known.unknown(
          "--region: found `%s`, which is an Availability Zone: did you mean %s?"
              .formatted(asked, asked.substring(0, asked.length() - 1)));
    }
    return REGION.matcher(asked).matches()
        ? Known.of(asked)
        : Known.unknown(
            "--region: found `%s`, expected a Region's code such as eu-west-1"
                .formatted(Untrusted.clean(asked, 60)));
  }

  private static Known<String> ownRegion() {
    try {
      return Known.of(new DefaultAwsRegionProviderChain().getRegion().id());
    } catch (SdkClientException none) {
      return Known.unknown("no region is configured: set AWS_REGION, or use --region");
    }
  }

  /// Who asks: the ARN of the user or role.
  public static Known<String> caller(String region) {
    try {
      return Known.of(asked(region));
    } catch (AwsServiceException refused) {
      String code = Calls.code(refused);
      return Known.unknown(
          Credentials.isRefusal(code)
              ? Credentials.refused(code)
              : "AWS does not say whose the credentials are: %s (sts:GetCallerIdentity)"
                  .formatted(code));
    } catch (SdkClientException failure) {
      String missing = Credentials.missing();
      String unknown = unknown(region);
      return Known.unknown(
          !missing.isEmpty()
              ? missing
              : !unknown.isEmpty()
                  ? unknown
                  : "AWS does not answer in %s: %s"
                      .formatted(
                          region, Untrusted.clean(String.valueOf(failure.getMessage()), 80)));
    }
  }

  /// Why nothing can be read with these credentials in this Region; empty: it is for neither.
  public static String refusal(String region) {
    String missing = Credentials.missing();
    if (!missing.isEmpty()) {
      return missing;
    }
    try {
      asked(region);
      return "";
    } catch (AwsServiceException refused) {
      String code = Calls.code(refused);
      return Credentials.isRefusal(code) ? Credentials.refused(code) : "";
    } catch (SdkClientException unanswered) {
      return unknown(region);
    }
  }

  private static String asked(String region) {
    try (StsClient sts =
        StsClient.builder().region(Region.of(region)).httpClient(AwsClients.http()).build()) {
      return sts.getCallerIdentity().arn();
    }
  }

  /// What to say of a Region where nobody answers; empty: it is a known one. New ones are not known
  /// here, so that a name alone is no mistake.
  private static String unknown(String region) {
    List<String> known = Region.regions().stream().map(Region::id).toList();
    return known.contains(region)
        ? ""
        : "AWS does not answer in %s, which is no known Region%s"
            .formatted(region, Nearest.question(region, known));
  }

  /// Makes each call once on something that does not exist.
  ///
  /// @return for each IAM action, in the order of `permissions.json`, why it cannot be made; empty:
  ///   it can
  public static Map<String, String> tryEach(String region) {
    AwsClients clients = AwsClients.in(region);
    Map<String, String> answers = new LinkedHashMap<>();
    try (Calls calls = new Calls(Instant.now().plusSeconds(30))) {
      Map<String, Calls.Pending<Boolean>> pending = new LinkedHashMap<>();
      HarmlessCalls.of(clients, region)
          .forEach(
              (action, call) -> pending.put(action, calls.start(action, () -> isAllowed(call))));
      pending.forEach((action, call) -> answers.put(action, answer(call.get())));
    }
    return answers;
  }

  private static String answer(Known<Boolean> allowed) {
    return allowed.fold(_ -> "", why -> why, why -> why);
  }

  /// An answer that the thing does not exist, or that a parameter is wrong, comes after the
  /// permission was looked at.
  private static boolean isAllowed(Callable<?> call) throws Exception {
    try {
      call.call();
    } catch (AwsServiceException answer) {
      String code = Calls.code(answer);
      boolean isAboutTheThing =
          code.contains("NotFound") || code.contains("Validation") || code.startsWith("Invalid");
      // `InvalidClientTokenId` and its like, which are about the credentials, come with 401 or 403.
      if (!isAboutTheThing || answer.statusCode() == 401 || answer.statusCode() == 403) {
        throw answer;
      }
    }
    return true;
  }
}
