package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Recognised;
import lbresponder.testing.Interfering;
import lbresponder.testing.TestCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What CloudWatch is asked to draw. The emulated AWS draws nothing: the answer is made here.
@ExtendWith(TestCredentials.class)
class MetricPictureTest {
  private static final Instant NOW = Instant.parse("2026-01-02T17:05:30.5Z");
  private static final JsonMapper MAPPER = new JsonMapper();

  private static String sample(String event) throws Exception {
    return Files.readString(Path.of("../events/" + event));
  }

  private static Incident incident(String message) {
    return Incident.of(((Recognised.Alarms) new AwsProvider().recognise(message)).alarms());
  }

  private static JsonNode widget(String message, Instant began) throws Exception {
    return MAPPER.readTree(MetricPicture.widget(incident(message), began, NOW).toString());
  }

  @Test
  void theAlarmsMetricOverThreeHoursWithWhenTheIncidentBegins() throws Exception {
    assertThat(widget(sample("alb-connection-errors.json"), Instant.parse("2026-01-02T17:01:00Z")))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"title": "TargetConnectionErrorCount of web", "width": 900, "height": 300,
                 "start": "2026-01-02T14:05:30Z", "end": "2026-01-02T17:05:30Z",
                 "yAxis": {"left": {"min": 0}},
                 "metrics": [["AWS/ApplicationELB", "TargetConnectionErrorCount",
                   "LoadBalancer", "app/web/50dc6c495c0c9188",
                   "TargetGroup", "targetgroup/web-blue/73e2d6bc24d8a067",
                   {"stat": "Sum", "period": 60}]],
                 "annotations": {"horizontal": [{"value": 1.0, "label": "threshold"}], "vertical": [{"value": "2026-01-02T17:01:00Z", "label": "incident begins"}]}}
                """));
  }

  @Test
  void whatBeganBeforeTheGraphIsNotOnIt() throws Exception {
    Instant yesterday = NOW.minusSeconds(86_400);
    assertThat(
            widget(sample("alb-connection-errors.json"), yesterday)
                .at("/annotations")
                .has("vertical"))
        .isFalse();
  }

  /// The threshold of an expression is on another scale than the metrics that it computes from.
  @Test
  void whatAnExpressionAddsUpIsShownWithItsSumAndWithoutAThreshold() throws Exception {
    String green =
        sample("alb-metric-math.json")
            .replaceFirst("web-blue/73e2d6bc24d8a067", "web-green/0123456789abcdef")
            .replace("\"RequestCount\"", "\"TargetConnectionErrorCount\"");
    JsonNode widget = widget(green, NOW);
    assertThat(widget.path("metrics")).hasSize(3);
    assertThat(widget.path("metrics").findValuesAsText("expression"))
        .containsExactly("SUM(METRICS())");
    assertThat(widget.path("annotations").has("horizontal")).isFalse();
  }

  @Test
  void aClassicLoadBalancerIsNamed() throws Exception {
    assertThat(widget(sample("clb-unhealthy-hosts.json"), NOW).at("/metrics/0").toString())
        .contains("\"LoadBalancerName\"");
  }

  @Test
  void itIsDrawnAndSaysWhatItShows() throws Exception {
    Known<Picture> drawn =
        drawn(
            new Interfering.Answer(
                200,
                "<GetMetricWidgetImageResponse><GetMetricWidgetImageResult><MetricWidgetImage>UE5H</MetricWidgetImage></GetMetricWidgetImageResult></GetMetricWidgetImageResponse>"));
    assertThat(drawn).isInstanceOf(Known.Value.class);
    Picture picture = ((Known.Value<Picture>) drawn).value();
    assertThat(picture.png()).asString().isEqualTo("PNG");
    assertThat(picture.shows())
        .matches(
            "TargetConnectionErrorCount of web from \\S+Z to \\S+Z; the threshold is 1.0; the"
                + " incident begins at \\S+Z");
  }

  @Test
  void whatIsRefusedOrEmptyIsUnknownAndNamed() throws Exception {
    assertThat(drawn(Interfering.error(MetricPicture.ACTION, 403, "AccessDenied")))
        .isEqualTo(
            Known.unknown(
                "cloudwatch:GetMetricWidgetImage: AccessDenied (the role needs this action)"));
    assertThat(
            drawn(
                new Interfering.Answer(
                    200, "<GetMetricWidgetImageResponse></GetMetricWidgetImageResponse>")))
        .isEqualTo(Known.unknown("cloudwatch:GetMetricWidgetImage: nothing in the answer"));
  }

  private static Known<Picture> drawn(Interfering.Answer answer) throws Exception {
    Interfering network = new Interfering(AwsClients.http()).on(MetricPicture.ACTION, answer);
    return new AwsProvider(network, List.of(), Clock.systemUTC())
        .picture(
            incident(sample("alb-connection-errors.json")),
            Instant.now().minusSeconds(600),
            Instant.now().plusSeconds(20));
  }
}
