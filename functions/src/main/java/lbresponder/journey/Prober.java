package lbresponder.journey;

import java.util.List;
import java.util.function.Function;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.probe.Guard;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;

/// Something that probes.
///
/// @param name what to call it in a sentence: `the prober web`
/// @param from what it can speak for
/// @param interfaces ids of those it may connect from, as {@link
///   lbresponder.facts.ProbeResult#interfaces}
/// @param ask never throws; Unknown where it could not be asked, or did not answer
public record Prober(
    String name,
    Vantage from,
    List<String> interfaces,
    Function<ProbeRequest, Known<ProbeAnswer>> ask) {

  /// This machine.
  ///
  /// @param guard what it may probe
  public static Prober here(Guard guard) {
    Sweep sweep = new Sweep(guard);
    return new Prober(
        "this machine", Vantage.HERE, List.of(), request -> Known.of(sweep.run(request)));
  }
}
