package lbresponder.aws.admin;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.LoadBalancerId;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;

/// What people call a load balancer.
public sealed interface Asked {
  /// Its ARN, or that of one of its listeners: needs no call.
  record Arn(LoadBalancerId id) implements Asked {}

  /// Its DNS name, which says where it is.
  ///
  /// @param host in lower case, without what may stand before it ({@link #bare})
  /// @param name the load balancer's, as it was when it was made
  record Dns(String host, String name, String region) implements Asked {}

  /// Its name, which says nothing of where it is.
  record Name(String name) implements Asked {}

  /// Also of a listener: the load balancer's ARN and one more id.
  Pattern ARN =
      Pattern.compile(
          "(arn:aws[a-z-]*:elasticloadbalancing:([a-z0-9-]+):(\\d{12}):)(?:loadbalancer/(?:(app|net)/)?([A-Za-z0-9-]{1,32})(/[0-9a-f]{16})?|listener/(app|net)/([A-Za-z0-9-]{1,32})(/[0-9a-f]{16})/[0-9a-f]{16})");

  /// Application and Classic have the Region before `elb`, Network after it.
  Pattern HOST =
      Pattern.compile(
          "(?:(.+)-\\d+\\.([a-z0-9-]+)\\.elb|(.+)-[0-9a-f]{16}\\.elb\\.([a-z0-9-]+))\\.amazonaws\\.(?:com(?:\\.cn)?|eu)");

  /// How metrics and alarms name it.
  Pattern DIMENSION = Pattern.compile("(?:app|net)/([A-Za-z0-9-]{1,32})/[0-9a-f]{16}");

  Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,32}");

  /// A URL, or a host and a port, as they are pasted.
  Pattern ADDRESS =
      Pattern.compile("(?:(?:https?|wss?|tcp|tls)://)?([\\w.-]+?)\\.?(?::\\d{1,5})?(?:[/?#].*)?");

  /// @throws IllegalArgumentException saying what was found and what was expected
  static Asked of(String text) {
    String stripped = text.strip();
    Matcher dimension = DIMENSION.matcher(stripped);
    if (stripped.startsWith("arn:")) {
      return arn(stripped);
    }
    if (dimension.matches()) {
      return new Name(dimension.group(1));
    }
    return NAME.matcher(stripped).matches() ? new Name(stripped) : dns(stripped);
  }

  private static Asked arn(String text) {
    Matcher arn = ARN.matcher(text);
    if (!arn.matches() || (arn.group(4) == null) != (arn.group(6) == null)) {
      throw new IllegalArgumentException(
          text.contains(":targetgroup/")
              ? "found a target group's ARN, expected its load balancer's: name, ARN or DNS name"
              : expected(text));
    }
    boolean isListener = arn.group(7) != null;
    String kind = isListener ? arn.group(7) : arn.group(4);
    String name = isListener ? arn.group(8) : arn.group(5);
    String own =
        isListener
            ? "%sloadbalancer/%s/%s%s".formatted(arn.group(1), kind, name, arn.group(9))
            : text;
    return new Arn(kind(kind).id(arn.group(3), arn.group(2), name, own));
  }

  private static Asked dns(String text) {
    Matcher address = ADDRESS.matcher(text.toLowerCase(Locale.ROOT));
    if (!address.matches() || !address.group(1).contains(".")) {
      throw new IllegalArgumentException(expected(text));
    }
    String host = address.group(1);
    Matcher found = HOST.matcher(bare(host));
    if (!found.matches()) {
      throw new IllegalArgumentException(
          host.matches("[\\d.]+")
              ? expected(text)
              : "%s is not a load balancer's own DNS name: `dig +short %s` shows whose alias it is"
                  .formatted(Untrusted.clean(host, 60), Untrusted.clean(host, 60)));
    }
    boolean isNetwork = found.group(3) != null;
    return new Dns(bare(host), found.group(isNetwork ? 3 : 1), found.group(isNetwork ? 4 : 2));
  }

  /// A DNS name without what may stand before it: `dualstack.`, a zone of a Network Load Balancer,
  /// `internal-`.
  static String bare(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    String own = lower.replaceFirst("^(?:dualstack|ipv6|[a-z]{2}-[a-z-]+-\\d[a-z])\\.", "");
    return own.replaceFirst("^internal-", "");
  }

  private static String expected(String text) {
    return "found `%s`, expected a load balancer's name, ARN or DNS name"
        .formatted(Untrusted.clean(text, 60));
  }

  /// @param prefix null: Classic Load Balancers have none
  static Kind kind(@Nullable String prefix) {
    return prefix == null ? Kind.CLASSIC : prefix.equals("app") ? Kind.APPLICATION : Kind.NETWORK;
  }
}
