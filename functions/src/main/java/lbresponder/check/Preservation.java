package lbresponder.check;

import java.util.Map;
import lbresponder.facts.Known;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;

/// Whether a Network Load Balancer keeps the client's address on packets to a target group.
final class Preservation {
  private Preservation() {}

  /// As the attribute says; where it does not, on for instances and for UDP, off for addresses.
  static Known<Boolean> isOn(TargetGroup group) {
    return group
        .attributes()
        .map(
            (Map<String, String> all) ->
                switch (all.getOrDefault("preserve_client_ip.enabled", "")) {
                  case "true" -> true;
                  case "false" -> false;
                  default ->
                      group.targetType() == TargetType.INSTANCE || group.protocol().contains("UDP");
                });
  }
}
