package lbresponder.facts;

import java.util.List;

/// How much of a resource was used, in the time that {@link Load} tells of.
///
/// @param id of the machine or service, or name of the scaling group, that used it
/// @param holder what that is; of several machines or tasks it is their mean, of credits the lowest
/// @param points oldest first, as often as the provider publishes them, which may be rarer than
///   those of {@link Load}; Unknown where they could not be read, or nothing was published
public record Usage(String id, Holder holder, Resource resource, Known<List<Load.Point>> points) {
  public enum Holder {
    MACHINE,
    SCALING_GROUP,
    SERVICE
  }

  public enum Resource {
    /// Percent of the processors it has, or of what it reserves.
    CPU,
    /// Percent of the memory it reserves.
    MEMORY,
    /// What it has saved up to use its processors above their base rate; at zero it may have to
    /// stay below that rate.
    CPU_CREDITS
  }
}
