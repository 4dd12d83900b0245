package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceIpv6Address;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

class InstancesTest {
  private static InstanceNetworkInterface card(int index, InstanceIpv6Address... addresses) {
    return InstanceNetworkInterface.builder()
        .attachment(attachment -> attachment.deviceIndex(index))
        .ipv6Addresses(addresses)
        .build();
  }

  private static InstanceIpv6Address address(String text, boolean primary) {
    return InstanceIpv6Address.builder().ipv6Address(text).isPrimaryIpv6(primary).build();
  }

  private static Instance with(InstanceNetworkInterface... cards) {
    List<InstanceNetworkInterface> all = Arrays.asList(cards);
    return Instance.builder().instanceId("i-1").networkInterfaces(all).build();
  }

  @Test
  void theIpv6AddressIsThePrimaryOneOfTheFirstInterface() {
    assertThat(
            Instances.ipv6(
                with(
                    card(1, address("2001:db8::9", true)),
                    card(0, address("2001:db8::1", false), address("2001:db8::2", true)))))
        .isEqualTo("2001:db8::2");
    assertThat(Instances.ipv6(with(card(0, address("2001:db8::1", false)))))
        .isEqualTo("2001:db8::1");
    assertThat(Instances.ipv6(with(card(0)))).isNull();
    assertThat(Instances.ipv6(with())).isNull();
  }
}
