package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lbresponder.channel.Message;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Provider;
import lbresponder.journey.AlarmHandler;
import lbresponder.journey.Probing;
import lbresponder.report.Report;
import lbresponder.report.text.ReportText;
import lbresponder.testing.Remembering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the commands make of an account that refuses.
class AccountTest {
  private static final String EVENT = "../events/alb-connection-errors.json";
  private static final String OF_A_MEMBER = "../events/cross-account-connection-errors.json";
  private static final String REFUSAL =
      "web is of account 210987654321, and the credentials are of 123456789012: set AWS_PROFILE to"
          + " a profile of 210987654321, or LB_RESPONDER_MEMBER_ROLE and LB_RESPONDER_ACCOUNTS";
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path folder;

  private static Ran run(Map<String, String> refused, String... arguments) throws IOException {
    try (RefusingAws _ = new RefusingAws(refused)) {
      return Ran.run(arguments);
    }
  }

  @Test
  void theDoctorTriesEveryActionThatGatheringNeeds() throws IOException {
    Ran ran = run(Map.of(), "doctor", "--region", "eu-west-1");
    assertThat(ran.code()).as(ran.out()).isZero();
    assertThat(ran.out())
        .contains("ok       credentials of arn:aws:iam::123456789012:user/trial\n");
    JsonNode permissions =
        MAPPER.readTree(Path.of("src/main/resources/lbresponder/permissions.json").toFile());
    for (JsonNode action : permissions.path("gather")) {
      assertThat(ran.out()).contains("ok       " + action.asText() + "\n");
    }
    assertThat(ran.out()).doesNotContain("missing", "to add");
  }

  @Test
  void theDoctorNamesWhatIsMissingAndTheStatementToAdd() throws IOException {
    Ran ran =
        run(
            Map.of("DescribeRules", "AccessDenied", "DescribeInstances", "UnauthorizedOperation"),
            "doctor",
            "--region",
            "eu-west-1");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out())
        .contains("missing  ec2:DescribeInstances: ")
        .contains("missing  elasticloadbalancing:DescribeRules: ", "`lb-responder policy`")
        .contains("ok       elasticloadbalancing:DescribeTags\n");
    String statement =
        ran.out()
            .lines()
            .filter(line -> line.startsWith("to add   "))
            .findFirst()
            .orElseThrow()
            .substring("to add   ".length());
    assertThat(MAPPER.readTree(statement).path("Action"))
        .extracting(JsonNode::asText)
        .containsExactly("ec2:DescribeInstances", "elasticloadbalancing:DescribeRules");
  }

  @Test
  void withoutCredentialsTheDoctorSaysJustThat() throws IOException {
    Ran ran = run(Map.of("*", "InvalidClientTokenId"), "doctor", "--region", "eu-west-1");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out())
        .contains("missing  credentials: AWS does not accept the credentials: InvalidClientTokenId")
        .doesNotContain("DescribeRules");
  }

  @Test
  void aCredentialThatDiesMeanwhileIsNotTakenForAPermission() throws IOException {
    Ran ran =
        run(Map.of("DescribeTags", "InvalidClientTokenId"), "doctor", "--region", "eu-west-1");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("missing  elasticloadbalancing:DescribeTags: ");
  }

  @Test
  void whereNothingCouldBeReadTheReportSaysSoAndTheCodeIs3() throws IOException {
    Ran ran = run(Map.of("*", "AccessDenied"), "diagnose", "--event", EVENT, "--json");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("nothing could be read");
    JsonNode report = MAPPER.readTree(ran.out());
    assertThat(report.path("causes")).isEmpty();
    assertThat(report.path("gaps").toString())
        .contains("elasticloadbalancing:DescribeLoadBalancers");
  }

  @Test
  void nothingReadIsNotRecordedOverAnythingElse() throws IOException {
    Path out = Files.writeString(folder.resolve("incident.txt"), "what was there");
    Ran ran =
        run(
            Map.of("*", "AccessDenied"),
            "record",
            "--event",
            EVENT,
            "--out",
            out.toString(),
            "--force");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("nothing is written", "AccessDenied");
    assertThat(out).hasContent("what was there");
  }

  /// A load balancer of the same name may be there: what is read of it says nothing of this one.
  @ParameterizedTest
  @ValueSource(strings = {"diagnose", "record"})
  void factsOfAnotherAccountAreRefused(String command) throws IOException {
    Path out = folder.resolve("incident.txt");
    List<String> arguments = new ArrayList<>(List.of(command, "--event", OF_A_MEMBER));
    if (command.equals("record")) {
      arguments.addAll(List.of("--out", out.toString()));
    }
    Ran ran = run(Map.of(), arguments.toArray(String[]::new));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).endsWith(REFUSAL + "\n");
    assertThat(out).doesNotExist();
  }

  /// As the function answers it, in every channel: nothing is said of what was read.
  @Test
  void theFunctionSaysThisOneSentence() throws IOException {
    Remembering channel = Remembering.open();
    try (RefusingAws _ = new RefusingAws(Map.of(), List.of("web"))) {
      Provider provider = Setup.provider();
      AlarmHandler handler =
          new AlarmHandler(provider, List.of(channel), Clock.systemUTC(), Probing.NONE);
      String event = Files.readString(Path.of(OF_A_MEMBER));
      assertThat(handler.respond(event, Instant.now().plusSeconds(30)).done()).isTrue();
      Incident incident = Events.incidents(event, OF_A_MEMBER, provider).getFirst();
      assertThat(provider.tags(incident.loadBalancer(), Instant.now().plusSeconds(30)))
          .isEqualTo(Known.unknown(REFUSAL));
    }
    Report report =
        channel.messages().stream()
            .flatMap(
                message ->
                    message instanceof Message.Finding(Report found)
                        ? Stream.of(found)
                        : Stream.of())
            .findFirst()
            .orElseThrow();
    assertThat(report.summary()).isEqualTo(REFUSAL + ".");
    assertThat(report.causes()).isEmpty();
    assertThat(report.sideFindings()).isEmpty();
    assertThat(report.targets()).isEmpty();
    assertThat(report.unknown()).isEmpty();
    assertThat(report.gaps()).containsExactly("could not read anything: " + REFUSAL);
    assertThat(report.grant()).isEmpty();
    assertThat(ReportText.write(report)).startsWith(REFUSAL + ".\n");
  }

  @Test
  void whereNobodyTellsWhoAsksItIsReadAllTheSame() throws IOException {
    Ran ran =
        run(
            Map.of("GetCallerIdentity", "AccessDenied"),
            "diagnose",
            "--event",
            OF_A_MEMBER,
            "--full");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out())
        .contains("elasticloadbalancing:DescribeLoadBalancers")
        .contains("could not read whose the credentials are: sts:GetCallerIdentity: AccessDenied\n")
        .doesNotContain("\"sts:GetCallerIdentity\"");
  }
}
