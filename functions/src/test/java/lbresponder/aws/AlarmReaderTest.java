package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Alarm;
import lbresponder.facts.Recognised;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmReaderTest {
  private static final Path EVENTS = Path.of("../events");
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String ELB = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:";
  private static final String WEB = ELB + "loadbalancer/app/web/50dc6c495c0c9188";
  private static final String BLUE = ELB + "targetgroup/web-blue/73e2d6bc24d8a067";

  /// What each event under `events/` is.
  private static final Map<String, String> EXPECTED = new TreeMap<>();

  static {
    String blue = "APPLICATION " + WEB + " ALARM TargetConnectionErrorCount " + BLUE;
    String web = "APPLICATION " + WEB + " ALARM ";
    String legacy = "CLASSIC " + ELB + "loadbalancer/legacy ALARM ";
    EXPECTED.put("alb-connection-errors", blue);
    EXPECTED.put("alb-connection-errors-ok", blue.replace(" ALARM ", " OK "));
    EXPECTED.put("alb-connection-errors-of-the-load-balancer", web + "TargetConnectionErrorCount");
    EXPECTED.put(
        "alb-connection-errors-in-one-zone", web + "TargetConnectionErrorCount in eu-west-1a");
    EXPECTED.put("alb-elb-5xx", web + "HTTPCode_ELB_5XX_Count");
    EXPECTED.put("alb-elb-503", web + "HTTPCode_ELB_503_Count");
    EXPECTED.put("alb-elb-504", web + "HTTPCode_ELB_504_Count");
    EXPECTED.put("alb-target-5xx", web + "HTTPCode_Target_5XX_Count " + BLUE);
    EXPECTED.put("alb-unhealthy-hosts", web + "UnHealthyHostCount " + BLUE);
    EXPECTED.put(
        "alb-healthy-hosts-insufficient-data",
        web.replace("ALARM", "INSUFFICIENT_DATA") + "HealthyHostCount " + BLUE);
    EXPECTED.put("alb-error-rate-metric-math", web + "TargetConnectionErrorCount");
    EXPECTED.put(
        "alb-over-two-load-balancers",
        web
            + "TargetConnectionErrorCount; APPLICATION "
            + ELB
            + "loadbalancer/app/api/a1b2c3d4e5f60718 ALARM TargetConnectionErrorCount");
    EXPECTED.put("alb-anomaly-band", web + "TargetConnectionErrorCount");
    EXPECTED.put(
        "alb-of-another-account",
        web.replace("123456789012", "210987654321") + "TargetConnectionErrorCount");
    EXPECTED.put("clb-backend-connection-errors", legacy + "BackendConnectionErrors");
    EXPECTED.put(
        "clb-unhealthy-hosts-govcloud",
        "CLASSIC arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:123456789012:loadbalancer/legacy"
            + " ALARM UnHealthyHostCount");
    EXPECTED.put("clb-unhealthy-hosts", legacy + "UnHealthyHostCount");
    EXPECTED.put("clb-spillover", legacy + "SpilloverCount");
    EXPECTED.put(
        "clb-of-the-whole-account",
        "unreadable: detail.configuration.metrics[0].metricStat.metric.dimensions: found only"
            + " AvailabilityZone, expected a dimension LoadBalancerName: BackendConnectionErrors"
            + " over several load balancers names none");
    String edge = "NETWORK " + ELB + "loadbalancer/net/edge/8f3a1c22b7d04e65 ALARM ";
    String tcp = " " + ELB + "targetgroup/edge-tcp/0b9d4c7e51a2f836";
    EXPECTED.put("nlb-healthy-hosts", edge + "HealthyHostCount" + tcp);
    EXPECTED.put("nlb-unhealthy-hosts", edge + "UnHealthyHostCount" + tcp);
    EXPECTED.put(
        "nlb-target-resets-china",
        edge.replace("arn:aws:", "arn:aws-cn:").replace("eu-west-1", "cn-north-1")
            + "TCP_Target_Reset_Count");
    EXPECTED.put(
        "gateway-load-balancer", "not ours: a Gateway Load Balancer is recognised and not covered");
    EXPECTED.put("composite", "not ours: a composite alarm: its children carry the metrics");
    EXPECTED.put(
        "alarm-on-another-metric",
        "not ours: an alarm on AWS/SQS ApproximateAgeOfOldestMessage, which is not among the"
            + " metrics covered");
    EXPECTED.put(
        "alb-request-count",
        "not ours: an alarm on AWS/ApplicationELB RequestCount, which is not among the metrics"
            + " covered");
    EXPECTED.put("alarm-configuration-change", "not ours: a CloudWatch Alarm Configuration Change");
    EXPECTED.put("sns-raw-alb-connection-errors", blue);
    EXPECTED.put("sns-envelope-alb-connection-errors", blue);
    EXPECTED.put("sns-envelope-clb-without-alarm-arn", legacy + "BackendConnectionErrors");
    EXPECTED.put("sns-lambda-records-metric-math", web + "TargetConnectionErrorCount");
    EXPECTED.put("sns-subscription-confirmation", "not ours: an SNS SubscriptionConfirmation");
    EXPECTED.put("direct-clb-backend-connection-errors", legacy + "BackendConnectionErrors");
  }

  @Test
  void everyEventIsWhatItIs() throws IOException {
    Map<String, String> read = new TreeMap<>();
    for (Path file : events()) {
      String name = file.getFileName().toString().replace(".json", "");
      read.put(name, words(AlarmReader.read(Files.readString(file))));
    }
    assertThat(read).isEqualTo(EXPECTED);
  }

  @Test
  void theStateChangeIsRead() throws IOException {
    Alarm alarm =
        only(AlarmReader.read(Files.readString(EVENTS.resolve("alb-connection-errors.json"))));
    assertThat(alarm.name()).isEqualTo("web-connection-errors");
    assertThat(alarm.changedAt()).isEqualTo("2026-01-02T17:04:40.989Z");
    assertThat(alarm.evaluatedFrom()).isEqualTo("2026-01-02T16:59:00Z");
    assertThat(alarm.previousState()).isEqualTo(Alarm.State.OK);
    assertThat(alarm.previousSince()).isEqualTo("2026-01-02T16:20:40.987Z");
    assertThat(alarm.watched().periodSeconds()).isEqualTo(60);
  }

  @Test
  void everyMetricListedIsRecognisedInEventsAndNotifications() {
    for (Metrics.Metric metric : Metrics.ALL.recognised()) {
      String dimension =
          switch (metric.kind()) {
            case CLASSIC -> "\"LoadBalancerName\":\"legacy\"";
            case APPLICATION -> "\"LoadBalancer\":\"app/web/50dc6c495c0c9188\"";
            case NETWORK -> "\"LoadBalancer\":\"net/web/50dc6c495c0c9188\"";
          };
      String event =
          """
          {"detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch",
           "resources":["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a"],"time":"2026-01-02T17:04:40Z",
           "detail":{"alarmName":"a","state":{"value":"ALARM"},"configuration":{"metrics":[
             {"metricStat":{"metric":{"namespace":"%s","name":"%s","dimensions":{%s}}}}]}}}
          """
              .formatted(metric.namespace(), metric.name(), dimension);
      Alarm alarm = only(AlarmReader.read(event));
      assertThat(alarm.watched().measure()).isEqualTo(metric.measure());
      assertThat(alarm.loadBalancer().kind()).isEqualTo(metric.kind());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | the message: found nothing, expected an alarm as a JSON object",
        "`not json` | the message: found no JSON",
        "`{\"detail-type\":` | the message: found no JSON",
        "`{} trailing` | the message: found no JSON",
        "`[1]` | the message: found [1], expected an alarm as a JSON object",
        "`{\"detail-type\":7}` | detail-type: found 7, expected text",
        "`{\"detail-type\":\"CloudWatch Alarm State Change\",\"source\":\"aws.cloudwatch\"}` |"
            + " detail: found nothing, expected an object",
        "`{\"AlarmName\":\"a\",\"AlarmArn\":\"arn:aws:sns:x\"}` | AlarmArn: found"
            + " \"arn:aws:sns:x\", expected an alarm's ARN"
      })
  void whatCannotBeReadIsNamed(String message, String why) {
    assertThat(AlarmReader.read(message == null ? "" : message))
        .isInstanceOfSatisfying(
            Recognised.Unreadable.class,
            unreadable -> assertThat(unreadable.why()).startsWith(why));
  }

  @Test
  void hugeAndDeepMessagesAreAnswers() {
    assertThat(AlarmReader.read("x".repeat(1_048_577))).isInstanceOf(Recognised.Unreadable.class);
    assertThat(AlarmReader.read("[".repeat(1000) + "]".repeat(1000)))
        .isInstanceOf(Recognised.Unreadable.class);
    assertThat(AlarmReader.read("{\"detail-type\":" + "9".repeat(500_000) + "}"))
        .isInstanceOf(Recognised.Unreadable.class);
  }

  /// Each field of each event removed, made null and given every other type, one at a time: always
  /// an answer with a reason, never an exception.
  @Test
  void everyDamagedEventIsAnswered() throws IOException {
    int damaged = 0;
    for (Path file : events()) {
      JsonNode whole = MAPPER.readTree(file.toFile());
      for (Consumer<JsonNode> damage : damages(whole)) {
        JsonNode copy = whole.deepCopy();
        damage.accept(copy);
        answered(copy.toString());
        damaged++;
      }
    }
    System.out.printf("%d damaged events answered%n", damaged);
    assertThat(damaged).isGreaterThan(3_000);
  }

  @Test
  void tenThousandRandomMutationsAreAnswered() throws IOException {
    long seed = Long.getLong("seed", 20260102L);
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (Path file : events()) {
      texts.add(Files.readString(file));
    }
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, (char) random.nextInt(0x10000));
          case 2 -> text.setCharAt(at, "{}[]\",:0e\\".charAt(random.nextInt(10)));
          default -> text.setLength(Math.max(1, at));
        }
      }
      answered(text.toString());
    }
    System.out.printf("10000 random mutations answered, seed %d%n", seed);
  }

  private static void answered(String message) {
    switch (AlarmReader.read(message)) {
      case Recognised.Alarms(List<Alarm> alarms) -> assertThat(alarms).isNotEmpty();
      case Recognised.NotOurs(String why) -> assertThat(why).isNotBlank().hasSizeLessThan(1000);
      case Recognised.Unreadable(String why) -> assertThat(why).isNotBlank().hasSizeLessThan(500);
    }
  }

  private static List<Consumer<JsonNode>> damages(JsonNode whole) {
    List<Consumer<JsonNode>> damages = new ArrayList<>();
    damages(whole, List.of(), damages);
    return damages;
  }

  private static void damages(JsonNode node, List<Object> path, List<Consumer<JsonNode>> damages) {
    List<Object> keys = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object.fieldNames().forEachRemaining(keys::add);
    } else {
      for (int i = 0; i < node.size(); i++) {
        keys.add(i);
      }
    }
    for (Object key : keys) {
      List<JsonNode> others =
          List.of(
              NullNode.getInstance(),
              MAPPER.getNodeFactory().numberNode(1e300),
              MAPPER.getNodeFactory().textNode("\u202e x"),
              MAPPER.createArrayNode().add(1),
              MAPPER.createObjectNode().put("a", 1));
      damages.add(root -> set(at(root, path), key, null));
      others.forEach(other -> damages.add(root -> set(at(root, path), key, other)));
      List<Object> deeper = new ArrayList<>(path);
      deeper.add(key);
      damages(at(node, List.of(key)), deeper, damages);
    }
  }

  private static JsonNode at(JsonNode root, List<Object> path) {
    JsonNode node = root;
    for (Object key : path) {
      node = key instanceof Integer index ? node.path(index) : node.path((String) key);
    }
    return node;
  }

  private static void set(
      JsonNode parent, Object key, @org.jspecify.annotations.Nullable JsonNode value) {
    if (parent instanceof ObjectNode object) {
      if (value == null) {
        object.remove((String) key);
      } else {
        object.set((String) key, value);
      }
    } else if (parent instanceof ArrayNode array) {
      if (value == null) {
        array.remove((Integer) key);
      } else {
        array.set((Integer) key, value);
      }
    }
  }

  private static Alarm only(Recognised recognised) {
    assertThat(recognised).isInstanceOf(Recognised.Alarms.class);
    return ((Recognised.Alarms) recognised).alarms().getFirst();
  }

  private static List<Path> events() throws IOException {
    try (Stream<Path> files = Files.list(EVENTS)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static String words(Recognised recognised) {
    return switch (recognised) {
      case Recognised.Alarms(List<Alarm> alarms) ->
          alarms.stream().map(AlarmReaderTest::words).collect(Collectors.joining("; "));
      case Recognised.NotOurs(String why) -> "not ours: " + why;
      case Recognised.Unreadable(String why) -> "unreadable: " + why;
    };
  }

  private static String words(Alarm alarm) {
    Alarm.Watch watch = alarm.watched();
    return "%s %s %s %s%s%s"
        .formatted(
            alarm.loadBalancer().kind(),
            alarm.loadBalancer().arn(),
            alarm.state(),
            watch.metric(),
            watch.targetGroup() == null ? "" : " " + watch.targetGroup(),
            watch.zone() == null ? "" : " in " + watch.zone());
  }
}
