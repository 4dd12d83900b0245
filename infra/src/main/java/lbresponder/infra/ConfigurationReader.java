package lbresponder.infra;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lbresponder.infra.Configuration.Balancer;
import lbresponder.infra.Configuration.Hub;
import lbresponder.infra.Configuration.Network;
import lbresponder.infra.Configuration.Place;
import lbresponder.infra.Configuration.Site;
import lbresponder.infra.Configuration.Slack;

/// Reads the configuration, and refuses with one line what cannot be deployed.
final class ConfigurationReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
  private static final Pattern ORGANISATION = Pattern.compile("o-[a-z0-9]{10,32}");
  private static final Pattern ARCHITECTURE = Pattern.compile("arm64|x86_64");
  private static final Pattern SECRET = Pattern.compile("(?!xox)[A-Za-z0-9/_+=.@-]{1,512}");
  private static final Pattern CHANNEL = Pattern.compile("#?[\\w.-]{1,80}");
  private static final Pattern MENTION =
      Pattern.compile("<@[UW][A-Z0-9]+>|<!subteam\\^S[A-Z0-9]+>|<!here>|<!channel>");
  private static final Pattern VPC = Pattern.compile("vpc-[0-9a-f]{8,17}");
  private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-f]{8,17}");
  private static final Pattern GROUP = Pattern.compile("sg-[0-9a-f]{8,17}");
  private static final Pattern CIDR = Pattern.compile("[0-9a-f.:]+/\\d{1,3}");
  private static final Pattern BALANCER =
      Pattern.compile(
          "arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\\d{12}:loadbalancer/((app|net)/)?[\\w-]+(/[0-9a-f]{16})?");
  private static final Pattern TARGET_GROUP =
      Pattern.compile(
          "arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\\d{12}:targetgroup/[\\w-]+/[0-9a-f]{16}");

  private ConfigurationReader() {}

  /// @throws UnusableInput naming the key, what was found and what was expected
  static Configuration read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UnusableInput(
          "%s is missing: copy config/one-account.json or config/organisation.json to it, or name"
                  .formatted(file)
              + " another file with `-c config=FILE`");
    }
    try {
      return read(new Field(MAPPER.readTree(file.toFile()), ""));
    } catch (JsonProcessingException notJson) {
      throw new UnusableInput("%s: %s".formatted(file, notJson.getOriginalMessage()));
    } catch (IOException unreadable) {
      throw new UnusableInput("%s cannot be read: %s".formatted(file, unreadable.getMessage()));
    }
  }

  static Configuration read(Field root) {
    root.object("hub", "organisation", "places");
    Hub hub = hub(root.at("hub"));
    String organisation =
        root.at("organisation").text(ORGANISATION, "an organisation's id, o-…", "");
    List<Place> places =
        root.at("places").entries().stream().map(ConfigurationReader::place).toList();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < places.size(); i++) {
      Place one = places.get(i);
      if (!seen.add(one.account() + one.region())) {
        throw new UnusableInput(
            "places[%d]: found %s in %s again, expected each account and Region once"
                .formatted(i, one.account(), one.region()));
      }
      if (organisation.isEmpty() && !one.account().equals(hub.account())) {
        throw new UnusableInput(
            "organisation: found nothing, expected the id of the organisation that places[%d].account"
                    .formatted(i)
                + " is in");
      }
    }
    return new Configuration(hub, organisation, places);
  }

  private static Hub hub(Field hub) {
    hub.object("account", "region", "architecture", "slack", "chatTopic");
    return new Hub(
        hub.at("account").text(ACCOUNT, "an account's id, twelve digits in quotes"),
        hub.at("region").text(REGION, "a Region, such as eu-west-1"),
        hub.at("architecture").text(ARCHITECTURE, "arm64 or x86_64", "arm64"),
        slack(hub.at("slack")),
        hub.at("chatTopic").flag());
  }

  private static Optional<Slack> slack(Field slack) {
    if (slack.isMissing()) {
      return Optional.empty();
    }
    slack.object("secret", "channel", "mention");
    return Optional.of(
        new Slack(
            slack
                .at("secret")
                .text(SECRET, "the name of the secret that holds the bot token, never the token"),
            slack.at("channel").text(CHANNEL, "a channel, such as #on-call"),
            slack
                .at("mention")
                .text(MENTION, "<@USER>, <!subteam^GROUP>, <!here> or <!channel>", "")));
  }

  private static Place place(Field place) {
    place.object("account", "region", "networks", "loadBalancers", "probers", "alarms");
    List<Network> networks =
        place.at("networks").entries().stream().map(ConfigurationReader::network).toList();
    List<Balancer> balancers =
        place.at("loadBalancers").entries().stream().map(ConfigurationReader::balancer).toList();
    return new Place(
        place.at("account").text(ACCOUNT, "an account's id, twelve digits in quotes"),
        place.at("region").text(REGION, "a Region, such as eu-west-1"),
        networks,
        balancers,
        place.at("probers").entries().stream().map(one -> site(one, networks, balancers)).toList(),
        place.at("alarms").entries().stream()
            .map(one -> listed(one.object("loadBalancer").at("loadBalancer"), balancers))
            .toList());
  }

  private static Network network(Field network) {
    network.object("id", "cidrs", "subnets");
    return new Network(
        network.at("id").text(VPC, "a VPC's id, vpc-…"),
        network.at("cidrs").texts(CIDR, "a range, such as 10.0.0.0/16"),
        network.at("subnets").texts(SUBNET, "a subnet's id, subnet-…"));
  }

  private static Balancer balancer(Field balancer) {
    balancer.object("arn", "network", "subnets", "securityGroups", "targetGroups");
    return new Balancer(
        balancer.at("arn").text(BALANCER, "a load balancer's ARN"),
        balancer.at("network").text(VPC, "a VPC's id, vpc-…"),
        balancer.at("subnets").texts(SUBNET, "a subnet's id, subnet-…"),
        balancer.at("securityGroups").entries().stream()
            .map(one -> one.text(GROUP, "a security group's id, sg-…"))
            .toList(),
        balancer.at("targetGroups").entries().stream()
            .map(one -> one.text(TARGET_GROUP, "a target group's ARN"))
            .toList());
  }

  /// In a load balancer's place, wearing its groups; or somewhere in a network, with groups of its
  /// own.
  private static Site site(Field site, List<Network> networks, List<Balancer> balancers) {
    site.object("loadBalancer", "network", "securityGroups");
    if (site.at("loadBalancer").isMissing()) {
      Network network = network(site.at("network"), networks);
      return new Site(
          network.id(),
          network.cidrs(),
          network.subnets(),
          site.at("securityGroups").texts(GROUP, "a security group's id, sg-…"));
    }
    Balancer balancer = listed(site.at("loadBalancer"), balancers);
    if (!site.at("network").isMissing()
        && !site.at("network").value().asText().equals(balancer.network())) {
      throw site.at("network")
          .wrong("%s, where %s stands".formatted(balancer.network(), balancer.name()));
    }
    if (!site.at("securityGroups").isMissing()) {
      throw site.at("securityGroups")
          .wrong("nothing: a prober in a load balancer's place wears the load balancer's groups");
    }
    if (balancer.securityGroups().isEmpty()) {
      throw site.at("loadBalancer")
          .wrong("a load balancer with security groups; name a `network` instead");
    }
    Network network =
        networks.stream()
            .filter(one -> one.id().equals(balancer.network()))
            .findFirst()
            .orElseThrow(
                () ->
                    site.at("loadBalancer")
                        .wrong("one whose VPC, " + balancer.network() + ", is in `networks`"));
    return new Site(balancer.arn(), network.cidrs(), balancer.subnets(), balancer.securityGroups());
  }

  private static Network network(Field id, List<Network> networks) {
    String vpc = id.text(VPC, "a load balancer's ARN in `loadBalancer`, or a VPC's id here");
    return networks.stream()
        .filter(one -> one.id().equals(vpc))
        .findFirst()
        .orElseThrow(() -> id.wrong("a VPC that is in `networks`"));
  }

  private static Balancer listed(Field arn, List<Balancer> balancers) {
    String text = arn.text(BALANCER, "a load balancer's ARN");
    return balancers.stream()
        .filter(one -> one.arn().equals(text))
        .findFirst()
        .orElseThrow(() -> arn.wrong("a load balancer that is in `loadBalancers`"));
  }
}
