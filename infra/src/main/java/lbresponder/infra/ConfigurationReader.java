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
import lbresponder.infra.Configuration.Hub;
import lbresponder.infra.Configuration.LoadBalancer;
import lbresponder.infra.Configuration.Network;
import lbresponder.infra.Configuration.Place;
import lbresponder.infra.Configuration.ProberSite;
import lbresponder.infra.Configuration.Slack;

/// Reads the configuration; what cannot be deployed is refused with a message of one line.
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
  private static final Pattern LOAD_BALANCER =
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
    List<LoadBalancer> loadBalancers =
        place.at("loadBalancers").entries().stream()
            .map(ConfigurationReader::loadBalancer)
            .toList();
    return new Place(
        place.at("account").text(ACCOUNT, "an account's id, twelve digits in quotes"),
        place.at("region").text(REGION, "a Region, such as eu-west-1"),
        networks,
        loadBalancers,
        place.at("probers").entries().stream()
            .map(one -> site(one, networks, loadBalancers))
            .toList(),
        place.at("alarms").entries().stream()
            .map(
                one ->
                    listedLoadBalancer(
                        one.object("loadBalancer").at("loadBalancer"), loadBalancers))
            .toList());
  }

  private static Network network(Field network) {
    network.object("id", "cidrs", "subnets");
    return new Network(
        network.at("id").text(VPC, "a VPC's id, vpc-…"),
        network.at("cidrs").texts(CIDR, "a range, such as 10.0.0.0/16"),
        network.at("subnets").texts(SUBNET, "a subnet's id, subnet-…"));
  }

  private static LoadBalancer loadBalancer(Field loadBalancer) {
    loadBalancer.object("arn", "network", "subnets", "securityGroups", "targetGroups");
    return new LoadBalancer(
        loadBalancer.at("arn").text(LOAD_BALANCER, "a load balancer's ARN"),
        loadBalancer.at("network").text(VPC, "a VPC's id, vpc-…"),
        loadBalancer.at("subnets").texts(SUBNET, "a subnet's id, subnet-…"),
        loadBalancer.at("securityGroups").entries().stream()
            .map(one -> one.text(GROUP, "a security group's id, sg-…"))
            .toList(),
        loadBalancer.at("targetGroups").entries().stream()
            .map(one -> one.text(TARGET_GROUP, "a target group's ARN"))
            .toList());
  }

  private static ProberSite site(
      Field prober, List<Network> networks, List<LoadBalancer> loadBalancers) {
    prober.object("loadBalancer", "network", "securityGroups");
    return prober.at("loadBalancer").isMissing()
        ? siteInNetwork(prober, networks)
        : siteOfLoadBalancer(
            prober, networks, listedLoadBalancer(prober.at("loadBalancer"), loadBalancers));
  }

  private static ProberSite siteInNetwork(Field prober, List<Network> networks) {
    Network network = listedNetwork(prober.at("network"), networks);
    return new ProberSite(
        network.id(),
        network.cidrs(),
        network.subnets(),
        prober.at("securityGroups").texts(GROUP, "a security group's id, sg-…"));
  }

  /// In the load balancer's subnets, with its security groups.
  private static ProberSite siteOfLoadBalancer(
      Field prober, List<Network> networks, LoadBalancer loadBalancer) {
    Field network = prober.at("network");
    if (!network.isMissing() && !network.value().asText().equals(loadBalancer.network())) {
      throw network.wrong(
          "%s, the VPC of %s".formatted(loadBalancer.network(), loadBalancer.name()));
    }
    if (!prober.at("securityGroups").isMissing()) {
      throw prober
          .at("securityGroups")
          .wrong("nothing: a load balancer's prober has the load balancer's security groups");
    }
    if (loadBalancer.securityGroups().isEmpty()) {
      throw prober
          .at("loadBalancer")
          .wrong("a load balancer with security groups; name a `network` instead");
    }
    return new ProberSite(
        loadBalancer.arn(),
        networkOf(loadBalancer, prober.at("loadBalancer"), networks).cidrs(),
        loadBalancer.subnets(),
        loadBalancer.securityGroups());
  }

  private static Network networkOf(LoadBalancer loadBalancer, Field arn, List<Network> networks) {
    return networks.stream()
        .filter(one -> one.id().equals(loadBalancer.network()))
        .findFirst()
        .orElseThrow(
            () -> arn.wrong("one whose VPC, " + loadBalancer.network() + ", is in `networks`"));
  }

  private static Network listedNetwork(Field id, List<Network> networks) {
    String vpc = id.text(VPC, "a load balancer's ARN in `loadBalancer`, or a VPC's id here");
    return networks.stream()
        .filter(one -> one.id().equals(vpc))
        .findFirst()
        .orElseThrow(() -> id.wrong("a VPC that is in `networks`"));
  }

  private static LoadBalancer listedLoadBalancer(Field arn, List<LoadBalancer> loadBalancers) {
    String text = arn.text(LOAD_BALANCER, "a load balancer's ARN");
    return loadBalancers.stream()
        .filter(one -> one.arn().equals(text))
        .findFirst()
        .orElseThrow(() -> arn.wrong("a load balancer that is in `loadBalancers`"));
  }
}
