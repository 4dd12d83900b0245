package lbresponder.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The provider's own check of a virtual machine or of what it stands on.
///
/// @param of what was checked
/// @param impairedSince null where it is not impaired, or the provider does not say
public record StatusCheck(
    String instance, Subject of, State state, @Nullable Instant impairedSince) {

  public enum Subject {
    /// The virtual machine itself.
    MACHINE,
    /// What it stands on.
    HOST,
    /// The volumes attached to it: whether it can read and write them.
    VOLUMES
  }

  public enum State {
    OK,
    IMPAIRED,
    /// Still running, or not run on a stopped instance.
    NOT_TOLD
  }
}
