package lbresponder.infra;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import lbresponder.infra.Configuration.ProberSite;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Permission;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/// A ProbeFunction in a VPC. It reaches what is inside, and needs neither NAT nor endpoints: it
/// calls no API, and its findings are its answer. Its code has no permission at all.
final class Prober extends Construct {
  /// Time for the dials, and after them for holding connections idle.
  private static final int TIMEOUT_SECONDS = 300;

  /// What Lambda itself needs to attach a function to a VPC, as its documentation lists it. Denied
  /// to the code.
  private static final List<String> NETWORK_INTERFACE_ACTIONS =
      List.of(
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses");

  /// @param functionArn the ARN this function will have
  /// @param invoker ARN of the one role that may invoke it
  Prober(
      Construct scope,
      String id,
      ProberSite site,
      FunctionsModule functions,
      String architecture,
      String functionArn,
      String invoker) {
    super(scope, id);
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.ONE_MONTH)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Function function =
        Function.Builder.create(this, "Function")
            .functionName(Names.prober(site))
            .description("Dials the targets of " + site.key())
            .runtime(Runtime.JAVA_25)
            .architecture(PublishedFunction.architecture(architecture))
            .memorySize(512)
            .timeout(Duration.seconds(TIMEOUT_SECONDS))
            .handler("lbresponder.ProbeFunction")
            .code(Code.fromAsset(functions.probeJar().toString()))
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .tracing(Tracing.DISABLED)
            .role(role(log, functionArn))
            .logGroup(log)
            .loggingFormat(LoggingFormat.JSON)
            .environment(Map.of("LB_RESPONDER_PROBE_CIDRS", String.join(",", site.cidrs())))
            .build();
    ((CfnResource) Objects.requireNonNull(function.getNode().getDefaultChild()))
        .addPropertyOverride("VpcConfig", vpcConfig(site));
    PublishedFunction.liveAlias(this, function)
        .addPermission(
            "Hub",
            Permission.builder()
                .principal(new ArnPrincipal(invoker))
                .action("lambda:InvokeFunction")
                .build());
  }

  /// Sorted: `Map.of` has another order in each run, and with it the hash that decides whether a
  /// new version is published.
  private static Map<String, List<String>> vpcConfig(ProberSite site) {
    return new TreeMap<>(
        Map.of("SubnetIds", site.subnets(), "SecurityGroupIds", site.securityGroups()));
  }

  private Role role(LogGroup log, String functionArn) {
    Role role =
        Role.Builder.create(this, "Role")
            .description("Attaches a prober to its VPC; its code may do nothing")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .sid("Interface")
            .actions(NETWORK_INTERFACE_ACTIONS)
            .resources(List.of("*"))
            .build());
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .sid("NotByCode")
            .effect(Effect.DENY)
            .actions(NETWORK_INTERFACE_ACTIONS)
            .resources(List.of("*"))
            .conditions(
                Map.of("ArnEquals", Map.of("lambda:SourceFunctionArn", List.of(functionArn))))
            .build());
    log.grantWrite(role);
    return role;
  }
}
