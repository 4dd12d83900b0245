package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import lbresponder.facts.Service.Ending;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesTest {

  @ParameterizedTest
  @CsvSource({
    "EssentialContainerExited, Essential container in task exited, BY_ITSELF",
    "TaskFailedToStart, CannotPullContainerError, BY_ITSELF",
    "ServiceSchedulerInitiated, Task failed ELB health checks in (target-group arn:x),"
        + " FAILED_CHECKS",
    "'', Task failed ELB health checks in (elb legacy), FAILED_CHECKS",
    "ServiceSchedulerInitiated, Scaling activity initiated by deployment, STOPPED",
    "UserInitiated, Task stopped by user, STOPPED",
    "SpotInterruption, Your Spot Task was interrupted., STOPPED",
    "TerminationNotice, '', STOPPED",
    "SomethingNew, '', OTHER",
  })
  void whyATaskEnded(String code, String reason, Ending ending) {
    assertThat(Services.ending(code, reason)).isEqualTo(ending);
  }
}
