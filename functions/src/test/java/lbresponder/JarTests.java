package lbresponder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lbresponder.testing.CommandLine;
import lbresponder.testing.DrawingAws;
import lbresponder.testing.Listening;
import lbresponder.testing.Moto;
import lbresponder.testing.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.sns.SnsClient;

/// The jar as it is deployed, an emulated AWS, and a topic that answers go to.
abstract class JarTests {
  static final Path JAR = Path.of("target/respond.jar");
  static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path folder;

  final URI endpoint = Moto.fresh();
  final World world = new World(endpoint, 3);
  final SnsClient sns = world.client(SnsClient.builder());
  final Map<String, String> environment = new HashMap<>();
  final String topic = sns.createTopic(call -> call.name("answers")).topicArn();

  private @Nullable DrawingAws drawing;

  @BeforeEach
  void draw() throws IOException {
    drawing = new DrawingAws(endpoint);
    environment.put("AWS_ENDPOINT_URL_CLOUDWATCH", drawing.endpoint());
  }

  @AfterEach
  void close() {
    if (drawing != null) {
      drawing.close();
    }
  }

  static List<JsonNode> received(Listening answers) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (String message : answers.heard()) {
      all.add(MAPPER.readTree(message));
    }
    return all;
  }

  final String stoppedTarget() {
    String loadBalancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    String group =
        world.targetGroup("web-blue", ProtocolEnum.HTTP, 8080, world.instances.subList(0, 2));
    world.listener(loadBalancer, ProtocolEnum.HTTP, 80, group);
    world.ec2.stopInstances(call -> call.instanceIds(world.instances.getFirst()));
    return World.event(
        "AWS/ApplicationELB",
        "TargetConnectionErrorCount",
        "LoadBalancer",
        World.dimension(loadBalancer),
        "TargetGroup",
        World.dimension(group));
  }

  record Ran(int code, String out, String err) {}

  final Ran run(String... words) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        CommandLine.of(endpoint, words).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("LB_RESPONDER_TOPIC_ARN", topic);
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Ran(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
