package lbresponder.infra;

import java.util.List;
import java.util.Map;
import lbresponder.infra.Configuration.Balancer;
import lbresponder.infra.Configuration.Hub;
import lbresponder.infra.Configuration.Place;
import lbresponder.infra.Configuration.Site;
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

/// Once for each account and Region with load balancers: probers, alarms, and where the hub is
/// elsewhere, what sends alarms to it and lets it read.
final class PlaceStack extends Stack {
  private final Configuration configuration;
  private final FunctionsModule functions;
  private final Place place;

  /// @param reader whether the hub's way to read this account is made here: once for each member,
  ///   as roles are of all Regions
  PlaceStack(
      Construct scope,
      String id,
      Configuration configuration,
      Place place,
      FunctionsModule functions,
      boolean reader) {
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
    for (Site site : place.probers()) {
      prober(site);
    }
    for (Balancer balancer : place.alarms()) {
      new LoadBalancerAlarms(this, "Alarms" + Names.id(balancer.arn()), balancer);
    }
    if (!place.isIn(configuration.hub())) {
      forward();
    }
    if (reader) {
      reader();
    }
  }

  private void prober(Site site) {
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

  /// Alarms go to the hub's bus; what cannot be sent is kept, and told of here.
  private void forward() {
    Hub hub = configuration.hub();
    Queue deadLetters = HubStack.deadLetters(this);
    AlarmRules.on(
        this,
        "",
        null,
        List.of(),
        functions,
        software.amazon.awscdk.services.events.targets.EventBus.Builder.create(
                EventBus.fromEventBusArn(this, "HubBus", Names.bus(hub)))
            .deadLetterQueue(deadLetters)
            .build());
    Watch watch = new Watch(this, "Watch");
    watch.above(
        "DeadLetters",
        deadLetters.metricApproximateNumberOfMessagesVisible(),
        1,
        "An alarm could not be sent to the hub, and lies in the dead-letter queue");
    CfnOutput.Builder.create(this, "OperationsTopicArn")
        .description("Subscribe here to hear of alarms that cannot be sent to the hub")
        .value(watch.operations().getTopicArn())
        .build();
  }

  /// For the hub's role alone, and only from within the organisation.
  private void reader() {
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
    role.addToPolicy(Responder.gather(functions.gatherActions(), regions));
  }
}
