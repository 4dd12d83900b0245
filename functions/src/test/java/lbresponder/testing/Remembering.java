package lbresponder.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lbresponder.channel.Channel;
import lbresponder.channel.Message;
import lbresponder.channel.Posted;

/// A channel that keeps what it was given.
public final class Remembering implements Channel {
  private final String name;
  private final Function<Message, Posted> answer;
  private final List<Message> messages = new ArrayList<>();

  public Remembering(String name, Function<Message, Posted> answer) {
    this.name = name;
    this.answer = answer;
  }

  /// One that takes everything.
  public static Remembering open() {
    return new Remembering("open", _ -> new Posted.Delivered("1"));
  }

  /// One that takes nothing.
  public static Remembering down() {
    return new Remembering("down", _ -> new Posted.Failed("HTTP 503", true));
  }

  public List<Message> messages() {
    return List.copyOf(messages);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Posted post(Message message) {
    messages.add(message);
    return answer.apply(message);
  }
}
