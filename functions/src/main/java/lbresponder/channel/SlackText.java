package lbresponder.channel;

import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextListElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import com.slack.api.model.block.element.RichTextSectionElement.TextStyle;
import java.time.Instant;
import java.util.List;
import lbresponder.report.text.Ages;

/// Text in Slack's rich text, in which nothing is interpreted: no mention, no link, no end of a
/// code block can be smuggled in. Only the notification's text is markup, and is escaped.
final class SlackText {
  /// Slack's limit for a header.
  static final int MOST_HEADER = 150;

  /// What a notification shows.
  static final int MOST_NOTIFICATION = 300;

  private static final int LONGEST_ITEM = 300;

  /// Slack's limit for the text of a section; kept for each piece here.
  static final int MOST_TEXT = 3000;

  private SlackText() {}

  /// Cut by code point, so that no half of a pair is left.
  static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  /// For the fallback text, which Slack reads as markup.
  static String escaped(String text, int most) {
    return cut(text, most).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static PlainTextObject plain(String text, int most) {
    return PlainTextObject.builder().text(cut(text, most)).emoji(false).build();
  }

  static RichTextBlock block(List<BlockElement> elements) {
    return RichTextBlock.builder().elements(elements).build();
  }

  static RichTextSectionElement line(RichTextElement... parts) {
    return RichTextSectionElement.builder().elements(List.of(parts)).build();
  }

  static RichTextElement text(String text) {
    return RichTextSectionElement.Text.builder().text(cut(text, MOST_TEXT)).build();
  }

  static RichTextElement bold(String text) {
    return RichTextSectionElement.Text.builder()
        .text(cut(text, MOST_TEXT))
        .style(TextStyle.builder().bold(true).build())
        .build();
  }

  static RichTextElement link(String title, String url) {
    return RichTextSectionElement.Link.builder().text(cut(title, 100)).url(url).build();
  }

  /// As each reader's own clock says it, with the date where it is not today.
  static RichTextElement time(Instant instant) {
    return RichTextSectionElement.Date.builder()
        .timestamp(Math.toIntExact(instant.getEpochSecond()))
        .format("{date_short_pretty} at {time}")
        .fallback(Ages.minute(instant) + " UTC")
        .build();
  }

  static BlockElement code(String text) {
    return RichTextPreformattedElement.builder().elements(List.of(text(text))).build();
  }

  static BlockElement bullets(List<String> items) {
    return RichTextListElement.builder()
        .style("bullet")
        .elements(
            items.stream()
                .<RichTextElement>map(item -> line(text(cut(item, LONGEST_ITEM))))
                .toList())
        .build();
  }
}
