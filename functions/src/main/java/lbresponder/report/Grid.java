package lbresponder.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lbresponder.check.Member;
import lbresponder.check.Trouble;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import org.jspecify.annotations.Nullable;

/// What dialling met as a picture, so that one look tells one host from one port from one zone: a
/// row for each target group and zone, a cell for each target, in it a sign for the traffic port
/// and one for the health check's.
final class Grid {
  private static final int CELLS = 40;
  private static final int ROWS = 25;

  /// A sign and what it means, in the order of the legend.
  private enum Sign {
    WORKS("✓", "works"),
    ANSWERS("!", "answers a status that does not pass"),
    MIXED("~", "some tries work and some do not"),
    REFUSED("R", "refused"),
    TIMED_OUT("T", "timed out"),
    UNREACHABLE("U", "unreachable"),
    ENDED("C", "closes or resets"),
    SILENT("S", "accepts and says nothing"),
    MALFORMED("M", "answers another protocol"),
    TLS("t", "TLS fails"),
    NOT_DIALLED("·", "not dialled");

    private final String sign;
    private final String words;

    Sign(String sign, String words) {
      this.sign = sign;
      this.words = words;
    }
  }

  private record Row(String group, String zone) {}

  private final Facts facts;
  private final TreeSet<Sign> used = new TreeSet<>();
  private final Map<String, Dial> dials;

  private Grid(Facts facts) {
    this.facts = facts;
    this.dials =
        facts.dials().orElse(List.of()).stream()
            .collect(
                Collectors.toMap(
                    dial -> dial.purpose() + " " + dial.target(), dial -> dial, (one, _) -> one));
  }

  /// Empty where nothing was dialled; else from where, the rows, and what the signs mean.
  static List<String> of(Facts facts, Trouble trouble) {
    return facts.dials().orElse(List.of()).stream()
        .filter(dial -> dial.purpose() == Purpose.TRAFFIC || dial.purpose() == Purpose.HEALTH_CHECK)
        .findFirst()
        .map(first -> new Grid(facts).lines(trouble, place(first)))
        .orElse(List.of());
  }

  private static String place(Dial dial) {
    return switch (dial.from()) {
      case LOAD_BALANCER -> "where the load balancer stands";
      case NETWORK -> "elsewhere in its network: it speaks of that place's path";
      case HERE -> "this machine: it speaks of this machine's path";
    };
  }

  private List<String> lines(Trouble trouble, String place) {
    Map<Row, List<String>> rows = new LinkedHashMap<>();
    for (Member member : trouble.members()) {
      Row row =
          new Row(
              member.group().name(),
              Objects.requireNonNullElse(facts.zoneOf(member.target()), "-"));
      rows.computeIfAbsent(row, _ -> new ArrayList<>()).add(cell(member));
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    int group = rows.keySet().stream().mapToInt(row -> row.group().length()).max().orElse(0);
    int zone = rows.keySet().stream().mapToInt(row -> row.zone().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add("from " + place);
    rows.forEach(
        (row, cells) -> {
          for (int i = 0; i < cells.size(); i += CELLS) {
            lines.add(
                Untrusted.clean(
                    "%s%s  %s%s  %s"
                        .formatted(
                            row.group(),
                            " ".repeat(group - row.group().length()),
                            row.zone(),
                            " ".repeat(zone - row.zone().length()),
                            String.join(" ", cells.subList(i, Math.min(cells.size(), i + CELLS)))),
                    400));
          }
        });
    List<String> shown = new ArrayList<>(lines.subList(0, Math.min(lines.size(), ROWS)));
    if (lines.size() > ROWS) {
      shown.add("and %d more rows".formatted(lines.size() - ROWS));
    }
    shown.add(
        "traffic port, health check's port: "
            + used.stream()
                .map(sign -> sign.sign + " " + sign.words)
                .collect(Collectors.joining(", ")));
    return List.copyOf(shown);
  }

  /// One dial stands for both ports where the same is asked of both.
  private String cell(Member member) {
    Dial traffic = dials.get(Purpose.TRAFFIC + " " + member.label());
    Dial check = dials.get(Purpose.HEALTH_CHECK + " " + member.label());
    Sign first = traffic == null ? Sign.NOT_DIALLED : sign(traffic, null);
    Sign second =
        check != null
            ? sign(check, member.group().healthCheck())
            : traffic == null ? Sign.NOT_DIALLED : sign(traffic, member.group().healthCheck());
    used.add(first);
    used.add(second);
    return first.sign + second.sign;
  }

  /// @param check whose matcher a status has to pass; null: any status is an answer
  private static Sign sign(Dial dial, @Nullable HealthCheck check) {
    List<Sign> signs = dial.attempts().stream().map(met -> sign(met, check)).distinct().toList();
    return signs.size() > 1 && signs.contains(Sign.WORKS) ? Sign.MIXED : signs.getFirst();
  }

  private static Sign sign(Connection met, @Nullable HealthCheck check) {
    return switch (met) {
      case Connection.Answered(_, int status, _) when check != null && !check.accepts(status) ->
          Sign.ANSWERS;
      case Connection.Connected _,
          Connection.Secured _,
          Connection.Answered _,
          Connection.AnsweredHttp2 _,
          Connection.HeldOpen _,
          Connection.ClosedIdle _ ->
          Sign.WORKS;
      case Connection.Refused _ -> Sign.REFUSED;
      case Connection.TimedOut _ -> Sign.TIMED_OUT;
      case Connection.HostUnreachable _, Connection.NetworkUnreachable _ -> Sign.UNREACHABLE;
      case Connection.Reset _, Connection.Closed _ -> Sign.ENDED;
      case Connection.Silent _ -> Sign.SILENT;
      case Connection.Malformed _ -> Sign.MALFORMED;
      case Connection.TlsFailed _ -> Sign.TLS;
      case Connection.NotDialled _ -> Sign.NOT_DIALLED;
    };
  }

  /// What the load balancer's own ports answered a client at this machine, and who it was that
  /// answered.
  static List<String> frontDoor(Facts facts) {
    return facts.dials().orElse(List.of()).stream()
        .filter(dial -> dial.purpose() == Purpose.FRONT_DOOR)
        .map(dial -> Untrusted.clean(dial.target() + " " + door(dial.attempts().getLast()), 300))
        .toList();
  }

  private static String door(Connection met) {
    return switch (met) {
      case Connection.Answered(_, int status, String server)
          when server != null && server.startsWith("awselb/") ->
          "answers %d, the load balancer itself (%s)".formatted(status, server);
      case Connection.Answered(_, int status, String server) ->
          "answers %d, %s"
              .formatted(
                  status,
                  server == null
                      ? "passed on from a target or by a rule"
                      : "passed on from a target (%s)".formatted(server));
      case Connection.NotDialled(String why) -> "was not dialled: " + why;
      case Connection.TimedOut _ -> "lets nothing in from this machine, or nobody answers";
      default -> "met " + met.getClass().getSimpleName();
    };
  }
}
