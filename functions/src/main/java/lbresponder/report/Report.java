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
/// @param conclusion which of four things `summary` says
/// @param symptom what is to be explained, one sentence
/// @param shape how far it reaches: `NO_TARGET_SEEN`, `ONE_TARGET`, `ONE_ZONE`, `ONE_TARGET_GROUP`,
///   `SOME`, `ALL`
/// @param causes the best first; empty: nothing is wrong now or nothing could be shown, and
///   `summary` says which
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
/// @param at when the facts were read
/// @param ways as `paths`, as data
/// @param dials as `dialled`, as data
/// @param grant what lets it read what was refused, ready to be pasted; empty where nothing was
/// @param metric null where the alarm's metric could not be read, or nobody alarmed
public record Report(
    String schema,
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

  public record IncidentPart(
      String id,
      String provider,
      String account,
      String region,
      Instant since,
      LoadBalancerPart loadBalancer,
      List<AlarmPart> alarms) {}

  public record LoadBalancerPart(String kind, String name, String arn) {}

  public record AlarmPart(String name, String arn, String namespace, String metric, String state) {}

  /// @param fixChecked `checked` on the model, `not checked` because the model cannot tell; null
  ///   where there is no fix
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
      @Nullable String verify) {

    /// What nobody would paste, such as a command that names a thousand targets.
    private static final int LONGEST_COMMAND = 2000;

    private CausePart withTargets(int most) {
      return targets.size() <= most
          ? this
          : new CausePart(
              id,
              confidence,
              title,
              targets.subList(0, most),
              because,
              fix.stream().filter(command -> command.length() <= LONGEST_COMMAND).toList(),
              fixChecked,
              advice,
              component,
              aside,
              explains,
              since,
              changes,
              undo.stream().filter(command -> command.length() <= LONGEST_COMMAND).toList(),
              verify);
    }
  }

  /// @param share `part` of `whole`, from 0 to 1
  /// @param of what is counted, in the plural: `errors`, `failing targets`
  public record ExplainsPart(double share, double part, double whole, String of) {}

  /// @param fits whether it could have looked like this; what could not needs no reason to be out
  /// @param applies false: this load balancer has no such thing, so that the text leaves it out
  public record RuledOutPart(String id, String because, boolean fits, boolean applies) {
    public String line() {
      return id + ": " + because;
    }
  }

  /// @param fits as in {@link RuledOutPart}
  public record UnknownPart(String id, String missing, boolean fits) {
    public String line() {
      return id + ": " + missing;
    }
  }

  /// @param zone null where it is not known
  /// @param targetGroup the group's name
  public record TargetPart(
      String id,
      @Nullable String zone,
      String targetGroup,
      HealthPart health,
      ConnectionPart connection) {}

  /// @param reason the provider's own code; empty where it gives none
  public record HealthPart(String state, String reason, String description) {}

  /// @param why only where nobody tried
  public record ConnectionPart(String was, @Nullable String why) {}

  /// The way of what is judged alike.
  ///
  /// @param zone of the node; empty where the load balancer has no zones
  /// @param from the node's address, or the range that it is in
  /// @param targets a part of them where there are many
  /// @param alike how many paths are judged so
  /// @param hops in the order in which a packet passes them, there and back
  public record WayPart(
      String zone, String from, int port, List<String> targets, int alike, List<HopPart> hops) {
    private WayPart withTargets(int most) {
      return targets.size() <= most
          ? this
          : new WayPart(zone, from, port, targets.subList(0, most), alike, hops);
    }

    /// Whether every hop lets everything pass.
    public boolean isOpen() {
      return hops.stream().allMatch(hop -> hop.state().equals("open"));
    }
  }

  /// @param kind `SECURITY_GROUPS`, `NETWORK_ACL` or `ROUTE`
  /// @param end at which end of the way: `LOAD_BALANCER` or `TARGET`
  /// @param answer whether it is on the way back
  /// @param by id of what decides; empty where nothing does
  /// @param state `open`, `blocked`, `partly` or `unknown`
  /// @param why what decides so, or why it is not known
  public record HopPart(
      String kind, String end, boolean answer, String by, String state, String why) {}

  /// @param purpose `TRAFFIC`, `HEALTH_CHECK`, …
  /// @param from `LOAD_BALANCER`: where it stands; `NETWORK`: elsewhere in its network; `HERE`:
  ///   this machine
  public record DialPart(
      String target,
      String targetGroup,
      String purpose,
      int port,
      String from,
      List<AttemptPart> attempts) {}

  /// @param was as in {@link ConnectionPart}
  /// @param status of an answer; null where there was none
  /// @param detail null where there is none
  public record AttemptPart(String was, @Nullable Integer status, @Nullable String detail) {}

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
    return targets.size() <= most
        ? this
        : new Report(
            schema,
            incident,
            summary,
            conclusion,
            symptom,
            shape,
            causes.stream().map(cause -> cause.withTargets(most)).toList(),
            sideFindings.stream().map(cause -> cause.withTargets(most)).toList(),
            ruledOut,
            unknown,
            gaps,
            targets.subList(0, most),
            targetsOmitted + targets.size() - most,
            paths,
            dialled,
            frontDoor,
            metric,
            links,
            at,
            ways.stream().map(way -> way.withTargets(most)).toList(),
            dials.stream().limit(2L * most).toList(),
            grant);
  }
}
