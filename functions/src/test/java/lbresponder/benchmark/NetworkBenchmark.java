package lbresponder.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import lbresponder.facts.Facts;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.SecurityGroup.Rule;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Cidr;
import lbresponder.network.NetworkAclRules;
import lbresponder.network.Paths;
import lbresponder.network.SecurityGroupRules;

/// How long the network's verdicts take.
final class NetworkBenchmark {
  private static final int VERDICTS = 100_000;

  private NetworkBenchmark() {}

  static void run() {
    Cidr peer = Objects.requireNonNull(Cidr.parse("10.0.1.5"));
    SecurityGroupRules groups = groupRules(60);
    NetworkAclRules acl = aclRules(60);
    for (int i = 0; i < 5; i++) {
      verdicts(groups, acl, peer);
    }
    double micros =
        Benchmarks.median(9, () -> Benchmarks.timed(() -> verdicts(groups, acl, peer)))
            / 1e3
            / (2 * VERDICTS);
    Benchmarks.print("a verdict of 60 rules, security group or ACL", micros, "us", 2);
    double thousand = paths(1000);
    Benchmarks.print("1,000 targets x 2 ports x 3 nodes, there and back", thousand, "ms", 50);
    double hundred = paths(100);
    double tenThousand = paths(10_000);
    System.out.printf(
        "  100 targets %.2f ms, 1,000 %.2f ms, 10,000 %.2f ms: %.1f times for the last tenfold%n",
        hundred, thousand, tenThousand, tenThousand / thousand);
    for (int rules : List.of(100, 1000, 10_000)) {
      SecurityGroupRules large = groupRules(rules);
      double one =
          Benchmarks.median(
                  9,
                  () ->
                      Benchmarks.timed(
                          () -> {
                            for (int i = 0; i < 200; i++) {
                              large.tcp(8080, peer, Set.of());
                            }
                          }))
              / 1e3
              / 200;
      System.out.printf("  a verdict of %,d rules: %.1f us%n", rules, one);
    }
  }

  private static void verdicts(SecurityGroupRules groups, NetworkAclRules acl, Cidr peer) {
    for (int i = 0; i < VERDICTS; i++) {
      groups.tcp(8080, peer, Set.of("sg-lb"));
      acl.tcp(8080, 8080, peer);
    }
  }

  /// The last rule is the one that admits.
  private static SecurityGroupRules groupRules(int rules) {
    List<Rule> all = new ArrayList<>();
    for (int i = 0; i < rules; i++) {
      String range =
          i == rules - 1 ? "10.0.0.0/16" : "192.0.%d.%d/32".formatted(i / 256 % 256, i % 256);
      all.add(
          new Rule("sgr-" + i, true, 0, true, "tcp", 8080, 8080, new SecurityGroup.Range(range)));
    }
    return SecurityGroupRules.of(
        List.of("sg-1"), true, Map.of("sg-1", new SecurityGroup("sg-1", "", all)), Map.of());
  }

  private static NetworkAclRules aclRules(int rules) {
    return NetworkAclRules.of(
        new NetworkAcl(
            "acl-1",
            List.of(),
            IntStream.range(0, rules)
                .mapToObj(
                    i ->
                        new NetworkAcl.Entry(
                            i + 1,
                            false,
                            i == rules - 1,
                            "6",
                            i == rules - 1 ? "10.0.0.0/16" : "192.0.2.%d/32".formatted(i % 256),
                            8080,
                            8080))
                .toList()),
        false);
  }

  /// All targets of a large load balancer, on two ports from three nodes.
  private static double paths(int targets) {
    Facts facts = LargeFacts.of("SecurityGroupBlocks/the-rule-was-revoked", targets, 3);
    TargetGroup group = facts.targetGroups().getFirst();
    List<Target> all = group.targets().orElse(List.of());
    Runnable work =
        () -> {
          Paths paths = new Paths(facts);
          for (Target target : all) {
            paths.to(group, target, 8080);
            paths.to(group, target, 8090);
          }
        };
    for (int i = 0; i < 5; i++) {
      work.run();
    }
    return Benchmarks.median(9, () -> Benchmarks.timed(work)) / 1e6;
  }
}
