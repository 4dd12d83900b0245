package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;

class ConfigurationReaderTest {
  private static Configuration changed(Consumer<ObjectNode> change) {
    ObjectNode root = Templates.read(Templates.ORGANISATION).deepCopy();
    change.accept(root);
    return ConfigurationReader.read(new Field(root, ""));
  }

  private static void refused(Consumer<ObjectNode> change, String message) {
    assertThatThrownBy(() -> changed(change))
        .isInstanceOf(UnusableInput.class)
        .hasMessage(message)
        .hasMessageNotContaining("\n");
  }

  private static ObjectNode place(ObjectNode root) {
    return (ObjectNode) root.at("/places/0");
  }

  private static ObjectNode prober(ObjectNode root) {
    return (ObjectNode) root.at("/places/0/probers/0");
  }

  @Test
  void bothExamplesAreRead() {
    assertThat(ConfigurationReader.read(Templates.ONE_ACCOUNT).places()).hasSize(1);
    Configuration organisation = ConfigurationReader.read(Templates.ORGANISATION);
    assertThat(organisation.members()).containsExactly("222222222222", "333333333333");
    assertThat(organisation.regions()).containsExactly("eu-central-1", "eu-west-1", "us-east-1");
  }

  @Test
  void anUnknownKeyIsNamed() {
    refused(
        root -> place(root).put("prober", true),
        "places[0].prober: unknown key, expected one of account, alarms, loadBalancers, networks,"
            + " probers, region");
  }

  @Test
  void aNetworkNeedsSubnets() {
    refused(
        root -> ((ArrayNode) root.at("/places/0/networks/0/subnets")).removeAll(),
        "places[0].networks[0].subnets: found [], expected a list with at least one entry: a"
            + " subnet's id, subnet-…");
  }

  @Test
  void aProberIsInItsLoadBalancersVpc() {
    refused(
        root -> prober(root).put("network", "vpc-0000000000000000b"),
        "places[0].probers[0].network: found \"vpc-0000000000000000b\", expected"
            + " vpc-0000000000000000a, the VPC of web");
    refused(
        root -> place(root).withArray("networks").removeAll(),
        "places[0].probers[0].loadBalancer: found"
            + " \"arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/web/000000000000000a\","
            + " expected one whose VPC, vpc-0000000000000000a, is in `networks`");
    refused(
        root ->
            prober(root)
                .put(
                    "loadBalancer",
                    "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/x/000000000000000a"),
        "places[0].probers[0].loadBalancer: found"
            + " \"arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/x/000000000000000a\","
            + " expected a load balancer that is in `loadBalancers`");
  }

  @Test
  void aPastedTokenIsRefusedAndNotPrinted() {
    refused(
        root -> ((ObjectNode) root.at("/hub/slack")).put("secret", "xoxb-1234-abcd"),
        "hub.slack.secret: found what looks like a Slack token, expected the name of the secret"
            + " that holds the bot token, never the token");
  }

  @Test
  void wrongTypesAndValuesAreNamed() {
    refused(
        root -> ((ObjectNode) root.get("hub")).put("account", 111111111111L),
        "hub.account: found 111111111111, expected an account's id, twelve digits in quotes");
    refused(root -> root.put("places", "all"), "places: found \"all\", expected a list");
    refused(
        root -> ((ObjectNode) root.get("hub")).put("chatTopic", "yes"),
        "hub.chatTopic: found \"yes\", expected true or false");
    refused(root -> root.remove("hub"), "hub: found nothing, expected an object");
    refused(
        root -> root.remove("organisation"),
        "organisation: found nothing, expected the id of the organisation that places[2].account is"
            + " in");
    refused(
        root -> root.withArray("places").add(root.at("/places/0").deepCopy()),
        "places[4]: found 111111111111 in eu-west-1 again, expected each account and Region once");
  }

  @Test
  void aFileThatIsNotThereSaysWhatToDo(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> ConfigurationReader.read(folder.resolve("none.json")))
        .hasMessageContaining("copy config/one-account.json");
    Path twice = Files.writeString(folder.resolve("twice.json"), "{\"hub\": {}, \"hub\": {}}");
    assertThatThrownBy(() -> ConfigurationReader.read(twice))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("Duplicate field 'hub'");
  }

  @Test
  void aLongListOfProbersBecomesAParameterAndATooLongOneIsRefused(@TempDir Path folder) {
    Configuration many = changed(root -> probers(root, 12));
    assertThat(variable(many, folder.resolve("12"))).isEqualTo("\"/lb-responder/probers\"");
    assertThatThrownBy(() -> variable(changed(root -> probers(root, 60)), folder.resolve("60")))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("expected at most 8,192: let one prober stand for a VPC");
  }

  private static void probers(ObjectNode root, int count) {
    ArrayNode loadBalancers = place(root).withArray("loadBalancers");
    JsonNode first = loadBalancers.get(0);
    for (int i = 0; i < count; i++) {
      String arn = first.get("arn").asText().replace("/web/", "/web-" + i + "/");
      loadBalancers.add(((ObjectNode) first.deepCopy()).put("arn", arn));
      place(root).withArray("probers").addObject().put("loadBalancer", arn);
    }
  }

  private static String variable(Configuration configuration, Path output) {
    App app = new App(AppSettings.props().outdir(output.toString()).build());
    LbResponderApp.stacks(app, configuration, Templates.module());
    app.synth();
    return Templates.read(output.resolve("LbResponder.template.json"))
        .findValue("LB_RESPONDER_PROBERS")
        .toString();
  }
}
