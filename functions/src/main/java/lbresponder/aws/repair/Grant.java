package lbresponder.aws.repair;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The policy statement for what could not be read because a permission is missing.
public final class Grant {
  /// As {@link lbresponder.aws.sdk.Calls} says it.
  private static final Pattern DENIED = Pattern.compile("([a-z0-9-]+:[A-Za-z0-9]+): AccessDenied");

  private Grant() {}

  /// The actions that were denied, each once, in the order of the alphabet.
  ///
  /// @param gaps sentences that say why something could not be read
  public static List<String> denied(List<String> gaps) {
    TreeSet<String> actions = new TreeSet<>();
    for (String gap : gaps) {
      DENIED.matcher(gap).results().map(found -> found.group(1)).forEach(actions::add);
    }
    return List.copyOf(actions);
  }

  /// @param actions such as `ec2:DescribeInstances`
  /// @return JSON in one line; empty where there is no action
  public static String statement(List<String> actions) {
    return actions.isEmpty()
        ? ""
        : "{\"Effect\": \"Allow\", \"Action\": [%s], \"Resource\": \"*\"}"
            .formatted(
                actions.stream()
                    .map(action -> '"' + action + '"')
                    .collect(Collectors.joining(", ")));
  }
}
