package lbresponder.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Impact;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;

/// What probing the targets showed as a picture, so that one look tells one host from one port from
/// one zone: a row for each target group and zone, a cell for each target, in it a sign for the
/// traffic port and one for the health check's.
final class ProbeGrid {
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
    NOT_DIALLED("·", "not probed");

    private final String sign;
    private final String meaning;

    Sign(String sign, String meaning) {
      this.sign = sign;
      this.meaning = meaning;
    }
  }

  private record Row(String group, String zone) {}

  private final ProbeTable probes;
  private final TreeSet<Sign> used = new TreeSet<>();
  private final Map<Row, List<String>> cells = new LinkedHashMap<>();

  private ProbeGrid(Case current, Impact impact, ProbeTable probes) {
    this.probes = probes;
    for (RegisteredTarget target : impact.targets()) {
      Row row =
          new Row(target.group().name(), Objects.requireNonNullElse(current.zone(target), "-"));
      cells.computeIfAbsent(row, _ -> new ArrayList<>()).add(cell(target));
    }
  }

  /// Empty where nothing was probed; else from where, the rows, and what the signs mean.
  static List<String> of(Case current, Impact impact, ProbeTable probes) {
    return probes.read().orElse(List.of()).stream()
        .filter(
            probe -> probe.purpose() == Purpose.TRAFFIC || probe.purpose() == Purpose.HEALTH_CHECK)
        .findFirst()
        .map(first -> new ProbeGrid(current, impact, probes).lines(place(first)))
        .orElse(List.of());
  }

  private static String place(ProbeResult probe) {
    return switch (probe.from()) {
      case LOAD_BALANCER -> "where the load balancer stands";
      case NETWORK -> "elsewhere in its network: it speaks of that place's path";
      case HERE -> "this machine: it speaks of this machine's path";
    };
  }

  private List<String> lines(String place) {
    if (cells.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("from " + place);
    lines.addAll(rows());
    List<String> shown = new ArrayList<>(lines.subList(0, Math.min(lines.size(), ROWS)));
    if (lines.size() > ROWS) {
      shown.add("and %d more rows".formatted(lines.size() - ROWS));
    }
    shown.add(
        "traffic port, health check's port: "
            + used.stream()
                .map(sign -> sign.sign + " " + sign.meaning)
                .collect(Collectors.joining(", ")));
    return List.copyOf(shown);
  }

  private List<String> rows() {
    int group = cells.keySet().stream().mapToInt(row -> row.group().length()).max().orElse(0);
    int zone = cells.keySet().stream().mapToInt(row -> row.zone().length()).max().orElse(0);
    List<String> rows = new ArrayList<>();
    cells.forEach(
        (row, all) -> {
          String head = padded(row.group(), group) + "  " + padded(row.zone(), zone) + "  ";
          for (int i = 0; i < all.size(); i += CELLS) {
            rows.add(
                Untrusted.clean(
                    head + String.join(" ", all.subList(i, Math.min(all.size(), i + CELLS))), 400));
          }
        });
    return rows;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /// One result stands for both ports where the same is asked of both.
  private String cell(RegisteredTarget target) {
    ProbeResult traffic = probes.of(target, Purpose.TRAFFIC);
    ProbeResult check = probes.of(target, Purpose.HEALTH_CHECK);
    Sign first = sign(traffic, null);
    Sign second = sign(check == null ? traffic : check, target.group().healthCheck());
    used.add(first);
    used.add(second);
    return first.sign + second.sign;
  }

  /// @param check whose matcher a status has to pass; null: any status is an answer
  private static Sign sign(@Nullable ProbeResult probe, @Nullable HealthCheck check) {
    if (probe == null) {
      return Sign.NOT_DIALLED;
    }
    List<Sign> signs =
        probe.attempts().stream().map(result -> sign(result, check)).distinct().toList();
    return signs.size() > 1 && signs.contains(Sign.WORKS) ? Sign.MIXED : signs.getFirst();
  }

  private static Sign sign(Connection result, @Nullable HealthCheck check) {
    return switch (result) {
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
}
