package lbresponder.probe;

import java.nio.charset.StandardCharsets;
import lbresponder.json.FactsJson;

/// A prober as a process: the request on standard input, the answer on standard output.
final class Asking {
  private Asking() {}

  public static void main(String[] arguments) throws Exception {
    String request = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    TlsProbe.offerAll();
    ProbeRequest asked = FactsJson.read(request, ProbeRequest.class);
    Guard guard = Guard.within("10.0.0.0/8", false);
    System.out.print(FactsJson.line(new Sweep(guard).run(asked)));
  }
}
