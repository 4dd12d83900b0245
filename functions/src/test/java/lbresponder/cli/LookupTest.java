package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lbresponder.facts.LoadBalancerId;
import org.junit.jupiter.api.Test;

/// What is found by a name, and what is listed where nothing is.
class LookupTest {
  private static final String REGION = "eu-west-1";

  private static Unusable notFound(String name) {
    return catchThrowableOfType(Unusable.class, () -> Lookup.find(name, REGION));
  }

  @Test
  void aDnsNameIsComparedWhateverItsCase() throws IOException {
    try (RefusingAws _ = new RefusingAws(Map.of(), List.of("Web", "web-api", "classic-Shop"))) {
      LoadBalancerId web =
          Lookup.find("http://internal-WEB-1234567890.eu-west-1.elb.amazonaws.com/", "");
      assertThat(web.name()).isEqualTo("Web");
      LoadBalancerId shop =
          Lookup.find("classic-shop-1234567890.eu-west-1.elb.amazonaws.com", REGION);
      assertThat(shop.arn())
          .isEqualTo(
              "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/classic-Shop");
    }
  }

  @Test
  void twentyAreListedAndTheRestIsCounted() throws IOException {
    List<String> names = IntStream.range(10, 33).mapToObj(number -> "web-" + number).toList();
    try (RefusingAws _ = new RefusingAws(Map.of(), names)) {
      Unusable wrong = notFound("shop");
      assertThat(wrong).hasMessageEndingWith("in eu-west-1 of account 123456789012");
      assertThat(wrong.below()).hasSize(21).contains("  and 3 more");
      assertThat(wrong.below().getFirst())
          .isEqualTo("  web-10  application  web-10-1234567890.eu-west-1.elb.amazonaws.com");
      assertThat(Lookup.there(REGION)).hasSize(21);
    }
  }
}
