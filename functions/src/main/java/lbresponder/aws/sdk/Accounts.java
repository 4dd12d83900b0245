package lbresponder.aws.sdk;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/// As whom an account is read: the members by a role of theirs that lets us read, all others with
/// the SDK's default credentials.
public final class Accounts {
  private final String role;
  private final Set<String> members;
  private final Map<String, AwsCredentialsProvider> assumed = new ConcurrentHashMap<>();
  private final @Nullable AwsCredentialsProvider fixed;

  /// @param role name of the role, the same in every member account; empty: there is none
  /// @param members ids of accounts
  public Accounts(String role, Set<String> members) {
    this(role, members, null);
  }

  private Accounts(String role, Set<String> members, @Nullable AwsCredentialsProvider fixed) {
    this.role = role;
    this.members = Set.copyOf(members);
    this.fixed = fixed;
  }

  /// No member accounts.
  public static Accounts own() {
    return new Accounts("", Set.of());
  }

  /// Credentials that no service accepts, for a rehearsal without AWS.
  public static Accounts rehearsing() {
    return new Accounts(
        "", Set.of(), StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")));
  }

  /// Null: the SDK's default credentials. Makes no call.
  @Nullable AwsCredentialsProvider credentials(String account, String region, SdkHttpClient http) {
    if (fixed != null) {
      return fixed;
    }
    return role.isEmpty() || !members.contains(account)
        ? null
        : assumed.computeIfAbsent(account, id -> assume(id, region, http));
  }

  private AwsCredentialsProvider assume(String account, String region, SdkHttpClient http) {
    Region where = Region.of(region);
    String arn =
        "arn:%s:iam::%s:role/%s".formatted(where.metadata().partition().id(), account, role);
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(StsClient.builder().region(where).httpClient(http).build())
        .refreshRequest(call -> call.roleArn(arn).roleSessionName("lb-responder"))
        .build();
  }
}
