package lbresponder.infra;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import lbresponder.infra.Configuration.Place;
import software.amazon.awscdk.App;

/// The CDK app: one stack for the hub, and one for each account and Region. `npx cdk` runs it, in
/// the `infra` folder; `-c config=FILE` names the configuration.
public final class LbResponderApp {
  private static final String CONFIGURATION = "lb-responder.json";

  private LbResponderApp() {}

  public static void main(String[] arguments) {
    try {
      App app = new App(AppSettings.props().build());
      Object file = app.getNode().tryGetContext("config");
      Configuration configuration =
          ConfigurationReader.read(Path.of(file == null ? CONFIGURATION : file.toString()));
      stacks(app, configuration, FunctionsModule.read(Path.of("..", "functions")));
      app.synth();
    } catch (UnusableInput e) {
      System.err.println("lb-responder: " + e.getMessage());
      System.exit(1);
    }
  }

  /// The hub first: the others trust its role and send to its bus.
  static void stacks(App app, Configuration configuration, FunctionsModule functions) {
    HubStack hub = new HubStack(app, "LbResponder", configuration, functions);
    Set<String> read = new HashSet<>();
    for (Place place : configuration.places()) {
      boolean withReadRole =
          !place.account().equals(configuration.hub().account()) && read.add(place.account());
      PlaceStack stack =
          new PlaceStack(
              app,
              "LbResponder-%s-%s".formatted(place.account(), place.region()),
              configuration,
              place,
              functions,
              withReadRole);
      stack.addStackDependency(hub);
    }
  }
}
