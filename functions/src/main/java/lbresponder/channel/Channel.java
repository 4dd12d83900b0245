package lbresponder.channel;

/// One way to people or machines.
public interface Channel {

  /// For logs and metrics: `sns`.
  String name();

  /// Posts a message once. Never throws: what went wrong is in the answer.
  Posted post(Message message);
}
