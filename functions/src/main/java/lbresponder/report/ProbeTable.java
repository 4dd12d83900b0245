package lbresponder.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import org.jspecify.annotations.Nullable;

/// The first result of each purpose for each target: whatever was probed is shown, also where it
/// does not matter to the diagnosis.
final class ProbeTable {
  private record Key(Purpose purpose, String target) {}

  private final Known<List<ProbeResult>> read;
  private final Map<Key, ProbeResult> results = new HashMap<>();

  ProbeTable(Known<List<ProbeResult>> read) {
    this.read = read;
    for (ProbeResult result : read.orElse(List.of())) {
      results.putIfAbsent(new Key(result.purpose(), result.target()), result);
    }
  }

  Known<List<ProbeResult>> read() {
    return read;
  }

  @Nullable ProbeResult of(RegisteredTarget target, Purpose purpose) {
    return results.get(new Key(purpose, target.label()));
  }
}
