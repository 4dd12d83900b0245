package lbresponder.journey;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the environment says.
///
/// @param topicArn `LB_RESPONDER_TOPIC_ARN`: the SNS topic that answers go to; empty: SNS is not
///   used
/// @param chatTopicArn `LB_RESPONDER_CHAT_TOPIC_ARN`: the SNS topic that Amazon Q Developer in chat
///   applications listens to; empty: it is not used
/// @param slack empty: Slack is not used
/// @param probers `LB_RESPONDER_PROBERS`: which prober stands where, in the form that the probers'
///   own class reads; empty: no target is probed
/// @param memberRole `LB_RESPONDER_MEMBER_ROLE`: the name of the role by which other accounts are
///   read; empty: none are
/// @param accounts `LB_RESPONDER_ACCOUNTS`: ids of the accounts that have this role, with commas
///   between; empty exactly where there is no role
public record Settings(
    Optional<String> topicArn,
    Optional<String> chatTopicArn,
    Optional<Slack> slack,
    Optional<String> probers,
    Optional<String> memberRole,
    Set<String> accounts) {
  private static final String TOPIC = "LB_RESPONDER_TOPIC_ARN";
  private static final String SECRET = "LB_RESPONDER_SLACK_SECRET";
  private static final String CHANNEL = "LB_RESPONDER_SLACK_CHANNEL";
  private static final String ENDPOINT = "LB_RESPONDER_SLACK_ENDPOINT";
  static final String PROBERS = "LB_RESPONDER_PROBERS";
  private static final String CHAT_TOPIC = "LB_RESPONDER_CHAT_TOPIC_ARN";
  private static final String MEMBER_ROLE = "LB_RESPONDER_MEMBER_ROLE";
  private static final String ACCOUNTS = "LB_RESPONDER_ACCOUNTS";
  private static final String MENTION = "LB_RESPONDER_MENTION";

  /// Every variable that is read here.
  public static final List<String> NAMES =
      List.of(
          TOPIC, SECRET, CHANNEL, ENDPOINT, PROBERS, CHAT_TOPIC, MEMBER_ROLE, ACCOUNTS, MENTION);

  private static final Pattern TOPIC_ARN =
      Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}");
  private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9/_+=.@:-]{1,512}");
  private static final Pattern SLACK_MENTION =
      Pattern.compile("<@[UW][A-Z0-9]+>|<!subteam\\^S[A-Z0-9]+>|<!here>|<!channel>");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  public Settings {
    accounts = Set.copyOf(accounts);
  }

  /// @param secret `LB_RESPONDER_SLACK_SECRET`: name of the secret that holds the bare bot token
  /// @param channel `LB_RESPONDER_SLACK_CHANNEL`: by name or id
  /// @param endpoint `LB_RESPONDER_SLACK_ENDPOINT`: base of the Web API, ending in a slash
  /// @param mention `LB_RESPONDER_MENTION`: in Slack's markup; empty: nobody is mentioned
  public record Slack(String secret, String channel, String endpoint, String mention) {}

  /// @param probersCheck throws an IllegalArgumentException where the probers' setting is not well
  ///   formed
  /// @throws IllegalArgumentException naming the variable, what was found and what was expected
  public static Settings of(Map<String, String> environment, Consumer<String> probersCheck) {
    Optional<String> probers = read(environment, PROBERS);
    probers.ifPresent(probersCheck);
    Optional<String> role = read(environment, MEMBER_ROLE);
    return new Settings(
        topic(environment, TOPIC),
        topic(environment, CHAT_TOPIC),
        slack(environment),
        probers,
        role,
        accounts(environment, role));
  }

  /// Whether anything can be posted.
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

  private static Set<String> accounts(Map<String, String> environment, Optional<String> role) {
    List<String> accounts =
        read(environment, ACCOUNTS).stream()
            .flatMap(list -> Stream.of(list.split(",", -1)))
            .map(String::strip)
            .toList();
    accounts.forEach(
        id -> expect(id.matches("\\d{12}"), ACCOUNTS, id, "ids of accounts, of twelve digits"));
    role.ifPresent(
        name ->
            expect(
                name.matches("[A-Za-z0-9_+=,.@-]{1,64}"), MEMBER_ROLE, name, "the name of a role"));
    expect(
        role.isPresent() == !accounts.isEmpty(),
        role.isPresent() ? ACCOUNTS : MEMBER_ROLE,
        "nothing",
        "both " + MEMBER_ROLE + " and " + ACCOUNTS + ", or neither");
    return Set.copyOf(accounts);
  }

  private static Optional<Slack> slack(Map<String, String> environment) {
    Optional<String> secret = read(environment, SECRET);
    // Never printed: it may be the token itself.
    secret.ifPresent(
        name ->
            expect(
                !name.startsWith("xox") && SECRET_NAME.matcher(name).matches(),
                SECRET,
                "something that is not a secret's name, perhaps the token itself",
                "the name of the secret that holds the bot token"));
    return secret.map(name -> slack(name, environment));
  }

  private static Slack slack(String secret, Map<String, String> environment) {
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
    return new Slack(secret, channel, endpoint, mention);
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
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static void expect(boolean holds, String name, String found, String expected) {
    if (!holds) {
      throw wrong(name, found, expected);
    }
  }

  private static IllegalArgumentException wrong(String name, String found, String expected) {
    return new IllegalArgumentException(
        "%s: found `%s`, expected %s".formatted(name, found, expected));
  }
}
