package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/// What was found out beyond what the provider's own description says.
///
/// @param probes what probing the targets showed
/// @param changes what somebody or something did in the account before
@RecordBuilder
public record Evidence(Known<List<ProbeResult>> probes, Known<List<Change>> changes)
    implements EvidenceBuilder.With {}
