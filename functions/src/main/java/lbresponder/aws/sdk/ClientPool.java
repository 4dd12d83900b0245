package lbresponder.aws.sdk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;

/// The clients of each account and region, built when they are first needed and kept.
public final class ClientPool {
  private final SdkHttpClient http;
  private final List<ExecutionInterceptor> watchers;
  private final Accounts accounts;
  private final Caller caller;
  private final Map<String, AwsClients> clients = new ConcurrentHashMap<>();

  /// @param http carries every call
  /// @param watchers see every call
  public ClientPool(SdkHttpClient http, List<ExecutionInterceptor> watchers, Accounts accounts) {
    this.http = http;
    this.watchers = List.copyOf(watchers);
    this.accounts = accounts;
    this.caller = new Caller(http, this.watchers);
  }

  /// The account that is read where this one is asked for: the credentials may be another's.
  ///
  /// @throws software.amazon.awssdk.core.exception.SdkException where that could not be asked
  /// @throws InterruptedException where whoever asks does not wait longer
  public String read(String account, String region) throws InterruptedException {
    return accounts.credentials(account, region, http) == null ? caller.account(region) : account;
  }

  /// @param account empty: the one of the SDK's default credentials
  public AwsClients in(String account, String region) {
    @Nullable AwsCredentialsProvider credentials = accounts.credentials(account, region, http);
    return clients.computeIfAbsent(
        credentials == null ? region : region + " " + account,
        _ -> AwsClients.in(region, http, watchers, credentials));
  }
}
