package lbresponder.infra;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import lbresponder.infra.Configuration.Hub;
import lbresponder.infra.Configuration.Place;
import lbresponder.infra.Configuration.ProberSite;

/// Fixed names of resources that stacks in other accounts and Regions refer to: a CloudFormation
/// reference does not reach that far.
final class Names {
  /// The hub's function has this role, and member accounts trust no other.
  static final String HUB_ROLE = "lb-responder-respond";

  /// The role in each member account by which the hub reads it.
  static final String MEMBER_ROLE = "lb-responder-read";

  static final String BUS = "lb-responder";
  static final String PROBERS_PARAMETER = "/lb-responder/probers";

  private Names() {}

  static String hubRole(Hub hub) {
    return "arn:%s:iam::%s:role/%s".formatted(partition(hub.region()), hub.account(), HUB_ROLE);
  }

  static String memberRole(String account, String region) {
    return "arn:%s:iam::%s:role/%s".formatted(partition(region), account, MEMBER_ROLE);
  }

  static String bus(Hub hub) {
    return "arn:%s:events:%s:%s:event-bus/%s"
        .formatted(partition(hub.region()), hub.region(), hub.account(), BUS);
  }

  static String prober(ProberSite site) {
    return "lb-responder-probe-" + id(site.key());
  }

  /// A short id of the key alone: moving an entry within the configuration replaces nothing.
  static String id(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException none) {
      throw new IllegalStateException("every Java has SHA-256", none);
    }
  }

  /// The ARN of a prober's alias.
  static String proberArn(Place place, ProberSite site) {
    return "arn:%s:lambda:%s:%s:function:%s:live"
        .formatted(partition(place.region()), place.region(), place.account(), prober(site));
  }

  static String partition(String region) {
    return region.startsWith("cn-")
        ? "aws-cn"
        : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
