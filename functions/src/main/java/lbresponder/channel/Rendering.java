package lbresponder.channel;

import com.slack.api.util.json.GsonFactory;
import lbresponder.facts.Incident;
import lbresponder.report.Report;
import org.jspecify.annotations.Nullable;

/// Renders every message for every channel, and posts none: for a rehearsal.
public final class Rendering implements Channel {
  @Override
  public String name() {
    return "rehearsal";
  }

  @Override
  public Posted post(Message message, TagSettings tags, Posted.@Nullable Delivered before) {
    if (message instanceof Message.FirstWords(Incident incident)) {
      return delivered(slack(SlackBlocks.firstWords(incident)));
    }
    if (message instanceof Message.Finding(Report report)) {
      slack(SlackBlocks.finding(report, ""));
      slack(SlackThread.of(report));
    }
    return delivered(SnsBody.of(message).json());
  }

  private static String slack(SlackBlocks message) {
    return GsonFactory.createSnakeCase().toJson(message.blocks());
  }

  private static Posted delivered(String rendered) {
    return new Posted.Delivered(String.valueOf(rendered.length()));
  }
}
