package lbresponder.report;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.facts.Wording;
import org.jspecify.annotations.Nullable;

/// One incident and what was found, as plain data: the JSON that machines get has just these
/// fields. Fields may be added, never renamed. Text from outside is cleaned, see {@link
/// lbresponder.message.Untrusted}.
///
/// @param schema the form of all this: `lb-responder/report/1`
/// @param version of the tool that wrote it, e.g. `1.2.3`; null where it runs from classes that no
///   build put a version beside
/// @param incident what the alarms are about
/// @param summary one sentence that an engineer would say aloud
/// @param conclusion which of four things `summary` says. `CAUSE`: at least one is named; `WELL`:
///   nothing is wrong as far as was looked; `NOT_FOUND`: none could be shown; `COULD_NOT_LOOK`:
///   none is named, and what could not be read may be why
/// @param symptom what is to be explained, one sentence
/// @param shape how far it reaches: `NO_TARGET_SEEN`, `ONE_TARGET`, `ONE_ZONE`, `ONE_TARGET_GROUP`,
///   `SOME`, `ALL`
/// @param causes why the alarm fired, the best first; empty: nothing is wrong now or nothing could
///   be shown, and `summary` says which
/// @param sideFindings faults that are there and are not the reason for this alarm
/// @param ruledOut what is shown not to be the matter; what this load balancer cannot have comes
///   last
/// @param unknown what could not be told
/// @param gaps what could not be read, and why
/// @param targets those the incident is about, the failing first
/// @param targetsOmitted how many more there are than listed
/// @param paths the ways to failing targets, hop by hop, one line for each that is judged alike;
///   empty where the rules could not be read
/// @param dialled what probing the targets showed, as a picture; empty where nobody probed
/// @param frontDoor what the load balancer's own ports answered; empty where nobody asked
/// @param metric the alarm's metric as a line; null where it could not be read, or nobody alarmed
/// @param links pages of the provider's console
/// @param at when the facts were read
/// @param ways as `paths`, as data
/// @param dials as `dialled`, as data
/// @param grant what lets it read what was refused, ready to be pasted; empty where nothing was
public record Report(
    String schema,
    @Nullable String version,
    IncidentPart incident,
    String summary,
    Conclusion conclusion,
    String symptom,
    String shape,
    List<CausePart> causes,
    List<CausePart> sideFindings,
    List<RuledOutPart> ruledOut,
    List<UnknownPart> unknown,
    List<String> gaps,
    List<TargetPart> targets,
    int targetsOmitted,
    List<String> paths,
    List<String> dialled,
    List<String> frontDoor,
    @Nullable Sparkline metric,
    List<LinkPart> links,
    Instant at,
    List<WayPart> ways,
    List<DialPart> dials,
    String grant) {

  /// @param id the same for all alarms of one incident
  /// @param provider `aws`, or another one's name
  /// @param account the provider's id of the account that the load balancer is in
  /// @param region the provider's name of it
  /// @param since when the first of its alarms fired, or somebody asked
  /// @param loadBalancer whose alarms these are
  /// @param alarms those that fired; empty where somebody asked without one
  public record IncidentPart(
      String id,
      String provider,
      String account,
      String region,
      Instant since,
      LoadBalancerPart loadBalancer,
      List<AlarmPart> alarms) {}

  /// @param kind in the provider's word, e.g. `application`
  /// @param name as its owner named it
  /// @param arn the provider's id of it
  public record LoadBalancerPart(String kind, String name, String arn) {}

  /// @param name as its owner named it
  /// @param arn the provider's id of it
  /// @param namespace of the metric
  /// @param metric that the alarm watches
  /// @param state `OK`, `ALARM` or `INSUFFICIENT_DATA`
  public record AlarmPart(String name, String arn, String namespace, String metric, String state) {}

  /// @param id the cause's name, which stays
  /// @param confidence `PROVEN`, `LIKELY` or `POSSIBLE`
  /// @param title what is wrong, a few words
  /// @param targets that it makes fail
  /// @param because the proof, one line for each fact
  /// @param fix the commands that repair it, in order; empty where none does
  /// @param fixChecked `checked` on the model, `not checked` because the model cannot tell; null
  ///   where there is no fix
  /// @param advice what to do or to decide, one sentence
  /// @param component the provider's id of what is at fault; empty where it is no single thing
  /// @param aside why it is a side finding; null where it is a cause
  /// @param explains how much of the alarm it explains; null where no fact tells
  /// @param since when the fault began; null where no fact tells
  /// @param changes what the fix changes; null where there is no fix
  /// @param undo the commands that take the fix back; empty where nothing does
  /// @param verify what shows that it worked, and after how long; null where there is no fix, or
  ///   nothing tells
  public record CausePart(
      String id,
      String confidence,
      String title,
      List<String> targets,
      List<String> because,
      List<String> fix,
      @Nullable String fixChecked,
      String advice,
      String component,
      @Nullable String aside,
      @Nullable ExplainsPart explains,
      @Nullable Instant since,
      @Nullable String changes,
      List<String> undo,
      @Nullable String verify) {}

  /// @param share `part` of `whole`, from 0 to 1
  /// @param part how many of them it explains
  /// @param whole how many there are
  /// @param of what is counted, in the plural: `errors`, `failing targets`
  public record ExplainsPart(double share, double part, double whole, String of) {}

  /// @param id the cause's name
  /// @param because the fact that contradicts
  /// @param fits whether it could have looked like this; what could not needs no reason to be out
  /// @param applies false: this load balancer has no such thing, so that the text leaves it out
  public record RuledOutPart(String id, String because, boolean fits, boolean applies) {
    public String line() {
      return id + ": " + because;
    }
  }

  /// @param id the cause's name
  /// @param missing the fact that would tell
  /// @param fits whether it could have looked like this
  public record UnknownPart(String id, String missing, boolean fits) {
    public String line() {
      return id + ": " + missing;
    }
  }

  /// @param id `NAME:PORT`
  /// @param zone null where it is not known
  /// @param targetGroup the group's name
  /// @param health what the load balancer says of it
  /// @param connection what probing its traffic port met last
  public record TargetPart(
      String id,
      @Nullable String zone,
      String targetGroup,
      HealthPart health,
      ConnectionPart connection) {}

  /// @param state `healthy`, `unhealthy`, …; `unknown` where it could not be read
  /// @param reason the provider's own code; empty where it gives none
  /// @param description in the provider's words, or why it could not be read
  public record HealthPart(String state, String reason, String description) {}

  /// @param was how the attempt ended, e.g. `TimedOut`; `NotDialled`: nobody tried
  /// @param why the reason that nobody tried; null where somebody did
  public record ConnectionPart(String was, @Nullable String why) {}

  /// The way of what is judged alike.
  ///
  /// @param zone of the node; empty where the load balancer has no zones
  /// @param from the node's address, or the range that it is in
  /// @param port of the targets
  /// @param targets a part of them where there are many
  /// @param alike how many paths are judged so
  /// @param hops in the order in which a packet passes them, there and back
  public record WayPart(
      String zone, String from, int port, List<String> targets, int alike, List<HopPart> hops) {}

  /// @param kind `SECURITY_GROUPS`, `NETWORK_ACL` or `ROUTE`
  /// @param end at which end of the way: `LOAD_BALANCER` or `TARGET`
  /// @param answer whether it is on the way back
  /// @param by id of what decides; empty where nothing does
  /// @param state `open`, `blocked`, `partly` or `unknown`
  /// @param why what decides so, or why it is not known
  public record HopPart(
      String kind, String end, boolean answer, String by, String state, String why) {}

  /// @param target `NAME:PORT`
  /// @param targetGroup the group's name
  /// @param purpose `TRAFFIC`: as traffic is sent; `HEALTH_CHECK`: as the health check asks;
  ///   `ALTERNATE_PROTOCOL`: in another protocol; `KEEP_ALIVE`: held idle after an answer;
  ///   `LISTENER`: the load balancer's own
  /// @param port that was dialled
  /// @param from `LOAD_BALANCER`: where it stands; `NETWORK`: elsewhere in its network; `HERE`:
  ///   this machine
  /// @param attempts in the order in which they were made
  public record DialPart(
      String target,
      String targetGroup,
      String purpose,
      int port,
      String from,
      List<AttemptPart> attempts) {}

  /// @param was how the attempt ended, e.g. `TimedOut`; `NotDialled`: nobody tried
  /// @param status the HTTP status of an answer; null where there was none
  /// @param detail why nobody tried, or what TLS failed at; null where there is nothing to add
  /// @param millis how long the attempt took, in milliseconds; null where nobody tried
  public record AttemptPart(
      String was, @Nullable Integer status, @Nullable String detail, @Nullable Long millis) {}

  /// @param title what the page shows
  /// @param url its address
  public record LinkPart(String title, String url) {}

  /// @param wording says repairs and links in the provider's words
  public static Report of(Diagnosis diagnosis, Wording wording) {
    return new Assembly(diagnosis, wording).report();
  }

  /// What was ruled out, a line each; what could not have looked like this in one line. What does
  /// not apply is left out.
  public List<String> ruledOutLines() {
    List<RuledOutPart> applying = ruledOut.stream().filter(RuledOutPart::applies).toList();
    return withOthers(
        applying.stream().filter(RuledOutPart::fits).map(RuledOutPart::line).toList(),
        applying.stream().filter(part -> !part.fits()).map(RuledOutPart::id).toList());
  }

  /// What could not be told, in the same way.
  public List<String> unknownLines() {
    return withOthers(
        unknown.stream().filter(UnknownPart::fits).map(UnknownPart::line).toList(),
        unknown.stream().filter(part -> !part.fits()).map(UnknownPart::id).toList());
  }

  private static List<String> withOthers(List<String> lines, List<String> unlike) {
    return unlike.isEmpty()
        ? lines
        : Stream.concat(
                lines.stream(),
                Stream.of("what does not look like this: " + String.join(", ", unlike)))
            .toList();
  }

  /// The same report with fewer targets: the failing are listed first, so that the healthy go.
  public Report withTargets(int most) {
    return targets.size() <= most ? this : FewerTargets.of(this, most);
  }
}
