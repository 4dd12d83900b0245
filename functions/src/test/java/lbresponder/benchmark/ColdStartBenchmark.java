package lbresponder.benchmark;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import lbresponder.testing.LambdaRuntime;
import lbresponder.testing.Moto;
import lbresponder.testing.World;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.sns.SnsClient;

/// How long a function that was not running needs from its start to its first answer, under
/// Lambda's runtime client and against an emulated AWS, each variant in turn: `mvn -q -pl functions
/// toolchains:select-jdk-toolchain test-compile exec:exec@cold-start-benchmark` after `mvn
/// package`. Processes on this machine, not Lambda's: the ratios carry over, the milliseconds do
/// not.
public final class ColdStartBenchmark {
  private static final int ROUNDS = 7;
  private static final Path JAR = Path.of("target/respond.jar");
  private static final String HANDLER = "lbresponder.RespondFunction::handleRequest";

  private final URI endpoint = Moto.fresh();
  private final Map<String, String> environment;
  private final String balancer;
  private final String topic;
  private final String event;
  private final Path empty;
  private final Path cache;

  private ColdStartBenchmark() throws Exception {
    World world = new World(endpoint, 2);
    balancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    String group = world.targetGroup("web", ProtocolEnum.HTTP, 8080, world.instances);
    world.listener(balancer, ProtocolEnum.HTTP, 80, group);
    topic = world.client(SnsClient.builder()).createTopic(call -> call.name("answers")).topicArn();
    String alarm =
        World.event(
            "AWS/ApplicationELB",
            "TargetConnectionErrorCount",
            "LoadBalancer",
            World.dimension(balancer),
            "TargetGroup",
            World.dimension(group));
    event = LambdaRuntime.queued(alarm);
    environment = Map.of("AWS_ENDPOINT_URL", endpoint.toString(), "LB_RESPONDER_TOPIC_ARN", topic);
    Path folder = Files.createTempDirectory("cold");
    empty = emptyJar(folder.resolve("empty.jar"));
    cache = folder.resolve("respond.aot");
  }

  /// The empty function with the library that its one interface is from.
  private static Path emptyJar(Path file) throws Exception {
    Path library =
        Path.of(RequestHandler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String own = EmptyFunction.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
        JarFile from = new JarFile(library.toFile());
        InputStream handler = ColdStartBenchmark.class.getResourceAsStream("EmptyFunction.class")) {
      jar.putNextEntry(new JarEntry(own));
      jar.write(Objects.requireNonNull(handler, own).readAllBytes());
      for (JarEntry one : from.stream().filter(one -> one.getName().endsWith(".class")).toList()) {
        jar.putNextEntry(new JarEntry(one.getName()));
        jar.write(from.getInputStream(one).readAllBytes());
      }
    }
    return file;
  }

  public static void main(String[] arguments) throws Exception {
    new ColdStartBenchmark().all();
    System.exit(0);
  }

  private void all() throws Exception {
    train();
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    List<Double> starts = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      add(millis, "an empty Java handler", empty(new ArrayList<>()));
      add(millis, "lb-responder", ours(List.of(), starts));
      add(
          millis,
          "lb-responder with an AOT cache",
          ours(List.of("-XX:AOTCache=" + cache), new ArrayList<>()));
      add(millis, "boto3, the same calls", boto3());
    }
    millis.forEach(
        (what, all) ->
            System.out.printf(
                "%-34s median %6.0f ms (%.0f to %.0f)%n",
                what,
                median(all),
                all.stream().min(Double::compare).orElse(0.0),
                all.stream().max(Double::compare).orElse(0.0)));
    double ours = median(millis.getOrDefault("lb-responder", List.of()));
    System.out.printf(
        "of which until it asks for its first event %.0f ms: loading the SDK's classes%n",
        median(starts));
    Benchmarks.print(
        "without a snapshot, to an empty handler",
        ours / median(millis.getOrDefault("an empty Java handler", List.of())),
        "times",
        7);
    Benchmarks.print(
        "with an AOT cache, to boto3",
        median(millis.getOrDefault("lb-responder with an AOT cache", List.of()))
            / median(millis.getOrDefault("boto3, the same calls", List.of())),
        "times",
        1.5);
  }

  private static void add(Map<String, List<Double>> millis, String what, double one) {
    millis.computeIfAbsent(what, _ -> new ArrayList<>()).add(one);
  }

  private static double median(List<Double> all) {
    return all.stream().sorted().toList().get(all.size() / 2);
  }

  private void train() throws Exception {
    try (LambdaRuntime lambda =
        new LambdaRuntime(JAR, HANDLER, environment, List.of("-XX:AOTCacheOutput=" + cache))) {
      lambda.invoke(event);
      lambda.stop();
    }
    if (!Files.exists(cache)) {
      throw new AssertionError("the training run left no cache");
    }
  }

  private double empty(List<Double> starts) throws Exception {
    return timed(empty, "lbresponder.benchmark.EmptyFunction::handleRequest", List.of(), starts);
  }

  private double ours(List<String> options, List<Double> starts) throws Exception {
    return timed(JAR, HANDLER, options, starts);
  }

  private double timed(Path jar, String handler, List<String> options, List<Double> starts)
      throws Exception {
    long began = System.nanoTime();
    try (LambdaRuntime lambda = new LambdaRuntime(jar, handler, environment, options)) {
      lambda.awaitReady();
      starts.add((System.nanoTime() - began) / 1e6);
      lambda.invoke(event);
      return (System.nanoTime() - began) / 1e6;
    }
  }

  private double boto3() throws Exception {
    Path script = Path.of("src/test/resources/lbresponder/benchmark/same_calls.py");
    ProcessBuilder builder =
        new ProcessBuilder(Moto.interpreter(), script.toString(), balancer, topic).inheritIO();
    builder.environment().put("AWS_ENDPOINT_URL", endpoint.toString());
    builder.environment().put("AWS_DEFAULT_REGION", World.REGION);
    builder.environment().put("AWS_ACCESS_KEY_ID", "test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    long began = System.nanoTime();
    if (builder.start().waitFor() != 0) {
      throw new AssertionError("boto3 failed");
    }
    return (System.nanoTime() - began) / 1e6;
  }
}
