package lbresponder.aws.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lbresponder.aws.kind.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms in which people paste a load balancer.
class AskedTest {
  private static final String HOST = "web-1234567890.eu-west-1.elb.amazonaws.com";
  private static final String ARN =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188";

  @ParameterizedTest
  @ValueSource(
      strings = {
        HOST,
        HOST + ".",
        "internal-" + HOST,
        "dualstack." + HOST,
        "dualstack.internal-" + HOST,
        "WEB-1234567890.eu-west-1.elb.amazonaws.com",
        "https://" + HOST,
        "http://" + HOST + ":8080/health?deep=1",
        HOST + ":443",
        HOST + "./",
        "  " + HOST + "\n"
      })
  void oneLoadBalancerHasManyAddresses(String pasted) {
    assertThat(Asked.of(pasted)).isEqualTo(new Asked.Dns(HOST, "web", "eu-west-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "edge-8f3a1c22b7d04e65.elb.eu-west-1.amazonaws.com, edge, eu-west-1",
    "eu-west-1a.edge-8f3a1c22b7d04e65.elb.eu-west-1.amazonaws.com, edge, eu-west-1",
    "dualstack.edge-8f3a1c22b7d04e65.elb.us-gov-west-1.amazonaws.com, edge, us-gov-west-1",
    "web-api-2-987.cn-north-1.elb.amazonaws.com.cn, web-api-2, cn-north-1",
    "edge-8f3a1c22b7d04e65.elb.cn-northwest-1.amazonaws.com.cn, edge, cn-northwest-1",
  })
  void theRegionIsInTheName(String host, String name, String region) {
    assertThat(Asked.of(host))
        .isInstanceOfSatisfying(
            Asked.Dns.class,
            dns -> {
              assertThat(dns.name()).isEqualTo(name);
              assertThat(dns.region()).isEqualTo(region);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ARN,
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2"
      })
  void anArnSaysEverything(String arn) {
    assertThat(Asked.of(arn))
        .isEqualTo(new Asked.Arn(Kind.APPLICATION.id("123456789012", "eu-west-1", "web", ARN)));
  }

  @Test
  void aNameMayBeThatOfAMetric() {
    assertThat(Asked.of("web-2")).isEqualTo(new Asked.Name("web-2"));
    assertThat(Asked.of("app/web/50dc6c495c0c9188")).isEqualTo(new Asked.Name("web"));
  }

  @ParameterizedTest
  @CsvSource({
    "a b, 'found `a b`, expected a load balancer''s name, ARN or DNS name'",
    "'', found ``",
    "10.0.0.1, expected a load balancer's name",
    "www.example.com, www.example.com is not a load balancer's own DNS name: `dig +short",
    "https://bucket.s3.eu-west-1.amazonaws.com/x, is not a load balancer's own DNS name",
    "arn:aws:s3:::bucket, expected a load balancer's name",
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067, found a"
        + " target group's ARN",
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web, expected a load"
        + " balancer's name",
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/gwy/web/50dc6c495c0c9188,"
        + " expected a load balancer's name",
  })
  void whatNamesNoLoadBalancerIsRefused(String text, String why) {
    assertThatThrownBy(() -> Asked.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
