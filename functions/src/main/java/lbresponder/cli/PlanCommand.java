package lbresponder.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import lbresponder.aws.Inventory;
import lbresponder.aws.Inventory.Balancer;
import lbresponder.aws.Permissions;
import lbresponder.facts.Known;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "plan",
    description =
        "Reads an account and prints its part of the deployment's configuration, an entry of"
            + " `places`: the load balancers, a prober and alarms for each. Changes nothing.")
final class PlanCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = new JsonMapper();

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
    Known<Inventory> read =
        Permissions.region(region)
            .flatMap(
                where -> {
                  Progress.tell(spec.commandLine().getErr(), "reading " + where + " …");
                  return Inventory.read(where, tags, Instant.now().plusSeconds(60));
                });
    return switch (read) {
      case Known.Value<Inventory>(Inventory inventory) -> {
        spec.commandLine().getOut().println(place(inventory).toPrettyString());
        yield Main.OK;
      }
      case Known.Unknown<Inventory>(String why) -> {
        spec.commandLine().getErr().println(why);
        yield Main.NOTHING_READ;
      }
    };
  }

  private ObjectNode place(Inventory inventory) {
    ObjectNode place = MAPPER.createObjectNode();
    place.put("account", inventory.account()).put("region", inventory.region());
    ArrayNode networks = place.putArray("networks");
    ArrayNode balancers = place.putArray("loadBalancers");
    ArrayNode probers = place.putArray("probers");
    ArrayNode alarms = place.putArray("alarms");
    for (Inventory.Vpcs one : inventory.networks()) {
      Set<String> subnets = new TreeSet<>();
      inventory.balancers().stream()
          .filter(balancer -> balancer.network().equals(one.id()))
          .forEach(balancer -> subnets.addAll(balancer.subnets()));
      ObjectNode network = networks.addObject().put("id", one.id());
      strings(network.putArray("cidrs"), one.cidrs());
      strings(network.putArray("subnets"), List.copyOf(subnets));
    }
    for (Balancer one : inventory.balancers()) {
      ObjectNode balancer =
          balancers.addObject().put("arn", one.arn()).put("network", one.network());
      strings(balancer.putArray("subnets"), one.subnets());
      strings(balancer.putArray("securityGroups"), one.securityGroups());
      strings(balancer.putArray("targetGroups"), one.targetGroups());
      alarms.addObject().put("loadBalancer", one.arn());
      if (one.securityGroups().isEmpty() || one.network().isEmpty()) {
        spec.commandLine()
            .getErr()
            .printf(
                "%s has no security groups that a prober could wear: add a prober for its network"
                    + " by hand, with groups of its own%n",
                one.arn());
      } else {
        probers.addObject().put("loadBalancer", one.arn());
      }
    }
    return place;
  }

  private static void strings(ArrayNode array, List<String> all) {
    all.forEach(array::add);
  }
}
