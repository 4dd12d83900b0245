package lbresponder.infra;

import java.nio.file.Path;
import software.amazon.awscdk.App;

/// The CDK app: writes the template of the hub. Run by `npx cdk`, from the `infra` folder.
public final class LbResponderApp {
  private LbResponderApp() {}

  public static void main(String[] arguments) {
    try {
      FunctionsModule functions = FunctionsModule.read(Path.of("..", "functions"));
      App app = new App(AppSettings.props().build());
      new HubStack(app, "LbResponder", functions);
      app.synth();
    } catch (UnusableInput e) {
      System.err.println("lb-responder: " + e.getMessage());
      System.exit(1);
    }
  }
}
