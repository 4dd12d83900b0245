package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Cidr;
import lbresponder.network.Hop;
import lbresponder.network.Paths;
import lbresponder.network.Wall;

/// A Network Load Balancer keeps its clients' addresses, and the targets' groups admit only the
/// load balancer: checks pass, and clients time out.
final class ClientPreservationBlocks implements Check {
  private static final List<Cidr> PRIVATE =
      Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
          .map(Cidr::parse)
          .filter(Objects::nonNull)
          .toList();

  @Override
  public String title() {
    return "Clients keep their address, and the target's security group does not admit them";
  }

  @Override
  public String advice() {
    return "Admit the clients on the traffic port, or turn client address preservation off for the"
        + " target group.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.TIMEOUT);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.incident().loadBalancer().kind() != Kind.NETWORK) {
      return new Verdict.RuledOut("only Network Load Balancers keep client addresses");
    }
    if (!(facts.loadBalancer() instanceof Known.Value<LoadBalancer>(LoadBalancer balancer))) {
      return new Verdict.Unknown(((Known.Unknown<LoadBalancer>) facts.loadBalancer()).why());
    }
    Paths paths = new Paths(facts);
    List<String> missing = new ArrayList<>(Seen.in(facts).missing());
    List<Member> shut = new ArrayList<>();
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
      switch (Preservation.isOn(group)) {
        case Known.Unknown<Boolean>(String why) -> missing.add(why);
        case Known.Value<Boolean>(Boolean on) -> {
          if (on) {
            Member.of(group).forEach(one -> judge(one, balancer, paths, shut, missing));
          }
        }
      }
    }
    if (!shut.isEmpty()) {
      return new Verdict.Cause(
          Confidence.PROVEN,
          shut.getFirst().group().id(),
          shut,
          List.of(
              "client addresses are preserved, and no rule of the groups of %s admits an address outside private networks on the traffic port"
                  .formatted(Words.count(shut.size(), "target"))),
          List.of());
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("client addresses are not preserved, or clients are admitted")
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }

  private static void judge(
      Member member, LoadBalancer balancer, Paths paths, List<Member> shut, List<String> missing) {
    Integer port = member.target().port();
    Wall wall = paths.wallOf(member.group(), member.target());
    if (port == null || wall == null || !wall.isWhole()) {
      missing.add("the security groups at " + member.label());
    } else if (balancer.internal()) {
      missing.add("which addresses the clients of an internal load balancer have");
    } else if (wall.named(port).stream().noneMatch(ClientPreservationBlocks::isPublic)
        && !admitsByGroup(wall, port, balancer)) {
      shut.add(member);
    }
  }

  /// A rule that refers to the load balancer's group admits what comes through it, whoever sent it.
  private static boolean admitsByGroup(Wall wall, int port, LoadBalancer balancer) {
    Cidr somebody = Cidr.parse("198.51.100.1");
    return somebody != null
        && wall.tcp(port, somebody, new HashSet<>(balancer.securityGroups()))
            instanceof Hop.Allowed;
  }

  private static boolean isPublic(Cidr range) {
    return PRIVATE.stream().noneMatch(one -> one.contains(range));
  }
}
