package lbresponder.channel;

import java.util.Map;
import lbresponder.facts.Known;
import org.jspecify.annotations.Nullable;

/// What the owner of a load balancer asked for in its tags.
///
/// @param channel the chat channel to post to, from `lb-responder:channel`; null: the default one
/// @param ignored from `lb-responder:ignore=true`: nothing is to be posted
public record Wishes(@Nullable String channel, boolean ignored) {
  public static final Wishes NONE = new Wishes(null, false);

  /// @param tags Unknown: as if there were none, since an alarm that is not told of is worse than
  ///   one told in the wrong place
  public static Wishes of(Known<Map<String, String>> tags) {
    Map<String, String> read = tags.orElse(Map.of());
    String channel = read.getOrDefault("lb-responder:channel", "").strip();
    return new Wishes(
        channel.isEmpty() ? null : channel,
        read.getOrDefault("lb-responder:ignore", "").strip().equalsIgnoreCase("true"));
  }
}
