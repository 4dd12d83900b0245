package lbresponder.aws.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Rule;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Protocol;
import lbresponder.facts.Repair;
import org.junit.jupiter.api.Test;

/// What the command leaves out is gone once it was run: a login before the forward most of all.
class ForwardCommandTest {
  private static final List<WeightedTargetGroup> NONE =
      List.of(new WeightedTargetGroup("blue", 0), new WeightedTargetGroup("green", 0));
  private static final List<WeightedTargetGroup> BLUE =
      List.of(new WeightedTargetGroup("blue", 1), new WeightedTargetGroup("green", 0));
  private static final Repair BY_RULE = new Repair.Forward("listener", "rule", BLUE);
  private static final Repair BY_DEFAULT = new Repair.Forward("listener", null, BLUE);
  private static final Listener.Action LOGIN =
      new Listener.Authenticate(
          "authenticate-cognito",
          Known.of(
              "{\"Type\":\"authenticate-cognito\",\"AuthenticateCognitoConfig\":{\"UserPoolArn\":\"p\"}}"));
  private static final String GROUPS =
      "\"TargetGroups\":[{\"TargetGroupArn\":\"blue\",\"Weight\":1},{\"TargetGroupArn\":\"green\",\"Weight\":0}]";

  private static List<String> commands(
      Repair repair, Listener.Action last, Known<List<Listener.Action>> before) {
    Facts facts = CommandsTest.facts(Kind.APPLICATION, null);
    Rule rule = new Rule("rule", 1, List.of(), last, before);
    Listener listener =
        new Listener("listener", 443, Protocol.HTTPS, last, Known.of(List.of(rule)), before);
    return Commands.commands(
        repair, facts.withWiring(facts.wiring().withListeners(Known.of(List.of(listener)))));
  }

  @Test
  void aloneItIsTheOnlyAction() {
    String action = "[{\"Type\":\"forward\",\"ForwardConfig\":{" + GROUPS + "}}]";
    Known<List<Listener.Action>> nothing = Known.of(List.of());
    assertThat(commands(BY_RULE, new Listener.Forward(NONE), nothing))
        .containsExactly(
            "aws elbv2 modify-rule --region eu-west-1 --rule-arn rule --actions '" + action + "'");
    assertThat(commands(BY_DEFAULT, new Listener.Forward(NONE), nothing))
        .containsExactly(
            "aws elbv2 modify-listener --region eu-west-1 --listener-arn listener --default-actions"
                + " '"
                + action
                + "'");
  }

  @Test
  void theLoginAndTheStickinessStay() {
    Listener.Action sticky = new Listener.Forward(NONE, Known.of(3600));
    String actions =
        "'[{\"Type\":\"authenticate-cognito\",\"AuthenticateCognitoConfig\":{\"UserPoolArn\":\"p\"},\"Order\":1},"
            + "{\"Type\":\"forward\",\"Order\":2,\"ForwardConfig\":{"
            + GROUPS
            + ",\"TargetGroupStickinessConfig\":{\"Enabled\":true,\"DurationSeconds\":3600}}}]'";
    for (Repair repair : List.of(BY_RULE, BY_DEFAULT)) {
      assertThat(commands(repair, sticky, Known.of(List.of(LOGIN))))
          .singleElement()
          .asString()
          .endsWith("actions " + actions);
    }
  }

  @Test
  void whatIsNotKnownWholeHasNoCommand() {
    Listener.Action forward = new Listener.Forward(NONE);
    for (Repair repair : List.of(BY_RULE, BY_DEFAULT)) {
      assertThat(commands(repair, forward, Known.unknown("not recorded"))).isEmpty();
      assertThat(commands(repair, forward, Known.of(List.of(new Listener.OtherAction("new")))))
          .isEmpty();
      assertThat(
              commands(
                  repair,
                  forward,
                  Known.of(
                      List.of(LOGIN, new Listener.Authenticate("new", Known.unknown("not read"))))))
          .isEmpty();
      assertThat(
              commands(
                  repair,
                  forward,
                  Known.of(List.of(new Listener.Authenticate("new", Known.of("no JSON"))))))
          .isEmpty();
      assertThat(
              commands(
                  repair, new Listener.Forward(NONE, Known.unknown("no")), Known.of(List.of())))
          .isEmpty();
      assertThat(commands(repair, new Listener.FixedResponse(503), Known.of(List.of()))).isEmpty();
    }
    assertThat(Commands.commands(BY_RULE, CommandsTest.facts(Kind.APPLICATION, null))).isEmpty();
  }
}
