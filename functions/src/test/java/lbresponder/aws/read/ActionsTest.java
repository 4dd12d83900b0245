package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.JwtValidationActionAdditionalClaim;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

class ActionsTest {
  static final Action FORWARD =
      Action.builder()
          .type(ActionTypeEnum.FORWARD)
          .order(2)
          .targetGroupArn("blue")
          .forwardConfig(
              config ->
                  config
                      .targetGroups(
                          TargetGroupTuple.builder().targetGroupArn("blue").weight(0).build())
                      .targetGroupStickinessConfig(
                          sticky -> sticky.enabled(true).durationSeconds(3600)))
          .build();

  static final Action OIDC =
      Action.builder()
          .type(ActionTypeEnum.AUTHENTICATE_OIDC)
          .order(1)
          .authenticateOidcConfig(
              config ->
                  config
                      .issuer("https://id.example.com")
                      .clientId("web")
                      .clientSecret("never written down")
                      .sessionTimeout(604_800L)
                      .authenticationRequestExtraParams(Map.of("prompt", "login")))
          .build();

  private static Action of(ActionTypeEnum type) {
    return Action.builder().type(type).build();
  }

  @Test
  void theLastAnswersAndTheOthersComeBefore() {
    assertThat(Actions.last(List.of(FORWARD, OIDC)))
        .isEqualTo(
            new Listener.Forward(List.of(new WeightedTargetGroup("blue", 0)), Known.of(3600)));
    assertThat(Actions.before(List.of(FORWARD, OIDC)))
        .containsExactly(
            new Listener.Authenticate(
                "authenticate-oidc",
                Known.of(
                    "{\"Type\":\"authenticate-oidc\",\"AuthenticateOidcConfig\":{\"Issuer\":\"https://id.example.com\","
                        + "\"ClientId\":\"web\",\"SessionTimeout\":604800,"
                        + "\"AuthenticationRequestExtraParams\":{\"prompt\":\"login\"},"
                        + "\"UseExistingClientSecret\":true}}")));
  }

  @Test
  void everyKindOfLoginIsKeptWhole() {
    Action cognito =
        Action.builder()
            .type(ActionTypeEnum.AUTHENTICATE_COGNITO)
            .authenticateCognitoConfig(config -> config.userPoolArn("pool").userPoolClientId("c"))
            .build();
    Action token =
        Action.builder()
            .type(ActionTypeEnum.JWT_VALIDATION)
            .jwtValidationConfig(
                config ->
                    config
                        .jwksEndpoint("https://id.example.com/keys")
                        .additionalClaims(
                            JwtValidationActionAdditionalClaim.builder()
                                .name("aud")
                                .values("web")
                                .build()))
            .build();
    assertThat(Actions.before(List.of(cognito, token, FORWARD)))
        .extracting(step -> ((Listener.Authenticate) step).settings())
        .containsExactly(
            Known.of(
                "{\"Type\":\"authenticate-cognito\",\"AuthenticateCognitoConfig\":{\"UserPoolArn\":\"pool\","
                    + "\"UserPoolClientId\":\"c\"}}"),
            Known.of(
                "{\"Type\":\"jwt-validation\",\"JwtValidationConfig\":{\"JwksEndpoint\":\"https://id.example.com/keys\","
                    + "\"AdditionalClaims\":[{\"Name\":\"aud\",\"Values\":[\"web\"]}]}}"));
  }

  @Test
  void whatIsNotUnderstoodIsNotHeldForWhole() {
    Action unknown = Action.builder().type("summon").build();
    assertThat(Actions.before(List.of(unknown, of(ActionTypeEnum.AUTHENTICATE_OIDC), FORWARD)))
        .containsExactly(
            new Listener.OtherAction("summon"),
            new Listener.Authenticate(
                "authenticate-oidc", Known.unknown("its settings were not returned")));
    assertThat(Actions.last(List.of())).isEqualTo(new Listener.OtherAction("none"));
    assertThat(Actions.before(List.of())).isEmpty();
    assertThat(Actions.last(List.of(Action.builder().build())))
        .isEqualTo(new Listener.OtherAction("none"));
  }

  @Test
  void stickinessThatIsOffIsNone() {
    Action plain = Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn("blue").build();
    Action off =
        plain.copy(
            action ->
                action.forwardConfig(
                    config ->
                        config.targetGroupStickinessConfig(
                            sticky -> sticky.enabled(false).durationSeconds(60))));
    Listener.Forward expected = new Listener.Forward(List.of(new WeightedTargetGroup("blue", 1)));
    assertThat(Actions.last(List.of(plain))).isEqualTo(expected);
    assertThat(Actions.last(List.of(off))).isEqualTo(expected);
  }

  @Test
  void aRedirectSaysWhatItChanges() {
    Action redirect =
        Action.builder()
            .type(ActionTypeEnum.REDIRECT)
            .redirectConfig(
                config ->
                    config
                        .protocol("HTTPS")
                        .port("443")
                        .host("#{host}")
                        .path("/#{path}")
                        .query("#{query}")
                        .statusCode("HTTP_301"))
            .build();
    assertThat(Actions.last(List.of(redirect)))
        .isEqualTo(
            new Listener.Redirect(
                301, Known.of(new Listener.Destination("HTTPS", "443", null, null, null))));
    assertThat(Actions.last(List.of(of(ActionTypeEnum.REDIRECT))))
        .isEqualTo(new Listener.Redirect(0, Known.unknown("its settings were not returned")));
  }
}
