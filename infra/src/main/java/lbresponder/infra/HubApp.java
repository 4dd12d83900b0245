package lbresponder.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/// The app that `cdk` runs.
public final class HubApp {
  private HubApp() {}

  /// Flags that change what is synthesised; the app and its tests share them, because a test reads
  /// no `cdk.json`.
  ///
  /// Without the first, CDK lets EventBridge rules of any account write into the queue.
  static final Map<String, Object> FLAGS =
      Map.of(
          "@aws-cdk/aws-events:eventsTargetQueueSameAccount", true,
          "@aws-cdk/aws-lambda:recognizeLayerVersion", true);

  public static void main(String[] arguments) {
    Path functions = functions();
    Path jar = functions.resolve("target/respond.jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar + " is missing: run `mvn package` first");
    }
    App app = app();
    new HubStack(app, "LbResponder", functions, jar);
    app.synth();
  }

  static App app() {
    return new App(AppProps.builder().context(FLAGS).analyticsReporting(false).build());
  }

  /// The module beside this one, whether Maven runs here or in the parent.
  static Path functions() {
    Path beside = Path.of("../functions");
    return Files.isDirectory(beside) ? beside : Path.of("functions");
  }
}
