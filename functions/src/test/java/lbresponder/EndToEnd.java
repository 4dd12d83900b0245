package lbresponder;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lbresponder.testing.CommandLine;
import lbresponder.testing.LambdaRuntime;
import lbresponder.testing.LambdaStandIn;
import lbresponder.testing.Listening;
import lbresponder.testing.Moto;
import lbresponder.testing.World;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/// Everything but the targets, in the prober's namespace: an emulated AWS, `respond.jar` and
/// `probe.jar` under Lambda's runtime client. Says where the targets are registered, waits for a
/// line, and prints a report for each way to have a prober.
final class EndToEnd {
  private static final String LAMBDA = "arn:aws:lambda:eu-west-1:123456789012:function:";
  private static final String PROBER = LAMBDA + "prober";

  /// In the load balancer's place.
  private static final String BESIDE = LAMBDA + "beside";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final URI endpoint = Moto.fresh();
  private final World world = new World(endpoint, 2);
  private final Listening answers;
  private final String topic;
  private final String loadBalancer;
  private final String alarm;

  private EndToEnd() {
    String own = world.securityGroup("load-balancer");
    String targets = world.securityGroup("targets");
    world.wear(targets);
    world.admit(targets, own, 8080);
    loadBalancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    world.elbv2.setSecurityGroups(call -> call.loadBalancerArn(loadBalancer).securityGroups(own));
    String group = world.targetGroup("web", ProtocolEnum.HTTP, 8080, world.instances);
    world.listener(loadBalancer, ProtocolEnum.HTTP, 80, group);
    String load = World.dimension(loadBalancer);
    String named = World.dimension(group);
    for (String[] dimensions :
        List.of(
            new String[] {"LoadBalancer", load},
            new String[] {"LoadBalancer", load, "TargetGroup", named})) {
      world.metric("AWS/ApplicationELB", "RequestCount", 50, 90, dimensions);
      world.metric("AWS/ApplicationELB", "TargetConnectionErrorCount", 9, 4, dimensions);
    }
    alarm =
        World.event(
            "AWS/ApplicationELB",
            "TargetConnectionErrorCount",
            "LoadBalancer",
            load,
            "TargetGroup",
            named);
    SnsClient sns = world.client(SnsClient.builder());
    topic = sns.createTopic(call -> call.name("answers")).topicArn();
    answers = new Listening(world, topic, "machine");
    stand("beside", own);
    proberInTheNetwork(targets);
  }

  /// An interface in each of the load balancer's subnets, as Lambda makes it for a function.
  private void stand(String function, String group) {
    for (String subnet : world.subnets.subList(0, 2)) {
      world.ec2.createNetworkInterface(
          call ->
              call.subnetId(subnet)
                  .groups(group)
                  .description("AWS Lambda VPC ENI-%s-1a2b".formatted(function)));
    }
  }

  /// Its interface, its group, and the parameter that names it for the whole VPC.
  private void proberInTheNetwork(String targets) {
    String group = world.securityGroup("prober");
    world.admit(targets, group, 8080);
    stand("prober", group);
    String network =
        world
            .ec2
            .describeSubnets(call -> call.subnetIds(world.subnets))
            .subnets()
            .getFirst()
            .vpcId();
    world
        .client(SsmClient.builder())
        .putParameter(
            call ->
                call.name("/lb-responder/probers")
                    .type(ParameterType.STRING)
                    .value("{\"%s\":\"%s\"}".formatted(network, PROBER)));
  }

  public static void main(String[] arguments) throws Exception {
    EndToEnd all = new EndToEnd();
    all.world.ec2.describeInstances().reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .filter(instance -> all.world.instances.contains(instance.instanceId()))
        .forEach(
            instance ->
                System.out.println(instance.instanceId() + " " + instance.privateIpAddress()));
    System.out.println("ready");
    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    try (LambdaRuntime prober =
        new LambdaRuntime(
            Path.of("target/probe.jar"),
            "lbresponder.ProbeFunction::handleRequest",
            Map.of("LB_RESPONDER_PROBE_CIDRS", "10.0.0.0/16"))) {
      String own = "{\"%s\":\"%s\"}".formatted(all.loadBalancer, BESIDE);
      System.out.println(all.report(prober::invoke, false, own));
      System.out.println(all.report(prober::invoke, false, "/lb-responder/probers"));
      System.out.println(all.report(_ -> "{\"errorMessage\":\"out of memory\"}", true, own));
      try (LambdaStandIn lambda = new LambdaStandIn(prober::invoke, false)) {
        System.out.println(all.diagnosed("lambda", own, lambda.endpoint()));
        System.out.println(all.diagnosed("lambda", own.replace(BESIDE, PROBER), lambda.endpoint()));
        System.out.println(all.diagnosed("here", own, lambda.endpoint()));
      }
    }
    System.exit(0);
  }

  /// By the command line, as somebody on this machine would.
  private String diagnosed(String probe, String probers, String lambda) throws Exception {
    Path event = Files.writeString(Files.createTempFile("alarm", ".json"), alarm);
    ProcessBuilder builder =
        CommandLine.of(
                endpoint, "diagnose", "--json", "--event", event.toString(), "--probe", probe)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("AWS_ENDPOINT_URL_LAMBDA", lambda);
    builder.environment().put("LB_RESPONDER_PROBERS", probers);
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private String report(LambdaStandIn.Function function, boolean failing, String probers)
      throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("LB_RESPONDER_TOPIC_ARN", topic);
    environment.put("LB_RESPONDER_PROBERS", probers);
    try (LambdaStandIn lambda = new LambdaStandIn(function, failing)) {
      environment.put("AWS_ENDPOINT_URL_LAMBDA", lambda.endpoint());
      try (LambdaRuntime respond =
          new LambdaRuntime(
              Path.of("target/respond.jar"),
              "lbresponder.RespondFunction::handleRequest",
              environment)) {
        respond.invoke(LambdaRuntime.queued(alarm));
        return MAPPER.readTree(answers.heard().getFirst()).toString();
      }
    }
  }
}
