package lbresponder.channel;

import org.jspecify.annotations.Nullable;

/// One way to people or machines.
public interface Channel {

  /// For logs and metrics: `sns`, `slack`.
  String name();

  /// Posts a message once. Never throws: what went wrong is in the answer.
  ///
  /// @param tags what the load balancer's owner asked for
  /// @param before what this one replaces, where the channel can edit; null: nothing
  Posted post(Message message, TagSettings tags, Posted.@Nullable Delivered before);
}
