package lbresponder.facts;

import java.time.Instant;
import java.util.List;

/// Something somebody or something did in the account. Evidence, never a cause by itself.
///
/// @param what the API call, e.g. `RevokeSecurityGroupIngress`
/// @param who the person or service
/// @param role the role it acted in, by which a controller or pipeline that may undo a fix is known
/// @param resources ids it touched
public record Change(Instant at, String what, String who, String role, List<String> resources) {}
