package lbresponder.testing;

import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextListElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import java.util.List;
import java.util.stream.Collectors;

/// A message as text, about as Slack shows it.
public final class SlackPicture {
  private SlackPicture() {}

  public static String of(List<LayoutBlock> blocks) {
    StringBuilder out = new StringBuilder();
    for (LayoutBlock block : blocks) {
      switch (block) {
        case HeaderBlock header -> out.append("# ").append(header.getText().getText()).append('\n');
        case SectionBlock section -> out.append(section.getText().getText()).append('\n');
        case RichTextBlock rich -> rich.getElements().forEach(element -> element(element, out));
        default -> throw new AssertionError(block.getType());
      }
    }
    return out.toString();
  }

  private static void element(BlockElement element, StringBuilder out) {
    switch (element) {
      case RichTextSectionElement section -> out.append(words(section)).append('\n');
      case RichTextListElement list ->
          list.getElements()
              .forEach(
                  item ->
                      out.append("• ").append(words((RichTextSectionElement) item)).append('\n'));
      case RichTextPreformattedElement code ->
          out.append(words(code.getElements()).indent(4).replaceAll("(?m)^    ", "│ "));
      default -> throw new AssertionError(element);
    }
  }

  private static String words(RichTextSectionElement section) {
    return words(section.getElements());
  }

  private static String words(List<RichTextElement> elements) {
    return elements.stream()
        .map(
            part ->
                switch (part) {
                  case RichTextSectionElement.Text text ->
                      text.getStyle() == null ? text.getText() : "*" + text.getText() + "*";
                  case RichTextSectionElement.Date date -> date.getFallback();
                  case RichTextSectionElement.Link link -> "[" + link.getText() + "]";
                  default -> throw new AssertionError(part);
                })
        .collect(Collectors.joining());
  }
}
