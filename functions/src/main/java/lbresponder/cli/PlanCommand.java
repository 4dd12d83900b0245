package lbresponder.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import lbresponder.aws.admin.Inventory;
import lbresponder.facts.Known;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "plan",
    description =
        "Reads an account and prints its part of the deployment's configuration, an entry of"
            + " `places`: the load balancers, a prober and alarms for each. Changes nothing.",
    footer = {
      Help.ENVIRONMENT,
      Help.AWS,
      Help.EXAMPLES,
      "  lb-responder plan --region eu-west-1 > place.json",
      "  lb-responder plan --tag team=shop --tag stage=live"
    })
final class PlanCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "only load balancers with this tag; several: with all of them")
  private Map<String, String> tags = new LinkedHashMap<>();

  @Option(names = "--region", description = "default: the SDK's own")
  private String region = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try (Progress _ = Progress.begin(err, "reading the account's load balancers")) {
      Environment.read();
      String where = Setup.region(region);
      Setup.requireCredentials();
      return switch (Inventory.read(where, tags, Instant.now().plus(LIMIT))) {
        case Known.Value<Inventory>(Inventory inventory) -> {
          spec.commandLine().getOut().println(place(inventory).toPrettyString());
          if (inventory.loadBalancers().isEmpty()) {
            err.printf("there is no load balancer in %s%n", where);
          }
          yield Main.OK;
        }
        case Known.Unknown<Inventory>(String why) -> throw Setup.unread(why, where);
        case Known.None<Inventory>(String why) -> throw new Unusable(why);
      };
    }
  }

  private ObjectNode place(Inventory inventory) {
    ObjectNode place = MAPPER.createObjectNode();
    place.put("account", inventory.account()).put("region", inventory.region());
    ArrayNode networks = place.putArray("networks");
    ArrayNode loadBalancers = place.putArray("loadBalancers");
    ArrayNode probers = place.putArray("probers");
    ArrayNode alarms = place.putArray("alarms");
    inventory.networks().forEach(network -> add(networks, network, inventory));
    for (Inventory.LoadBalancer loadBalancer : inventory.loadBalancers()) {
      add(loadBalancers, loadBalancer);
      alarms.addObject().put("loadBalancer", loadBalancer.arn());
      if (loadBalancer.securityGroups().isEmpty() || loadBalancer.network().isEmpty()) {
        spec.commandLine()
            .getErr()
            .printf(
                "%s has no security groups that a prober could use: add a prober for its network"
                    + " by hand, with groups of its own%n",
                loadBalancer.arn());
      } else {
        probers.addObject().put("loadBalancer", loadBalancer.arn());
      }
    }
    return place;
  }

  private static void add(ArrayNode networks, Inventory.Network network, Inventory inventory) {
    Set<String> subnets = new TreeSet<>();
    inventory.loadBalancers().stream()
        .filter(loadBalancer -> loadBalancer.network().equals(network.id()))
        .forEach(loadBalancer -> subnets.addAll(loadBalancer.subnets()));
    ObjectNode entry = networks.addObject().put("id", network.id());
    strings(entry.putArray("cidrs"), network.cidrs());
    strings(entry.putArray("subnets"), List.copyOf(subnets));
  }

  private static void add(ArrayNode loadBalancers, Inventory.LoadBalancer loadBalancer) {
    ObjectNode entry =
        loadBalancers
            .addObject()
            .put("arn", loadBalancer.arn())
            .put("network", loadBalancer.network());
    strings(entry.putArray("subnets"), loadBalancer.subnets());
    strings(entry.putArray("securityGroups"), loadBalancer.securityGroups());
    strings(entry.putArray("targetGroups"), loadBalancer.targetGroups());
  }

  private static void strings(ArrayNode array, List<String> all) {
    all.forEach(array::add);
  }
}
