package lbresponder.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.check.Diagnosis.Finding;
import lbresponder.check.Diagnosis.Fix;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.network.Repairs;
import org.jspecify.annotations.Nullable;

/// The causes, the likeliest first, and how they are weighed against each other.
///
/// A cause leads by confidence, then by the share of the failing targets it explains, then by its
/// place here. What cannot look like the alarm's symptom cannot be its cause: proven, it is a side
/// finding; otherwise it is ruled out.
public final class Runbook {
  private Runbook() {}

  /// Every check, in the order of likelihood that the vendors' guides give.
  public static final List<Check> CHECKS =
      List.of(
          new TargetOverloaded(),
          new CapacityAtMaximum(),
          new CrashLoop(),
          new KilledWhileStarting(),
          new NothingListening(),
          new TargetHangs(),
          new TargetResetsConnections(),
          new MalformedResponse(),
          new TlsMismatch(),
          new ProxyProtocolMismatch(),
          new TargetStopped(),
          new InstanceImpaired(),
          new SecurityGroupBlocks(),
          new NoTargets(),
          new RolloutInProgress(),
          new StopsBeforeDrained(),
          new StaleTargetAddress(),
          new HealthCheckMisconfigured(),
          new SecurityGroupBlocksHealthCheck(),
          new LoadBalancerEgressBlocks(),
          new NetworkAclBlocks(),
          new NoRoute(),
          new ClientPreservationBlocks(),
          new HairpinFails(),
          new HealthCheckPortDiffers(),
          new HostFirewallBlocks(),
          new TargetAnswersErrors(),
          new LambdaTargetFails(),
          new RespondsTooSlowly(),
          new ClosesIdleConnectionsEarly(),
          new ProtocolVersionMismatch(),
          new TargetGroupWithoutListener(),
          new ZoneNotEnabled(),
          new ZoneWithoutTargets(),
          new LoadBalancerAtCapacity(),
          new SnatPortsExhausted(),
          new IdleFlowExpired(),
          new ClientRequestsRejected(),
          new TargetAnswersClientErrors(),
          new WeightZero(),
          new ZoneImpaired(),
          new ZonalShiftActive(),
          new SubnetOutOfAddresses(),
          new ClientsBlocked(),
          new LoadBalancerSubnetWithoutRoute(),
          new OnlyHealthChecksFail(),
          new AlreadyRecovered());

  /// Weighs the facts. Never throws: a check that fails is reported as one that could not tell.
  public static Diagnosis diagnose(Facts facts) {
    Scope scope = Scope.of(facts);
    Trouble trouble = Trouble.of(scope.facts());
    List<Finding> causes = new ArrayList<>();
    List<Finding> aside = new ArrayList<>();
    List<Diagnosis.RuledOut> ruledOut = new ArrayList<>();
    List<Diagnosis.Unknown> unknown = new ArrayList<>();
    for (Check check : CHECKS) {
      switch (examine(check, scope.facts())) {
        case Verdict.Cause cause -> {
          String objection = objection(check, cause, trouble, scope);
          if (objection == null) {
            causes.add(finding(check, scope.weigh(cause), scope.facts(), null));
          } else if (cause.confidence() == Confidence.PROVEN) {
            aside.add(finding(check, cause, scope.facts(), objection));
          } else {
            ruledOut.add(new Diagnosis.RuledOut(check, objection));
          }
        }
        case Verdict.RuledOut(String because) ->
            ruledOut.add(new Diagnosis.RuledOut(check, because));
        case Verdict.Unknown(String missing) -> unknown.add(new Diagnosis.Unknown(check, missing));
      }
      aside.addAll(beyond(check, scope));
    }
    List<Finding> left = explainAway(causes, ruledOut);
    left.sort(
        Comparator.comparing((Finding one) -> one.cause().confidence())
            .thenComparingDouble(one -> -share(one.cause(), trouble)));
    return new Diagnosis(
        trouble,
        List.copyOf(left),
        List.copyOf(aside),
        List.copyOf(ruledOut),
        List.copyOf(unknown));
  }

  @SuppressWarnings("CatchingUnchecked") // A check must not take the others' answers with it.
  private static Verdict examine(Check check, Facts facts) {
    try {
      return check.examine(facts);
    } catch (RuntimeException failure) {
      return new Verdict.Unknown("check failed: " + failure);
    }
  }

