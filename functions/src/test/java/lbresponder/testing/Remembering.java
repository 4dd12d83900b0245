package lbresponder.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import lbresponder.channel.Channel;
import lbresponder.channel.Message;
import lbresponder.channel.Posted;
import lbresponder.channel.TagSettings;
import org.jspecify.annotations.Nullable;

/// A channel that keeps what it was given.
public final class Remembering implements Channel {
  private final String name;
  private final boolean edits;
  private final Function<Message, Posted> answer;
  private final List<Post> posts = new CopyOnWriteArrayList<>();

  /// One call of the channel.
  public record Post(Message message, TagSettings tags, Posted.@Nullable Delivered before) {}

  private Remembering(String name, boolean edits, Function<Message, Posted> answer) {
    this.name = name;
    this.edits = edits;
    this.answer = answer;
  }

  /// One that cannot edit, and so has no use for first words.
  public Remembering(String name, Function<Message, Posted> answer) {
    this(name, false, answer);
  }

  /// One that takes first words too.
  public static Remembering editing(String name, Function<Message, Posted> answer) {
    return new Remembering(name, true, answer);
  }

  /// One that takes everything.
  public static Remembering open() {
    return new Remembering("open", _ -> new Posted.Delivered("1"));
  }

  /// One that takes nothing.
  public static Remembering down() {
    return new Remembering("down", _ -> new Posted.Failed("HTTP 503", true));
  }

  public List<Post> posts() {
    return List.copyOf(posts);
  }

  public List<Message> messages() {
    return posts.stream().map(Post::message).toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Posted post(Message message, TagSettings tags, Posted.@Nullable Delivered before) {
    if (message instanceof Message.FirstWords && !edits) {
      return new Posted.NotTaken();
    }
    posts.add(new Post(message, tags, before));
    return answer.apply(message);
  }
}
