package lbresponder.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;

class AppSettingsTest {
  /// The CDK narrows the policy of a queue with a customer's key by this flag alone.
  @Test
  void aQueueWithAKeyOfItsOwnStillTakesEventsOfThisAccountOnly(@TempDir Path output) {
    Stack stack = new Stack(new App(AppSettings.props().outdir(output.toString()).build()), "Any");
    Queue queue =
        Queue.Builder.create(stack, "Queue")
            .encryption(QueueEncryption.KMS)
            .enforceSsl(true)
            .build();
    Rule.Builder.create(stack, "Rule")
        .eventPattern(EventPattern.builder().source(List.of("aws.cloudwatch")).build())
        .targets(List.of(new SqsQueue(queue)))
        .build();
    Object sameAccount =
        Map.of("StringEquals", Map.of("aws:SourceAccount", Map.of("Ref", "AWS::AccountId")));
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::SQS::QueuePolicy",
            Map.of(
                "PolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        Match.arrayWith(
                            List.of(
                                Match.objectLike(
                                    Map.of("Effect", "Allow", "Condition", sameAccount))))))));
  }
}