  /// Why a cause cannot be the reason for this alarm; null: it can.
  private static @Nullable String objection(
      Check check, Verdict.Cause cause, Trouble trouble, Scope scope) {
    Set<Symptom> common = EnumSet.copyOf(Objects.requireNonNullElse(cause.shows(), check.shows()));
    common.retainAll(trouble.symptoms());
    if (common.isEmpty()) {
      return "it cannot be why " + sentence(trouble.symptoms());
    }
    return scope.touches(cause.targets())
        ? null
        : "it is outside " + String.join(", ", scope.zones()) + ", which the alarm is about";
  }

  private static String sentence(Set<Symptom> symptoms) {
    return symptoms.stream().map(Symptom::sentence).collect(Collectors.joining(", or "));
  }

  /// Proven faults in target groups that the alarm is not about.
  private static List<Finding> beyond(Check check, Scope scope) {
    if (scope.beyond().equals(scope.facts())
        || !(examine(check, scope.beyond()) instanceof Verdict.Cause cause)
        || cause.confidence() != Confidence.PROVEN) {
      return List.of();
    }
    Set<String> there =
        scope.beyond().targetGroups().orElse(List.of()).stream()
            .map(group -> group.id())
            .collect(Collectors.toSet());
    if (cause.targets().isEmpty() && !there.contains(cause.component())) {
      return List.of();
    }
    return List.of(
        finding(check, cause, scope.beyond(), "it is in a target group the alarm is not about"));
  }

  /// What merely fits is not raised for a target whose failure is already proven to come from
  /// elsewhere.
  private static List<Finding> explainAway(
      List<Finding> causes, List<Diagnosis.RuledOut> ruledOut) {
    Set<Member> explained = new HashSet<>();
    List<String> by = new ArrayList<>();
    for (Finding finding : causes) {
      if (finding.cause().confidence() == Confidence.PROVEN) {
        explained.addAll(finding.cause().targets());
        by.add(finding.check().id());
      }
    }
    List<Finding> left = new ArrayList<>();
    for (Finding finding : causes) {
      Verdict.Cause cause = finding.cause();
      List<Member> open =
          cause.targets().stream().filter(member -> !explained.contains(member)).toList();
      if (cause.confidence() != Confidence.POSSIBLE || open.size() == cause.targets().size()) {
        left.add(finding);
      } else if (open.isEmpty()) {
        ruledOut.add(
            new Diagnosis.RuledOut(
                finding.check(), "its targets are explained by " + String.join(", ", by)));
      } else {
        left.add(new Finding(finding.check(), cause.with(open), finding.fix(), null));
      }
    }
    return left;
  }

  private static double share(Verdict.Cause cause, Trouble trouble) {
    if (cause.targets().isEmpty() || trouble.failing().isEmpty()) {
      return 1;
    }
    Set<Member> explained = new HashSet<>(cause.targets());
    explained.retainAll(new HashSet<>(trouble.failing()));
    return (double) explained.size() / trouble.failing().size();
  }

  /// Tries the repairs on the model: what leaves the accusation standing is not offered.
  private static Finding finding(
      Check check, Verdict.Cause cause, Facts facts, @Nullable String aside) {
    if (cause.repairs().isEmpty()) {
      return new Finding(check, cause, Fix.NONE, aside);
    }
    Known<Facts> mended = Known.of(facts);
    for (Repair repair : cause.repairs()) {
      mended = mended.flatMap(before -> Repairs.apply(before, repair));
    }
    return switch (mended) {
      case Known.Unknown<Facts> _ -> new Finding(check, cause, Fix.NOT_CHECKED, aside);
      case Known.Value<Facts>(Facts after) ->
          stands(check, cause, after)
              ? new Finding(check, cause.withoutRepairs(), Fix.NONE, aside)
              : new Finding(check, cause, Fix.CHECKED, aside);
    };
  }

  /// Whether the accusation holds as before: as sure, and of no fewer targets.
  private static boolean stands(Check check, Verdict.Cause before, Facts mended) {
    return examine(check, mended) instanceof Verdict.Cause after
        && after.confidence().compareTo(before.confidence()) <= 0
        && (before.targets().isEmpty()
            ? after.component().equals(before.component())
            : names(after).containsAll(names(before)));
  }

  private static Set<String> names(Verdict.Cause cause) {
    return cause.targets().stream()
        .map(member -> member.group().id() + " " + member.label())
        .collect(Collectors.toSet());
  }
}
