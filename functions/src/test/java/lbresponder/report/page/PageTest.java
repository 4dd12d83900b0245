package lbresponder.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.report.text.Ages;
import lbresponder.report.text.Sentences;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Pages of all recorded incidents, parsed strictly: as XML, which forgives nothing.
class PageTest {
  private static final Path STYLE = Path.of("src/main/resources/lbresponder/report/page.css");

  /// Whatever is not here loads, runs, or frames something.
  private static final Set<String> ELEMENTS =
      Set.of(
          ("html head meta title style body main article header section footer h1 h2 h3 p br span"
                  + " strong code pre ul ol li dl dt dd div a time table caption thead tbody tr th"
                  + " td details summary svg desc line rect text")
              .split(" "));

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "lang",
          "charset",
          "http-equiv",
          "name",
          "content",
          "class",
          "href",
          "rel",
          "datetime",
          "scope",
          "role",
          "aria-label",
          "aria-hidden",
          "tabindex",
          "open",
          "x",
          "y",
          "x1",
          "x2",
          "y1",
          "y2",
          "width",
          "height",
          "text-anchor");

  private static Document parsed(String page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(new Strict());
    return builder.parse(new InputSource(new StringReader(page)));
  }

  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException wrong) throws SAXException {
      throw wrong;
    }

    @Override
    public void error(SAXParseException wrong) throws SAXException {
      throw wrong;
    }

    @Override
    public void fatalError(SAXParseException wrong) throws SAXException {
      throw wrong;
    }
  }

  private static List<Element> elements(Document page) {
    NodeList found = page.getElementsByTagName("*");
    int count = found.getLength();
    return IntStream.range(0, count).mapToObj(i -> (Element) found.item(i)).toList();
  }

  /// Nothing that loads or runs, and no address but of links to pages.
  private static void assertHarmless(Document page) {
    for (Element element : elements(page)) {
      assertThat(ELEMENTS).contains(element.getTagName());
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        Node attribute = element.getAttributes().item(i);
        assertThat(ATTRIBUTES).contains(attribute.getNodeName());
        if (attribute.getNodeName().equals("href")) {
          assertThat(attribute.getNodeValue()).startsWith("https://");
          assertThat(element.getTagName()).isEqualTo("a");
        }
      }
    }
  }

  @Test
  void everyRecordedIncidentMakesAPageThatSaysItAll() throws Exception {
    Map<String, Report> all = Reports.all();
    int largest = 0;
    for (Map.Entry<String, Report> one : all.entrySet()) {
      String text = Reports.page(one.getValue());
      Document page = parsed(text);
      assertHarmless(page);
      assertSaysAll(one.getKey(), one.getValue(), page);
      assertThat(Reports.page(one.getValue())).isEqualTo(text);
      largest = Math.max(largest, text.length());
    }
    assertThat(all).hasSizeGreaterThan(400);
    assertThat(largest).isLessThan(120_000);
    System.out.printf("%d pages, the largest of %d characters%n", all.size(), largest);
  }

  private static void assertSaysAll(String name, Report report, Document page) {
    List<String> parts =
        new ArrayList<>(
            List.of(
                report.grant(),
                report.summary(),
                report.incident().account(),
                report.incident().region()));
    Stream.concat(report.causes().stream(), report.sideFindings().stream())
        .forEach(cause -> parts.addAll(said(report, cause)));
    report.targets().forEach(target -> parts.add(target.id()));
    parts.addAll(report.ruledOutLines());
    parts.addAll(report.unknownLines());
    parts.addAll(report.gaps());
    parts.addAll(report.frontDoor());
    String said = page.getDocumentElement().getTextContent();
    assertThat(parts).as(name).allMatch(said::contains);
  }

  private static List<String> said(Report report, CausePart cause) {
    List<String> parts = new ArrayList<>(List.of(cause.title(), cause.confidence()));
    parts.addAll(Sentences.reasons(report, cause));
    parts.addAll(cause.because().stream().map(new Ages(report.at())::in).toList());
    parts.addAll(cause.fix());
    parts.addAll(cause.undo());
    parts.add(cause.fix().isEmpty() ? cause.advice() : Sentences.tried(cause));
    parts.add(cause.verify() == null ? "" : cause.verify());
    return parts;
  }

  @Test
  void whatOthersWroteIsTextAndNoMore() throws Exception {
    for (String incident :
        List.of(
            "SecurityGroupBlocks/the-rule-was-revoked",
            "HostSilent/one-host-drops",
            "several/two-walls-one-behind-the-other",
            "nothing/nothing-may-be-read")) {
      Report report = Reports.hostile(Reports.of(incident));
      String page = Reports.page(report);
      Document parsed = parsed(page);
      assertHarmless(parsed);
      assertThat(parsed.getElementsByTagName("a").getLength()).isZero();
      assertThat(page).doesNotContain("<script", "\u202e", "\u0000");
      assertThat(parsed.getDocumentElement().getTextContent())
          .contains(
              "<script>alert(1)</script>\"onload='x' javascript:a() &lt; ]]> -->\ufffd\ufffd");
    }
  }

  @Test
  void anyNumberOfTargetsMakesAPageThatABrowserShows() throws Exception {
    Report report = Reports.grown(Reports.of("HostSilent/one-host-drops"), 10_000);
    String page = Reports.page(report);
    assertHarmless(parsed(page));
    assertThat(page.length()).isLessThan(1_500_000);
    assertThat(page)
        .contains("10000 of 10000 targets", "10000 targets, the failing first", "and 9000 more");
  }

  @Test
  void severalLoadBalancersStandInOnePage() throws Exception {
    Report one = Reports.of("SecurityGroupBlocks/the-rule-was-revoked");
    Document page = parsed(Reports.page(one, Reports.of("nothing/healthy")));
    assertThat(page.getElementsByTagName("article").getLength()).isEqualTo(2);
    assertThat(page.getElementsByTagName("main").getLength()).isEqualTo(1);
  }

  /// The style is allowed by what it is, and nothing else is: neither a script nor another style.
  @Test
  void thePolicyAllowsTheStyleAlone() throws Exception {
    String style = Files.readString(STYLE);
    Document page = parsed(Reports.page(Reports.of("nothing/healthy")));
    assertThat(style).doesNotContain("<", ">", "&", "\"", "'", "url(", "@import");
    assertThat(page.getElementsByTagName("style").item(0).getTextContent()).isEqualTo(style);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(((Element) page.getElementsByTagName("meta").item(1)).getAttribute("content"))
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
                .formatted(Base64.getEncoder().encodeToString(digest)));
  }
}
