package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lbresponder.testing.CommandLine;
import lbresponder.testing.Listening;
import lbresponder.testing.SlackPicture;
import lbresponder.testing.SlackStandIn;
import lbresponder.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// The jar as the command line.
class CommandLineIT extends JarTests {
  @Test
  void theCommandLineDiagnosesAllThreeKinds() throws Exception {
    assertThat(leading(stoppedTarget())).isEqualTo("TargetStopped");

    world.classic("legacy", world.instances);
    assertThat(
            leading(
                World.event("AWS/ELB", "BackendConnectionErrors", "LoadBalancerName", "legacy")))
        .isEqualTo("TargetStopped");

    String loadBalancer = world.loadBalancer("edge", LoadBalancerTypeEnum.NETWORK);
    String group = world.targetGroup("edge-tcp", ProtocolEnum.TCP, 9000, List.of());
    world.listener(loadBalancer, ProtocolEnum.TCP, 443, group);
    assertThat(
            leading(
                World.event(
                    "AWS/NetworkELB",
                    "HealthyHostCount",
                    "LoadBalancer",
                    World.dimension(loadBalancer),
                    "TargetGroup",
                    World.dimension(group))))
        .isEqualTo("NoTargets");
  }

  @Test
  void theCommandLineRespondsRecordsAndReplays() throws Exception {
    Listening answers = new Listening(world, topic, "machine");
    Path event = Files.writeString(folder.resolve("event.json"), stoppedTarget());
    assertThat(run("respond", "--event", event.toString()).code()).isZero();
    assertThat(received(answers).getFirst().path("causes").path(0).path("id").asText())
        .isEqualTo("TargetStopped");

    Path incident = folder.resolve("incident.txt");
    assertThat(
            run("record", "--event", event.toString(), "--out", incident.toString(), "--redact")
                .code())
        .isZero();
    String text = Files.readString(incident);
    assertThat(text)
        .contains("PROVEN")
        .doesNotContain(World.ACCOUNT, "web-blue", "trial")
        .doesNotContain(world.instances.toArray(String[]::new));
    Ran checked = run("replay", "--check", incident.toString());
    assertThat(checked.code()).as(checked.err()).isZero();
    Ran asked = run("diagnose", "--load-balancer", "web");
    assertThat(asked.out())
        .startsWith("web (application, ")
        .contains("└─ everything")
        .contains("machine stopped")
        .contains("PROVEN");
    assertThat(run("diagnose", "--load-balancer", "nobody").err())
        .contains("no load balancer is called nobody in eu-west-1");
    assertThat(run("diagnose", "--load-balancer", "a b").code()).isEqualTo(2);
    assertThat(run("diagnose").code()).isEqualTo(2);
    assertThat(run("record", "--event", event.toString(), "--out", incident.toString()).err())
        .contains("by --force");
    assertThat(run("doctor").out())
        .contains("ok       ec2:DescribeInstances")
        .doesNotContain("missing");
  }

