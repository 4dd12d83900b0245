package lbresponder.check;

import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;

/// A target as part of a target group: the same instance and port may be in several.
public record Member(TargetGroup group, Target target) {

  public String label() {
    return target.label();
  }
}
