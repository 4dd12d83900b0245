package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One place traffic is sent to.
///
/// @param id as it is registered: a machine's id, an address, a server's name, a function's or load
///   balancer's id
/// @param port null for a function
/// @param address where it is registered under another id than its address; null: the id is the
///   address, or the machine behind it tells, see {@link TargetDirectory#address}
/// @param zone where it is, as far as the registration tells; null: ask {@link
///   TargetDirectory#zone}
@RecordBuilder
public record Target(
    String id,
    @Nullable Integer port,
    @Nullable String address,
    @Nullable String zone,
    Known<TargetHealth> health)
    implements TargetBuilder.With {
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  /// How people write it: `i-0abc:8080`, `[2001:db8::1]:8080`.
  public String label() {
    if (port == null) {
      return id;
    }
    return (id.indexOf(':') >= 0 && IPV6.matcher(id).matches() ? "[" + id + "]" : id) + ":" + port;
  }
}
