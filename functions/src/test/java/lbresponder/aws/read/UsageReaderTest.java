package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.aws.read.UsageReader.Wanted;
import lbresponder.facts.Instance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Service;

class UsageReaderTest {
  private static final Service SERVICE =
      Service.builder()
          .serviceArn("arn:aws:ecs:eu-west-1:123456789012:service/main/web")
          .serviceName("web")
          .clusterArn("arn:aws:ecs:eu-west-1:123456789012:cluster/main")
          .build();

  private static Instance machine(String id, String size, @Nullable String scalingGroup) {
    return new Instance(
            id,
            Instance.State.RUNNING,
            "",
            null,
            null,
            "a",
            "subnet-a",
            "10.0.11.1",
            scalingGroup,
            List.of())
        .withSize(size);
  }

  private static List<String> asked(List<Wanted> wanted) {
    return wanted.stream().map(one -> one.of() + " " + one.resource()).toList();
  }

  @Test
  void besideOneThatFailsAloneOneThatIsWellIsAskedFor() {
    Instance well = machine("i-2", "t3.large", null);
    Instance other = machine("i-3", "t3.large", null);
    assertThat(
            asked(
                UsageReader.of(
                    List.of(), List.of(machine("i-1", "t3.large", null)), List.of(well, other), 0)))
        .containsExactly("i-1 CPU", "i-1 CPU_CREDITS", "i-2 CPU");
    assertThat(
            asked(
                UsageReader.of(
                    List.of(), List.of(machine("i-1", "m7i.large", "asg")), List.of(well), 1)))
        .containsExactly("i-1 CPU");
    assertThat(
            asked(
                UsageReader.of(
                    List.of(),
                    List.of(machine("i-1", "m7i.large", null), machine("i-4", "m7i.large", null)),
                    List.of(well),
                    0)))
        .containsExactly("i-1 CPU", "i-4 CPU");
  }

  @Test
  void noMoreIsAskedForThanIsPaidFor() {
    assertThat(
            asked(
                UsageReader.of(
                    List.of(SERVICE),
                    List.of(machine("i-1", "t3.large", null)),
                    List.of(machine("i-2", "t3.large", null)),
                    0)))
        .containsExactly(
            SERVICE.serviceArn() + " CPU",
            SERVICE.serviceArn() + " MEMORY",
            "i-1 CPU",
            "i-1 CPU_CREDITS");
  }
}
