package lbresponder.aws.admin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Known;
import lbresponder.message.Untrusted;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;

/// Tries, one at a time, whether the credentials allow what gathering needs.
public final class Permissions {
  private Permissions() {}

  /// Where to try.
  ///
  /// @param asked empty: the SDK's own region
  public static Known<String> region(String asked) {
    if (!asked.isEmpty()) {
      return Known.of(asked);
    }
    try {
      return Known.of(new DefaultAwsRegionProviderChain().getRegion().id());
    } catch (SdkClientException none) {
      return Known.unknown("no region is configured: set AWS_REGION, or use --region");
    }
  }

  /// Who asks: the ARN of the user or role.
  public static Known<String> caller(String region) {
    try (StsClient sts =
        StsClient.builder().region(Region.of(region)).httpClient(AwsClients.http()).build()) {
      return Known.of(sts.getCallerIdentity().arn());
    } catch (AwsServiceException refused) {
      return Known.unknown(
          "AWS does not accept the credentials: %s (sts:GetCallerIdentity)"
              .formatted(Calls.code(refused)));
    } catch (SdkClientException failure) {
      return Known.unknown(
          "sign in, or set AWS_PROFILE: "
              + Untrusted.clean(String.valueOf(failure.getMessage()), 200));
    }
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
