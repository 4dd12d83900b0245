package lbresponder.testing;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// A queue that hears what is published to a topic, as machines get it.
public final class Listening {
  private final SqsClient sqs;
  private final String queue;

  /// @param name of the queue
  public Listening(World world, String topic, String name) {
    sqs = world.client(SqsClient.builder());
    queue = sqs.createQueue(call -> call.queueName(name)).queueUrl();
    world
        .client(SnsClient.builder())
        .subscribe(
            call ->
                call.topicArn(topic)
                    .protocol("sqs")
                    .endpoint("arn:aws:sqs:%s:%s:%s".formatted(World.REGION, World.ACCOUNT, name))
                    .attributes(Map.of("RawMessageDelivery", "true")));
  }

  /// What came since it was last asked.
  public List<String> heard() {
    List<Message> messages =
        sqs.receiveMessage(call -> call.queueUrl(queue).maxNumberOfMessages(10)).messages();
    messages.forEach(
        message ->
            sqs.deleteMessage(call -> call.queueUrl(queue).receiptHandle(message.receiptHandle())));
    return messages.stream().map(Message::body).toList();
  }
}
