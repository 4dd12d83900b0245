package lbresponder.channel;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import lbresponder.facts.Gatherer.Picture;
import org.jspecify.annotations.Nullable;

/// Brings a file to Slack in the three steps that it asks for: a place is given, the bytes are put
/// there, and the file is shared. Needs the scope `files:write`.
///
/// @param endpoint base of the Web API
record SlackUpload(MethodsClient client, String endpoint) {
  private static final int PATIENCE = (int) Duration.ofSeconds(5).toMillis();

  /// Slack's limit for what a file shows.
  private static final int MOST_SHOWN = 1000;

  /// @param room id of the channel
  /// @param thread of the message that it is to stand below
  /// @return the answer of the last step that was taken
  SlackApiTextResponse share(Picture picture, String room, String thread)
      throws IOException, SlackApiException {
    FilesGetUploadURLExternalResponse place =
        client.filesGetUploadURLExternal(
            call ->
                call.filename("metric.png")
                    .length(picture.png().length)
                    .altTxt(SlackText.cut(picture.shows(), MOST_SHOWN)));
    if (!place.isOk()) {
      return place;
    }
    put(picture.png(), place(place.getUploadUrl()));
    return client.filesCompleteUploadExternal(
        call ->
            call.files(
                    List.of(
                        FileDetails.builder()
                            .id(place.getFileId())
                            .title(SlackText.cut(picture.shows(), MOST_SHOWN))
                            .build()))
                .channelId(room)
                .threadTs(thread));
  }

  /// The bytes show an account's metrics: they go to Slack and nowhere else.
  private URI place(@Nullable String url) throws IOException {
    URI api = URI.create(endpoint);
    try {
      URI place = URI.create(String.valueOf(url));
      String host = String.valueOf(place.getHost());
      boolean isSlack =
          "https".equals(place.getScheme())
              && (isWithin(host, "slack.com") || isWithin(host, api.getHost()));
      boolean isLoopback =
          "http".equals(api.getScheme())
              && "http".equals(place.getScheme())
              && host.equals(api.getHost())
              && place.getPort() == api.getPort();
      if (isSlack || isLoopback) {
        return place;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // As any other that is not Slack's.
    }
    throw new IOException("the place to upload to is not Slack's");
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static void put(byte[] bytes, URI place) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) place.toURL().openConnection();
    try {
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(PATIENCE);
      connection.setReadTimeout(PATIENCE);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/octet-stream");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(bytes.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(bytes);
      }
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("the upload was answered with " + connection.getResponseCode());
      }
    } finally {
      connection.disconnect();
    }
  }
}
