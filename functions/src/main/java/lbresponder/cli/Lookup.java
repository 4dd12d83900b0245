package lbresponder.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lbresponder.aws.admin.Asked;
import lbresponder.aws.admin.LoadBalancers;
import lbresponder.aws.admin.LoadBalancers.Listed;
import lbresponder.aws.admin.Permissions;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.message.Nearest;

/// Finds the load balancer that somebody names, or says what there is.
final class Lookup {
  private static final int MOST = 20;

  private Lookup() {}

  /// @param region empty: the SDK's own; only a name needs it
  /// @throws Unusable where there is none of that name, with those that there are
  /// @throws NothingRead where nobody can tell
  static LoadBalancerId find(String text, String region) {
    Asked asked = asked(text);
    String where = where(asked, region);
    Setup.requireCredentials();
    return switch (LoadBalancers.find(asked, where)) {
      case Known.Value<LoadBalancerId>(LoadBalancerId id) -> id;
      case Known.Unknown<LoadBalancerId>(String why) -> throw Setup.unread(why, where);
      case Known.None<LoadBalancerId>(String why) ->
          throw LoadBalancers.all(where)
              .fold(
                  there -> notFound(why, asked, where, there),
                  _ -> new Unusable(why),
                  _ -> new Unusable(why));
    };
  }

  private static Asked asked(String text) {
    try {
      return Asked.of(text);
    } catch (IllegalArgumentException wrong) {
      throw new Unusable(String.valueOf(wrong.getMessage()));
    }
  }

  private static String where(Asked asked, String region) {
    String own =
        switch (asked) {
          case Asked.Arn(LoadBalancerId id) -> id.region();
          case Asked.Dns dns -> dns.region();
          case Asked.Name _ -> Setup.region(region);
        };
    if (!region.isEmpty() && !region.equals(own)) {
      throw new Unusable("--region: found `%s`, but what is named is in %s".formatted(region, own));
    }
    return own;
  }

  private static Unusable notFound(String why, Asked asked, String region, List<Listed> there) {
    String name =
        switch (asked) {
          case Asked.Arn(LoadBalancerId id) -> id.name();
          case Asked.Dns dns -> dns.name();
          case Asked.Name(String called) -> called;
        };
    List<String> names = there.stream().map(found -> found.id().name()).toList();
    // Of two with that name, no other is meant.
    String question =
        asked instanceof Asked.Name && names.contains(name) ? "" : Nearest.question(name, names);
    return new Unusable(
        why + question + (there.isEmpty() ? "; there is none in " + region : ""), lines(there));
  }

  /// The load balancers of the region, by name; empty where they cannot be read.
  static List<String> there(String region) {
    return Setup.hasCredentials()
        ? Permissions.region(region)
            .flatMap(LoadBalancers::all)
            .map(Lookup::lines)
            .orElse(List.of())
        : List.of();
  }

  private static List<String> lines(List<Listed> there) {
    int width =
        there.stream()
            .map(found -> found.id().name().length())
            .max(Comparator.naturalOrder())
            .orElse(1);
    List<String> lines = new ArrayList<>();
    there.stream()
        .limit(MOST)
        .map(
            found ->
                ("%-" + width + "s  %-11s  %s")
                    .formatted(found.id().name(), found.id().kind(), found.dnsName()))
        .forEach(lines::add);
    if (there.size() > MOST) {
      lines.add("and %d more".formatted(there.size() - MOST));
    }
    return lines;
  }
}
