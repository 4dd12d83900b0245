package lbresponder.infra;

import java.util.List;
import java.util.Map;
import lbresponder.infra.Configuration.Hub;
import lbresponder.infra.Configuration.LoadBalancer;
import lbresponder.infra.Configuration.Place;
import lbresponder.infra.Configuration.ProberSite;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.PrincipalBase;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/// Deployed once for each account and Region with load balancers: probers, alarms, and where the
/// hub is elsewhere, the rules that forward alarms to it and the role by which it reads.
final class PlaceStack extends Stack {
  private final Configuration configuration;
  private final FunctionsModule functions;
  private final Place place;

  /// @param withReadRole whether the role by which the hub reads this account is made here: once
  ///   for each member account, as roles hold in all Regions
  PlaceStack(
      Construct scope,
      String id,
      Configuration configuration,
      Place place,
      FunctionsModule functions,
      boolean withReadRole) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("Probers and alarms for the load balancers of this account and Region")
            .env(Environment.builder().account(place.account()).region(place.region()).build())
            .build());
    this.configuration = configuration;
    this.functions = functions;
    this.place = place;
    for (ProberSite site : place.probers()) {
      prober(site);
    }
    for (LoadBalancer loadBalancer : place.alarms()) {
      new LoadBalancerAlarms(this, "Alarms" + Names.id(loadBalancer.arn()), loadBalancer);
    }
    if (!place.isIn(configuration.hub())) {
      forwardAlarms();
    }
    if (withReadRole) {
      readRole();
    }
  }

  private void prober(ProberSite site) {
    String arn = Names.proberArn(place, site).replaceFirst(":live$", "");
    new Prober(
        this,
        "Prober" + Names.id(site.key()),
        site,
        functions,
        configuration.hub().architecture(),
        arn,
        Names.hubRole(configuration.hub()));
  }

  /// Alarms go to the hub's bus; those that cannot be sent are kept, and raise an alarm here.
  private void forwardAlarms() {
    Hub hub = configuration.hub();
    Queue deadLetters = HubStack.deadLetterQueue(this);
    AlarmRules.create(
        this,
        "",
        null,
        List.of(),
        functions,
        software.amazon.awscdk.services.events.targets.EventBus.Builder.create(
                EventBus.fromEventBusArn(this, "HubBus", Names.bus(hub)))
            .deadLetterQueue(deadLetters)
            .build());
    SelfAlarms selfAlarms = new SelfAlarms(this, "Watch");
    selfAlarms.whenAtLeast(
        "DeadLetters",
        deadLetters.metricApproximateNumberOfMessagesVisible(),
        1,
        "An alarm could not be sent to the hub, and lies in the dead-letter queue");
    CfnOutput.Builder.create(this, "OperationsTopicArn")
        .description("Subscribe here to hear of alarms that cannot be sent to the hub")
        .value(selfAlarms.operations().getTopicArn())
        .build();
  }

  /// Only the hub's role, and only from within the organisation, may assume it.
  private void readRole() {
    PrincipalBase hub =
        new ArnPrincipal(Names.hubRole(configuration.hub()))
            .withConditions(
                Map.of("StringEquals", Map.of("aws:PrincipalOrgID", configuration.organisation())));
    Role role =
        Role.Builder.create(this, "Reader")
            .roleName(Names.MEMBER_ROLE)
            .description("Lets lb-responder's hub read load balancers and their network")
            .assumedBy(hub)
            .build();
    List<String> regions =
        configuration.places().stream()
            .filter(one -> one.account().equals(place.account()))
            .map(Place::region)
            .distinct()
            .sorted()
            .toList();
    role.addToPolicy(Responder.gatherStatement(functions.gatherActions(), regions));
  }
}
