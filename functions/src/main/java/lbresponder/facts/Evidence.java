package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found out beyond what the provider's own description says.
///
/// @param probes what probing the targets showed
/// @param changes what somebody or something did in the account before
/// @param displaced why the prober that was deployed in the load balancer's place probed from
///   elsewhere, as a sentence that names it; null: it did not, or none was; older recordings do not
///   tell
@RecordBuilder
public record Evidence(
    Known<List<ProbeResult>> probes, Known<List<Change>> changes, @Nullable String displaced)
    implements EvidenceBuilder.With {

  /// Of a prober that stands where it should, or none.
  public Evidence(Known<List<ProbeResult>> probes, Known<List<Change>> changes) {
    this(probes, changes, null);
  }
}
