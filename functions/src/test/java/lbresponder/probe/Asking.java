package lbresponder.probe;

import java.nio.charset.StandardCharsets;
import lbresponder.json.FactsJson;

/// A prober as a process: the request on standard input, the answer on standard output.
final class Asking {
  private Asking() {}

  public static void main(String[] arguments) throws Exception {
    String request = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    ProbeRequest asked = FactsJson.read(request, ProbeRequest.class);
    long began = System.nanoTime();
    var results = new Sweep(Guard.within("10.0.0.0/8", false)).run(asked.endpoints());
    System.out.print(
        FactsJson.line(
            new ProbeAnswer(
                results, (System.nanoTime() - began) / 1_000_000, Sweep.bound(asked.endpoints()))));
  }
}
