package lbresponder.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lbresponder.testing.Interfering;
import lbresponder.testing.TestCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.exception.SdkException;

@ExtendWith(TestCredentials.class)
class CallerTest {
  private static final String OWN = "123456789012";
  private static final String MEMBER = "210987654321";
  private static final Interfering.Answer TOLD =
      new Interfering.Answer(
          200,
          "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>%s</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
              .formatted(OWN));

  private final Interfering network = new Interfering(AwsClients.http());

  /// Two alarms at once, and all that come later, in whatever Region.
  @Test
  void whoseTheCredentialsAreIsAskedOnce() throws Exception {
    network.on(Caller.ACTION, TOLD);
    ClientPool pool = pool(Accounts.own());
    List<Future<String>> told = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        told.add(threads.submit(() -> pool.read(MEMBER, "eu-west-1")));
      }
    }
    for (Future<String> one : told) {
      assertThat(one.get()).isEqualTo(OWN);
    }
    assertThat(pool.read(OWN, "us-east-1")).isEqualTo(OWN);
    assertThat(network.calls()).containsExactly(Caller.ACTION);
  }

  /// Its role's ARN says it.
  @Test
  void aMemberThatIsReadByItsRoleIsNotAskedFor() throws Exception {
    ClientPool pool = pool(new Accounts("reader", Set.of(MEMBER)));
    assertThat(pool.read(MEMBER, "eu-west-1")).isEqualTo(MEMBER);
    assertThat(network.calls()).isEmpty();
  }

  /// Else every alarm would wait for what cannot be reached.
  @Test
  void whatFailedIsNotTriedAgainAtOnce() {
    network.on(Caller.ACTION, Interfering.error(Caller.ACTION, 403, "AccessDenied"));
    ClientPool pool = pool(Accounts.own());
    assertThatThrownBy(() -> pool.read(OWN, "eu-west-1")).isInstanceOf(SdkException.class);
    network.on(Caller.ACTION, TOLD);
    assertThatThrownBy(() -> pool.read(OWN, "eu-west-1")).isInstanceOf(SdkException.class);
    assertThat(network.calls()).hasSize(1);
  }

  @Test
  void anAnswerThatNamesNobodyIsNone() {
    network.on(
        Caller.ACTION,
        new Interfering.Answer(200, "<GetCallerIdentityResponse></GetCallerIdentityResponse>"));
    assertThatThrownBy(() -> pool(Accounts.own()).read(OWN, "eu-west-1"))
        .hasMessage("sts:GetCallerIdentity: nothing in the answer");
  }

  private ClientPool pool(Accounts accounts) {
    return new ClientPool(network, List.of(), accounts);
  }
}
