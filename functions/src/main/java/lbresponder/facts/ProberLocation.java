package lbresponder.facts;

import java.util.List;

/// Where a prober stands whose own path has to be judged.
///
/// @param facts with the prober's interfaces and their security groups
/// @param interfaces their ids; empty where they could not be read or found
public record ProberLocation(Facts facts, List<String> interfaces) {
  public ProberLocation {
    interfaces = List.copyOf(interfaces);
  }
}