  /// In each form in which people have it at hand.
  @Test
  void aLoadBalancerIsFoundByWhatPeopleCallIt() throws Exception {
    stoppedTarget();
    world.classic("legacy", world.instances);
    String dnsName =
        world
            .elbv2
            .describeLoadBalancers(call -> call.names("web"))
            .loadBalancers()
            .getFirst()
            .dnsName();
    for (String named : List.of("web", dnsName, "https://DUALSTACK." + dnsName + ":443/health")) {
      Ran ran = run("diagnose", named);
      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.out()).startsWith("web (application, ");
    }
    Ran mistyped = run("diagnose", "wbe");
    assertThat(mistyped.code()).isEqualTo(2);
    assertThat(mistyped.err())
        .contains("no load balancer is called wbe in eu-west-1 of account ", ": did you mean web?")
        .contains("\n  legacy  classic ", "\n  web     application  " + dnsName);
    assertThat(run("diagnose").err()).contains("--event", "\n  legacy ", "\n  web ");
  }

  @Test
  void theDemoIsInTheJar() throws Exception {
    Ran list = run("demo");
    assertThat(list.code()).as(list.err()).isZero();
    for (String line : list.out().lines().toList()) {
      Ran ran = run("demo", line.substring(0, line.indexOf(' ')));
      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.out()).contains(" web  ", "Everything: --full");
    }
    Path page = folder.resolve("page.html");
    assertThat(run("demo", "security-group", "--html", page.toString()).out()).startsWith("✗ web");
    assertThat(page).content().startsWith("<!DOCTYPE html>").contains("PROVEN");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNoticed() throws Exception {
    Path err = folder.resolve("err");
    int code =
        CommandLine.of(endpoint, "policy")
            .redirectOutput(Path.of("/dev/full").toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    assertThat(code).isEqualTo(3);
    assertThat(err).hasContent("the output could not be written: No space left on device");
  }

  @Test
  void aFileStandsForTheEnvironment() throws Exception {
    Path config = Files.writeString(folder.resolve("config"), "LB_RESPONDER_CHAT_TOPIC_ARN=none\n");
    environment.put("LB_RESPONDER_CONFIG", config.toString());
    assertThat(run("doctor").out())
        .contains("LB_RESPONDER_CHAT_TOPIC_ARN: found `none`, expected arn:");
    Files.writeString(config, "LB_RESPONDER_CHAT_TOPIK_ARN=none\n");
    Ran ran = run("doctor");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("did you mean LB_RESPONDER_CHAT_TOPIC_ARN?");
  }

  /// What it prints is read again by the tests of the deployment.
  @Test
  void aPlanNamesWhatIsThere() throws Exception {
    stoppedTarget();
    world.classic("legacy", world.instances);
    String other = world.loadBalancer("edge", LoadBalancerTypeEnum.NETWORK);
    world.elbv2.addTags(
        call -> call.resourceArns(other).tags(Tag.builder().key("team").value("edge").build()));
    Ran ran = run("plan");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("has no security groups that a prober could use");
    JsonNode plan = MAPPER.readTree(ran.out());
    Files.writeString(Path.of("target/plan.json"), ran.out());
    assertThat(plan.path("account").asText()).isEqualTo(World.ACCOUNT);
    assertThat(plan.path("loadBalancers")).hasSize(3);
    assertThat(plan.path("networks").path(0).path("cidrs").path(0).asText())
        .isEqualTo("10.0.0.0/16");
    assertThat(plan.path("networks").path(0).path("subnets")).hasSize(2);
    assertThat(MAPPER.readTree(run("plan", "--tag", "team=edge").out()).path("loadBalancers"))
        .hasSize(1);
    assertThat(run("plan", "--tag", "team").code()).isEqualTo(2);
    Ran mistyped = run("plan", "--tag", "team=egde");
    assertThat(mistyped.code()).isEqualTo(2);
    assertThat(mistyped.out()).isEmpty();
    assertThat(mistyped.err())
        .contains(
            "none of the 3 load balancers in eu-west-1 has team=egde: did you mean team=edge?");
  }

  @Test
  void theDoctorLooksAtADeployedFunction() throws Exception {
    assertThat(run("doctor", "--function", "nobody").out())
        .contains("missing  function nobody: lambda:GetFunctionConfiguration");
    String arn = world.function("respond");
    world
        .client(LambdaClient.builder())
        .updateFunctionConfiguration(
            call ->
                call.functionName(arn)
                    .environment(
                        variables ->
                            variables.variables(
                                Map.of(
                                    "LB_RESPONDER_TOPIC_ARN",
                                    topic,
                                    "LB_RESPONDER_PROBERS",
                                    "/lb-responder/none"))));
    assertThat(run("doctor", "--function", "respond").out())
        .contains("ok       sns topic " + topic)
        .contains("missing  probers: LB_RESPONDER_PROBERS: ")
        .contains("missing  heartbeat: none within two hours");
    world.metric("lb-responder", "HEARTBEAT", 1, 1, "service", "respond");
    assertThat(run("doctor", "--function", "respond").out())
        .contains("ok       heartbeat, last at");
  }

  @Test
  void theChatTopicGetsNotificationsOfItsOwnForm() throws Exception {
    String chat = sns.createTopic(call -> call.name("chat")).topicArn();
    Listening listening = new Listening(world, chat, "heard");
    environment.put("LB_RESPONDER_CHAT_TOPIC_ARN", chat);
    String alarm = stoppedTarget().replace("\"alarmName\":\"trial\"", "\"alarmName\":\"<@here>\"");
    Path event = Files.writeString(folder.resolve("alarm.json"), alarm);
    assertThat(run("doctor").out()).contains("ok       chat topic " + chat);
    assertThat(run("respond", "--event", event.toString()).code()).isZero();
    JsonNode notification = received(listening).getFirst();
    assertThat(notification.path("version").asText()).isEqualTo("1.0");
    assertThat(notification.path("source").asText()).isEqualTo("custom");
    assertThat(notification.at("/content/textType").asText()).isEqualTo("client-markdown");
    assertThat(notification.at("/content/title").asText())
        .startsWith("web: The target's instance is stopped or terminated");
    assertThat(notification.at("/content/nextSteps/0").asText()).startsWith("Ask who stopped i-");
    assertThat(notification.at("/metadata/threadId").asText()).startsWith("aws-");
    assertThat(notification.toString()).doesNotContain("<@");

    environment.put("LB_RESPONDER_CHAT_TOPIC_ARN", chat + "-gone");
    Ran ran = run("doctor");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out())
        .contains("missing  chat topic %s-gone: sns:GetTopicAttributes: ".formatted(chat));
  }

  @Test
  void slackGetsFirstWordsTheFindingTheDetailsAndAPicture() throws Exception {
    world
        .client(SecretsManagerClient.builder())
        .createSecret(call -> call.name("lb-responder/slack").secretString("xoxb-good"));
    try (SlackStandIn slack = new SlackStandIn()) {
      environment.put("LB_RESPONDER_SLACK_SECRET", "lb-responder/slack");
      environment.put("LB_RESPONDER_SLACK_CHANNEL", "#on-call");
      environment.put("LB_RESPONDER_SLACK_ENDPOINT", slack.endpoint());
      Path event = Files.writeString(folder.resolve("alarm.json"), stoppedTarget());
      assertThat(run("doctor").out()).contains("ok       slack token in secret lb-responder/slack");
      Ran ran = run("respond", "--event", event.toString());
      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(slack.calls())
          .extracting(SlackStandIn.Call::method)
          .containsExactly("chat.postMessage", "chat.update", "chat.postMessage");
      assertThat(SlackPicture.of(slack.calls().get(1).parsed()))
          .startsWith("# web: The target's instance is stopped or terminated")
          .contains("Ask who stopped i-");
      assertThat(slack.files())
          .singleElement()
          .satisfies(
              file -> {
                assertThat(file.thread()).isEqualTo("1767373360.000001");
                assertThat(file.shows()).startsWith("TargetConnectionErrorCount of web from ");
              });
      assertThat(slack.uploads()).hasSize(1);
    }
  }

  private String leading(String alarm) throws Exception {
    Path event = Files.writeString(folder.resolve("alarm.json"), alarm);
    Ran ran = run("diagnose", "--event", event.toString(), "--json");
    assertThat(ran.code()).as(ran.err()).isZero();
    return MAPPER.readTree(ran.out()).path("causes").path(0).path("id").asText();
  }
}
