package lbresponder.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A real browser without a window, spoken to by its DevTools protocol on loopback. It has no other
/// network: whatever name it asks for is nowhere.
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "google-chrome", "chromium-browser", "chrome");
  private static final Pattern ADDRESS = Pattern.compile("listening on ws://([^/]+)/");
  private static final long SECONDS = 30;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final WebSocket socket;
  private int calls;

  private Browser(Process process, String address) throws IOException, InterruptedException {
    this.process = process;
    JsonNode tab =
        MAPPER.readTree(
            http.send(
                    HttpRequest.newBuilder(
                            URI.create("http://" + address + "/json/new?about:blank"))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create(tab.path("webSocketDebuggerUrl").asText()), new Receiver(answers))
            .join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /// Aborts the test with the reason where this machine has none; in CI that is a failure.
  ///
  /// @param profile a folder of its own
  public static Browser start(Path profile) throws IOException, InterruptedException {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      String trouble = "chromium is missing: run tools/prepare, which says what it lacks";
      System.out.println("skipped: " + trouble);
      if (System.getenv("CI") != null) {
        throw new AssertionError(trouble);
      }
      Assumptions.abort(trouble);
    }
    Process process =
        new ProcessBuilder(
                program.orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-lcd-text",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    try {
      return new Browser(process, address(process));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      process.destroyForcibly();
      throw failed;
    }
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(file -> file.toFile().canExecute())
        .findFirst();
  }

  private static String address(Process process) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      all.append(line).append('\n');
      Matcher found = ADDRESS.matcher(line);
      if (found.find()) {
        Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
        return found.group(1);
      }
    }
    throw new IOException("the browser ended at once: " + all);
  }

  /// Puts together what comes in parts.
  private record Receiver(BlockingQueue<JsonNode> messages, StringBuilder parts)
      implements WebSocket.Listener {
    Receiver(BlockingQueue<JsonNode> messages) {
      this(messages, new StringBuilder());
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        try {
          messages.add(MAPPER.readTree(parts.toString()));
        } catch (IOException unreadable) {
          throw new IllegalStateException(unreadable);
        }
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /// Calls a method of the protocol and waits for its answer.
  public JsonNode call(String method, Map<String, ?> parameters) {
    int id = ++calls;
    ObjectNode request = MAPPER.createObjectNode().put("id", id).put("method", method);
    request.set("params", MAPPER.valueToTree(parameters));
    socket.sendText(request.toString(), true).join();
    while (true) {
      JsonNode message = next(method);
      if (message.path("id").asInt() != id) {
        events.add(message);
      } else if (message.has("error")) {
        throw new IllegalStateException(method + ": " + message.path("error"));
      } else {
        return message.path("result");
      }
    }
  }

  private JsonNode next(String waiting) {
    try {
      JsonNode message = answers.poll(SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IllegalStateException(waiting + ": no answer within " + SECONDS + " s");
      }
      return message;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// How wide the window is in CSS pixels, and which colours it prefers.
  public void look(int width, boolean dark) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /// Waits until the page is there.
  public void open(Path file) {
    events.clear();
    call("Page.navigate", Map.of("url", file.toUri().toString()));
    while (events.stream().noneMatch(event -> is(event, "Page.loadEventFired"))) {
      events.add(next("opening " + file));
    }
  }

  private static boolean is(JsonNode event, String method) {
    return event.path("method").asText().equals(method);
  }

  /// What a script in the page gives back, awaited.
  public JsonNode run(String script) {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value");
  }

  /// What the page complained of since it was opened, and what it asked for beside itself.
  public List<String> trouble() {
    return events.stream()
        .filter(
            event ->
                is(event, "Log.entryAdded")
                    || is(event, "Runtime.exceptionThrown")
                    || is(event, "Runtime.consoleAPICalled")
                    || (is(event, "Network.requestWillBeSent")
                        && !event.at("/params/type").asText().equals("Document")))
        .map(JsonNode::toString)
        .toList();
  }

  /// @param height in CSS pixels from the top; 0: the whole page
  /// @return a PNG, as base64
  public String picture(int width, int height) {
    int whole = run("document.documentElement.scrollHeight").asInt();
    return call(
            "Page.captureScreenshot",
            Map.of(
                "captureBeyondViewport",
                true,
                "clip",
                Map.of(
                    "x",
                    0,
                    "y",
                    0,
                    "width",
                    width,
                    "height",
                    height == 0 ? whole : Math.min(whole, height),
                    "scale",
                    1)))
        .path("data")
        .asText();
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
    process.destroy();
    try {
      process.onExit().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException failed) {
      process.destroyForcibly();
    }
  }
}
