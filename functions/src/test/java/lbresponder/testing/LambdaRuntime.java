package lbresponder.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs a function's jar as Lambda does: the real runtime interface client in a process of its own,
/// and before it Lambda's Runtime API on loopback.
public final class LambdaRuntime implements AutoCloseable {
  private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final HttpServer api;
  private final Process process;
  private final Path log;

  /// @param jar the function's jar, with `target/runtime` beside it
  /// @param environment what the function is configured with
  public LambdaRuntime(Path jar, String handler, Map<String, String> environment)
      throws IOException {
    this(jar, handler, environment, List.of());
  }

  /// @param options more for the Java virtual machine
  public LambdaRuntime(
      Path jar, String handler, Map<String, String> environment, List<String> options)
      throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    api.createContext("/", this::serve);
    api.start();
    log = Path.of("target", "lambda-" + api.getAddress().getPort() + ".log");
    process = launch(jar, handler, environment, options);
  }

  private Process launch(
      Path jar, String handler, Map<String, String> environment, List<String> options)
      throws IOException {
    String runtime;
    try (Stream<Path> jars = Files.list(Path.of("target/runtime"))) {
      runtime = jars.map(Path::toString).sorted().collect(Collectors.joining(":"));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // As Lambda's own start does: hooks around a snapshot reach its implementation by
                // this.
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                    + nativePart()));
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            jar + ":" + runtime,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            handler));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getAddress().getPort());
    builder.environment().put("_HANDLER", handler);
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "respond");
    builder.environment().put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    builder.environment().put("AWS_REGION", World.REGION);
    builder.environment().put("AWS_ACCESS_KEY_ID", "test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /// The client's native part in a file of its own: by itself it writes it to one place for all
  /// processes, over what another one may just be running.
  private String nativePart() throws IOException {
    String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    Path client;
    try (Stream<Path> jars = Files.list(Path.of("target/runtime"))) {
      client =
          jars.filter(jar -> jar.toString().contains("runtime-interface-client"))
              .findFirst()
              .orElseThrow();
    }
    Path file = Path.of("target", "lambda-" + api.getAddress().getPort() + ".so");
    try (JarFile jar = new JarFile(client.toFile());
        InputStream part =
            jar.getInputStream(jar.getEntry("jni/libaws-lambda-jni.linux-" + machine + ".so"))) {
      Files.copy(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file.toAbsolutePath().toString();
  }

  /// What a function gets that a queue feeds.
  public static String queued(String... bodies) {
    ObjectNode event = new JsonMapper().createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (int i = 0; i < bodies.length; i++) {
      records
          .addObject()
          .put("messageId", "m" + i)
          .put("body", bodies[i])
          .put("eventSource", "aws:sqs");
    }
    return event.toString();
  }

  /// Invokes the function and waits for its answer.
  public String invoke(String event) throws IOException, InterruptedException {
    events.add(event);
    String answer = answers.poll(90, TimeUnit.SECONDS);
    if (answer == null || !process.isAlive()) {
      throw new AssertionError("no answer within 90 s; the function wrote:\n" + log());
    }
    return answer;
  }

  /// What the function wrote to its standard output and error.
  public String log() throws IOException {
    return Files.readString(log);
  }

  /// Ends the function as a machine that is switched off does, and waits for it.
  public void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /// Waits until the function has asked for its first event.
  public void awaitReady() throws InterruptedException {
    if (!ready.await(90, TimeUnit.SECONDS)) {
      throw new AssertionError("the function did not start");
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.endsWith("/restore/next")) {
      respond(exchange, 200, "");
    } else if (path.endsWith("/invocation/next")) {
      next(exchange);
    } else {
      answers.add(path.endsWith("/response") ? body : path + ": " + body);
      respond(exchange, 202, "");
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    ready.countDown();
    try {
      String event = events.take();
      exchange
          .getResponseHeaders()
          .add("Lambda-Runtime-Aws-Request-Id", "id-" + ids.incrementAndGet());
      exchange
          .getResponseHeaders()
          .add("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 60_000));
      exchange
          .getResponseHeaders()
          .add(
              "Lambda-Runtime-Invoked-Function-Arn",
              "arn:aws:lambda:eu-west-1:123456789012:function:respond");
      respond(exchange, 200, event);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    // Without a content type the client's native part ends the process.
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.stop(0);
  }
}
