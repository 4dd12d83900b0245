package lbresponder.journey;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.aws.Accounts;
import org.jspecify.annotations.Nullable;

/// What the environment says.
///
/// @param topicArn `LB_RESPONDER_TOPIC_ARN`: the SNS topic that answers go to; empty: SNS is not
///   used
/// @param chatTopicArn `LB_RESPONDER_CHAT_TOPIC_ARN`: the SNS topic that Amazon Q Developer in chat
///   applications listens to; empty: it is not used
/// @param slack empty: Slack is not used
/// @param probers `LB_RESPONDER_PROBERS`: as {@link ProberList} reads it; empty: no target is
///   dialled
/// @param accounts `LB_RESPONDER_MEMBER_ROLE` and `LB_RESPONDER_ACCOUNTS`: the role's name, and the
///   ids of the accounts that have it, with commas between
public record Settings(
    Optional<String> topicArn,
    Optional<String> chatTopicArn,
    Optional<Slack> slack,
    Optional<String> probers,
    Accounts accounts) {
  private static final String TOPIC = "LB_RESPONDER_TOPIC_ARN";
  private static final String SECRET = "LB_RESPONDER_SLACK_SECRET";
  private static final String CHANNEL = "LB_RESPONDER_SLACK_CHANNEL";
  private static final String ENDPOINT = "LB_RESPONDER_SLACK_ENDPOINT";
  static final String PROBERS = "LB_RESPONDER_PROBERS";
  private static final String CHAT_TOPIC = "LB_RESPONDER_CHAT_TOPIC_ARN";
  private static final String MEMBER_ROLE = "LB_RESPONDER_MEMBER_ROLE";
  private static final String ACCOUNTS = "LB_RESPONDER_ACCOUNTS";
  private static final String MENTION = "LB_RESPONDER_MENTION";

  private static final Pattern TOPIC_ARN =
      Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}");
  private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9/_+=.@:-]{1,512}");
  private static final Pattern SLACK_MENTION =
      Pattern.compile("<@[UW][A-Z0-9]+>|<!subteam\\^S[A-Z0-9]+>|<!here>|<!channel>");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /// @param secret `LB_RESPONDER_SLACK_SECRET`: name of the secret that holds the bare bot token
  /// @param channel `LB_RESPONDER_SLACK_CHANNEL`: by name or id
  /// @param endpoint `LB_RESPONDER_SLACK_ENDPOINT`: base of the Web API, ending in a slash
  /// @param mention `LB_RESPONDER_MENTION`: in Slack's markup; empty: nobody is mentioned
  public record Slack(String secret, String channel, String endpoint, String mention) {}

  /// @throws IllegalArgumentException naming the variable, what was found and what was expected
  public static Settings of(Map<String, String> environment) {
    Optional<String> topic = topic(environment, TOPIC);
    Optional<String> probers = read(environment, PROBERS);
    probers.ifPresent(ProberList::check);
    return new Settings(
        topic, topic(environment, CHAT_TOPIC), slack(environment), probers, accounts(environment));
  }

  /// Whether anybody can be told anything.
  public boolean hasChannel() {
    return topicArn.isPresent() || chatTopicArn.isPresent() || slack.isPresent();
  }

  private static Optional<String> topic(Map<String, String> environment, String name) {
    Optional<String> topic = read(environment, name);
    topic.ifPresent(
        arn ->
            expect(
                TOPIC_ARN.matcher(arn).matches(),
                name,
                arn,
                "arn:PARTITION:sns:REGION:ACCOUNT:NAME"));
    return topic;
  }

  private static Accounts accounts(Map<String, String> environment) {
    Optional<String> role = read(environment, MEMBER_ROLE);
    List<String> accounts =
        read(environment, ACCOUNTS).stream()
            .flatMap(list -> Stream.of(list.split(",", -1)))
            .map(String::strip)
            .toList();
    accounts.forEach(
        one -> expect(one.matches("\\d{12}"), ACCOUNTS, one, "ids of accounts, of twelve digits"));
    role.ifPresent(
        one ->
            expect(
                one.matches("[A-Za-z0-9_+=,.@-]{1,64}"), MEMBER_ROLE, one, "the name of a role"));
    expect(
        role.isPresent() == !accounts.isEmpty(),
        role.isPresent() ? ACCOUNTS : MEMBER_ROLE,
        "nothing",
        "both " + MEMBER_ROLE + " and " + ACCOUNTS + ", or neither");
    return new Accounts(role.orElse(""), Set.copyOf(accounts));
  }

  private static Optional<Slack> slack(Map<String, String> environment) {
    Optional<String> secret = read(environment, SECRET);
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    String name = secret.get();
    // Never printed: it may be the token itself.
    expect(
        !name.startsWith("xox") && SECRET_NAME.matcher(name).matches(),
        SECRET,
        "something that is not a secret's name, perhaps the token itself",
        "the name of the secret that holds the bot token");
    String channel =
        read(environment, CHANNEL)
            .orElseThrow(() -> wrong(CHANNEL, "nothing", "a channel, since " + SECRET + " is set"));
    String endpoint = read(environment, ENDPOINT).orElse("https://slack.com/api/");
    expect(
        isSafe(endpoint),
        ENDPOINT,
        endpoint,
        "an https address, or http on loopback, with a / at the end");
    String mention = read(environment, MENTION).orElse("");
    expect(
        mention.isEmpty() || SLACK_MENTION.matcher(mention).matches(),
        MENTION,
        mention,
        "<@USER>, <!subteam^GROUP>, <!here> or <!channel>");
    return Optional.of(new Slack(name, channel, endpoint, mention));
  }

  private static boolean isSafe(String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      @Nullable String host = uri.getHost();
      return endpoint.endsWith("/")
          && host != null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  private static Optional<String> read(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(one -> !one.isBlank());
  }

  private static void expect(boolean holds, String name, String found, String expected) {
    if (!holds) {
      throw wrong(name, found, expected);
    }
  }

  static IllegalArgumentException wrong(String name, String found, String expected) {
    return new IllegalArgumentException(
        "%s: found `%s`, expected %s".formatted(name, found, expected));
  }
}
