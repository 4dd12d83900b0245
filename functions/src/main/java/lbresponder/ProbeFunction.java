package lbresponder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import lbresponder.json.FactsJson;
import lbresponder.probe.Guard;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;
import lbresponder.probe.TlsProbe;

/// Probes targets from where it stands in a network: a plain JSON request in, a plain JSON answer
/// out. It makes no AWS call and needs no permission. A request it cannot use fails the invocation
/// with a message that names the field, and probes nothing.
public final class ProbeFunction implements RequestStreamHandler {
  /// Lambda hands over no more.
  private static final int MOST_BYTES = 6 * 1024 * 1024;

  static {
    TlsProbe.offerAll();
  }

  private final Sweep sweep;

  /// Called by Lambda: `LB_RESPONDER_PROBE_CIDRS` says what may be probed.
  public ProbeFunction() {
    this(
        Guard.within(
            Objects.requireNonNullElse(System.getenv("LB_RESPONDER_PROBE_CIDRS"), ""), false));
  }

  ProbeFunction(Guard guard) {
    this.sweep = new Sweep(guard);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String request = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    out.write(FactsJson.line(answer(request)).getBytes(StandardCharsets.UTF_8));
  }

  /// @throws IllegalArgumentException naming the field, what was found and what was expected
  ProbeAnswer answer(String request) {
    return sweep.run(FactsJson.read(request, ProbeRequest.class));
  }
}
