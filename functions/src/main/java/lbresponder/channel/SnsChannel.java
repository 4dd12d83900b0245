package lbresponder.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lbresponder.channel.Posted.Delivered;
import lbresponder.channel.Posted.Failed;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// An SNS topic. Each protocol gets its own body: e-mail the text, SMS the summary, queues,
/// functions and webhooks the JSON.
public final class SnsChannel implements Channel {
  private static final List<String> MACHINES =
      List.of("sqs", "lambda", "http", "https", "firehose");
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SnsClient sns;
  private final String topicArn;

  public SnsChannel(SnsClient sns, String topicArn) {
    this.sns = sns;
    this.topicArn = topicArn;
  }

  /// @param topicArn well-formed: its region is the client's
  public static SnsChannel to(String topicArn) {
    return new SnsChannel(client(topicArn), topicArn);
  }

  static SnsClient client(String topicArn) {
    return SnsClient.builder()
        .region(Region.of(topicArn.split(":", -1)[3]))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  @Override
  public String name() {
    return "sns";
  }

  @Override
  public Posted post(Message message, TagSettings tags, Posted.@Nullable Delivered before) {
    if (message instanceof Message.FirstWords) {
      return new Posted.NotTaken();
    }
    try {
      SnsBody body = SnsBody.of(message);
      Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
      body.attributes()
          .forEach(
              (name, value) ->
                  attributes.put(
                      name,
                      MessageAttributeValue.builder()
                          .dataType("String")
                          .stringValue(value)
                          .build()));
      return new Delivered(
          sns.publish(
                  PublishRequest.builder()
                      .topicArn(topicArn)
                      .subject(body.subject())
                      .messageStructure("json")
                      .message(structure(body))
                      .messageAttributes(attributes)
                      .build())
              .messageId());
    } catch (SdkException failure) {
      return failed(failure);
    }
  }

  /// Whether the topic is there, without publishing.
  ///
  /// @return what is wrong, empty where nothing is
  public String reach() {
    try {
      sns.getTopicAttributes(call -> call.topicArn(topicArn));
      return "";
    } catch (SdkException failure) {
      return "sns:GetTopicAttributes: "
          + Untrusted.clean(String.valueOf(failure.getMessage()), 300);
    }
  }

  private static String structure(SnsBody body) {
    Map<String, String> byProtocol = new LinkedHashMap<>();
    byProtocol.put("default", body.text());
    byProtocol.put("email", body.text());
    byProtocol.put("email-json", body.text());
    byProtocol.put("sms", body.sms());
    MACHINES.forEach(protocol -> byProtocol.put(protocol, body.json()));
    try {
      return MAPPER.writeValueAsString(byProtocol);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings are JSON", impossible);
    }
  }

  /// A topic that is gone, a malformed request, a missing permission: the next attempt would fail
  /// in the same way, unless somebody corrects the configuration meanwhile.
  static Failed failed(SdkException failure) {
    boolean refused =
        failure instanceof AwsServiceException answer
            && answer.statusCode() >= 400
            && answer.statusCode() < 500
            && !answer.isThrottlingException();
    return new Failed(
        "sns:Publish: " + Untrusted.clean(String.valueOf(failure.getMessage()), 300), !refused);
  }
}
