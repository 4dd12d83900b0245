package lbresponder.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The provider's own check of a virtual machine or of what it stands on.
///
/// @param name which check, in the provider's words: `instance`, `system`
/// @param impairedSince null where it is not impaired, or the provider does not say
public record StatusCheck(
    String instance, String name, State state, @Nullable Instant impairedSince) {

  public enum State {
    OK,
    IMPAIRED,
    /// Still running, or not run on a stopped instance.
    NOT_TOLD
  }
}
