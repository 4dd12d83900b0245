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
import lbresponder.testing.Moto;
import lbresponder.testing.World;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The jar as it is deployed, an emulated AWS, and a topic that answers go to.
abstract class JarTests {
  static final Path JAR = Path.of("target/respond.jar");
  static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path folder;

  final URI endpoint = Moto.fresh();
  final World world = new World(endpoint, 3);
  final SnsClient sns = world.client(SnsClient.builder());
  final SqsClient sqs = world.client(SqsClient.builder());
  final Map<String, String> environment = new HashMap<>();
  final String topic = sns.createTopic(call -> call.name("answers")).topicArn();
  final String queue = sqs.createQueue(call -> call.queueName("machine")).queueUrl();

  final void subscribe() {
    String arn = "arn:aws:sqs:%s:%s:machine".formatted(World.REGION, World.ACCOUNT);
    sns.subscribe(
        call ->
            call.topicArn(topic)
                .protocol("sqs")
                .endpoint(arn)
                .attributes(Map.of("RawMessageDelivery", "true")));
  }

  final List<JsonNode> received() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (var message :
        sqs.receiveMessage(call -> call.queueUrl(queue).maxNumberOfMessages(10)).messages()) {
      all.add(MAPPER.readTree(message.body()));
    }
    return all;
  }

  final String stoppedTarget() {
    String balancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    String group =
        world.targetGroup("web-blue", ProtocolEnum.HTTP, 8080, world.instances.subList(0, 2));
    world.listener(balancer, ProtocolEnum.HTTP, 80, group);
    world.ec2.stopInstances(call -> call.instanceIds(world.instances.getFirst()));
    return World.event(
        "AWS/ApplicationELB",
        "TargetConnectionErrorCount",
        "LoadBalancer",
        World.dimension(balancer),
        "TargetGroup",
        World.dimension(group));
  }

  record Ran(int code, String out, String err) {}

  final Ran run(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dlog4j2.configurationFile=log4j2-cli.xml",
                "-cp",
                JAR.toString(),
                "lbresponder.cli.Main"));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("AWS_ENDPOINT_URL", endpoint.toString());
    builder.environment().put("AWS_REGION", World.REGION);
    builder.environment().put("AWS_ACCESS_KEY_ID", "test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    builder.environment().put("LB_RESPONDER_TOPIC_ARN", topic);
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Ran(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
