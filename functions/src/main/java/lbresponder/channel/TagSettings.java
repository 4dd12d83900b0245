package lbresponder.channel;

import java.util.Map;
import lbresponder.facts.Known;
import org.jspecify.annotations.Nullable;

/// What the owner of a load balancer asked for in its tags.
///
/// @param channel the chat channel to post to, from `lb-responder:channel`; null: the default one
/// @param ignored from `lb-responder:ignore=true`: nothing is to be posted
public record TagSettings(@Nullable String channel, boolean ignored) {
  public static final TagSettings NONE = new TagSettings(null, false);

  /// @param tags Unknown: as if there were none, since an alarm that is not posted is worse than
  ///   one posted in the wrong place
  public static TagSettings of(Known<Map<String, String>> tags) {
    Map<String, String> read = tags.orElse(Map.of());
    String channel = read.getOrDefault("lb-responder:channel", "").strip();
    return new TagSettings(
        channel.isEmpty() ? null : channel,
        read.getOrDefault("lb-responder:ignore", "").strip().equalsIgnoreCase("true"));
  }
}
