package lbresponder.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lbresponder.testing.Interfering;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ec2.model.Filter;

/// With whom answers are shared, and how many are kept.
class SharedReadsBoundsTest {
  private static final String SUBNETS = "ec2:DescribeSubnets";

  private final Interfering network =
      new Interfering(AwsClients.http())
          .on(
              SUBNETS,
              new Interfering.Answer(
                  200, "<DescribeSubnetsResponse>%500s</DescribeSubnetsResponse>".formatted("")));

  /// Another account may see other subnets, and another Region has its own.
  @Test
  void onlyWithTheSameCredentialsInTheSameRegion() {
    SharedReads shared = new SharedReads(network, Instant::now);
    for (int i = 0; i < 2; i++) {
      ask(shared, "hub", "eu-west-1", "vpc-1");
      ask(shared, "member", "eu-west-1", "vpc-1");
      ask(shared, "hub", "us-east-1", "vpc-1");
    }
    assertThat(network.calls()).hasSize(3);
  }

  /// The oldest goes first.
  @Test
  void noMoreThanItMayHold() {
    SharedReads shared = new SharedReads(network, Instant::now, 2000);
    List.of("vpc-1", "vpc-2", "vpc-3", "vpc-3")
        .forEach(network -> ask(shared, "hub", "eu-west-1", network));
    assertThat(network.calls()).hasSize(3);
    ask(shared, "hub", "eu-west-1", "vpc-1");
    assertThat(network.calls()).hasSize(4);
    SharedReads none = new SharedReads(network, Instant::now, 100);
    ask(none, "hub", "eu-west-1", "vpc-1");
    ask(none, "hub", "eu-west-1", "vpc-1");
    assertThat(network.calls()).hasSize(6);
  }

  private static void ask(SharedReads shared, String id, String region, String vpc) {
    AwsClients.in(
            region,
            shared,
            List.of(),
            StaticCredentialsProvider.create(AwsBasicCredentials.create(id, "secret")))
        .ec2()
        .describeSubnets(call -> call.filters(Filter.builder().name("vpc-id").values(vpc).build()));
  }
}
