package lbresponder.infra;

import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/// What the stacks of both functions share.
final class PublishedFunction {
  private PublishedFunction() {}

  /// The alias `live` of the version published last. Callers use it, as SnapStart works on
  /// published versions only.
  static Alias liveAlias(Construct scope, Function function) {
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "the alias is of a published version");
    return Alias.Builder.create(scope, "Live")
        .aliasName("live")
        .version(function.getCurrentVersion())
        .build();
  }

  /// @param name `arm64` or `x86_64`
  static Architecture architecture(String name) {
    return name.equals("arm64") ? Architecture.ARM_64 : Architecture.X86_64;
  }
}
