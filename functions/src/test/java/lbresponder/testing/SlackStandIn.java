package lbresponder.testing;

import com.google.gson.Gson;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.util.json.GsonFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Slack's Web API on loopback: refuses what Slack refuses, keeps the rest, and answers as Slack
/// does.
public final class SlackStandIn implements AutoCloseable {
  private static final Gson GSON = GsonFactory.createSnakeCase();
  private final HttpServer server;
  private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Answer> script = new ArrayDeque<>();
  private final List<byte[]> uploads = Collections.synchronizedList(new ArrayList<>());
  private String token = "xoxb-good";
  private String uploadPlace = "";

  /// @param blocks as they came
  public record Call(
      String method, String channel, String timestamp, String thread, String text, String blocks) {
    /// What Slack's own classes make of them.
    public List<LayoutBlock> parsed() {
      return Arrays.asList(GSON.fromJson(blocks, LayoutBlock[].class));
    }
  }

  /// @param error Slack's word; empty: it succeeds
  private record Answer(int status, String error, String retryAfter) {}

  public SlackStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/", this::answer);
    server.createContext("/upload/", this::upload);
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:%d/api/".formatted(server.getAddress().getPort());
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// A file that was shared.
  ///
  /// @param shows for those who cannot see it
  public record File(String channel, String thread, String shows) {}

  private final List<File> files = Collections.synchronizedList(new ArrayList<>());
  private String shows = "";

  public List<File> files() {
    return List.copyOf(files);
  }

  /// The bytes that were put where files are put.
  public List<byte[]> uploads() {
    return List.copyOf(uploads);
  }

  /// Where files are to be put, in the place of its own.
  public void uploadTo(String place) {
    uploadPlace = place;
  }

  /// What the next call is answered with, in order.
  public SlackStandIn refuse(String error) {
    script.add(new Answer(200, error, ""));
    return this;
  }

  public SlackStandIn fail(int status, String retryAfter) {
    script.add(new Answer(status, "", retryAfter));
    return this;
  }

  public void accept(String other) {
    token = other;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    Map<String, String> form = form(exchange);
    String presented = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Answer scripted = script.poll();
    if (scripted != null && scripted.status() != 200) {
      if (!scripted.retryAfter().isEmpty()) {
        exchange.getResponseHeaders().add("Retry-After", scripted.retryAfter());
      }
      respond(exchange, scripted.status(), "");
    } else if (!presented.equals("Bearer " + token)) {
      respond(exchange, 200, "{\"ok\":false,\"error\":\"invalid_auth\"}");
    } else if (scripted != null) {
      String needed = scripted.error().equals("missing_scope") ? ",\"needed\":\"files:write\"" : "";
      respond(
          exchange, 200, "{\"ok\":false,\"error\":\"%s\"%s}".formatted(scripted.error(), needed));
    } else if (method.equals("auth.test")) {
      respond(exchange, 200, "{\"ok\":true,\"user\":\"lb-responder\"}");
    } else if (method.equals("files.getUploadURLExternal")) {
      shows = form.getOrDefault("alt_txt", "");
      String place = uploadPlace.isEmpty() ? endpoint().replace("/api/", "/upload/1") : uploadPlace;
      respond(
          exchange, 200, "{\"ok\":true,\"upload_url\":\"%s\",\"file_id\":\"F1\"}".formatted(place));
    } else if (method.equals("files.completeUploadExternal")) {
      files.add(
          new File(form.getOrDefault("channel_id", ""), form.getOrDefault("thread_ts", ""), shows));
      respond(exchange, 200, "{\"ok\":true,\"files\":[{\"id\":\"F1\"}]}");
    } else {
      post(exchange, method, form);
    }
  }

  private void upload(HttpExchange exchange) throws IOException {
    uploads.add(exchange.getRequestBody().readAllBytes());
    respond(exchange, exchange.getRequestHeaders().containsKey("Authorization") ? 400 : 200, "OK");
  }

  private void post(HttpExchange exchange, String method, Map<String, String> form)
      throws IOException {
    Call call =
        new Call(
            method,
            form.getOrDefault("channel", ""),
            form.getOrDefault("ts", ""),
            form.getOrDefault("thread_ts", ""),
            form.getOrDefault("text", ""),
            form.getOrDefault("blocks", "[]"));
    String wrong = objection(call);
    calls.add(call);
    respond(
        exchange,
        200,
        wrong.isEmpty()
            ? "{\"ok\":true,\"channel\":\"C012AB\",\"ts\":\"1767373360.%06d\"}"
                .formatted(calls.size())
            : "{\"ok\":false,\"error\":\"invalid_blocks: %s\"}".formatted(wrong));
  }

  /// What Slack would refuse; empty: nothing.
  private static String objection(Call call) {
    if (call.channel().isEmpty() || call.text().isEmpty() || call.text().length() > 4000) {
      return "channel or text";
    }
    List<LayoutBlock> blocks = call.parsed();
    if (blocks.isEmpty() || blocks.size() > 50 || call.blocks().length() > 100_000) {
      return "size";
    }
    for (LayoutBlock block : blocks) {
      boolean fits =
          switch (block) {
            case HeaderBlock header -> header.getText().getText().length() <= 150;
            case SectionBlock section -> section.getText().getText().length() <= 3000;
            case RichTextBlock rich -> !rich.getElements().isEmpty();
            default -> false;
          };
      if (!fits) {
        return block.getType();
      }
    }
    return "";
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int is = pair.indexOf('=');
      if (is > 0) {
        form.put(
            pair.substring(0, is),
            URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
