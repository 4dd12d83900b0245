package lbresponder.aws.sdk;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/// The HTTP client of {@link AwsClients#http()}, made by the first call: a report of recorded facts
/// makes none, and certificates and logging would be most of what it waits for.
public final class HttpWhenNeeded implements SdkHttpClient {
  private @Nullable SdkHttpClient made;

  private synchronized SdkHttpClient client() {
    if (made == null) {
      made = AwsClients.http();
    }
    return made;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return client().prepareRequest(request);
  }

  @Override
  public synchronized void close() {
    if (made != null) {
      made.close();
    }
  }
}
