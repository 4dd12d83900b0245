package lbresponder.testing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AddPrefixListEntry;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// A network with three zones in an emulated AWS, and what can run in it.
abstract class WorldNetwork {
  public final Ec2Client ec2;
  public final List<String> subnets = new ArrayList<>();
  public final List<String> instances = new ArrayList<>();
  public final String network;
  private final URI endpoint;

  /// @param instances how many, one after another in zones a, b, c
  WorldNetwork(URI endpoint, int instances) {
    this.endpoint = endpoint;
    ec2 = client(Ec2Client.builder());
    network = ec2.createVpc(call -> call.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    for (int i = 0; i < 3; i++) {
      String range = "10.0.%d.0/24".formatted(i);
      String zone = World.REGION + "abc".charAt(i);
      subnets.add(
          ec2.createSubnet(call -> call.vpcId(network).cidrBlock(range).availabilityZone(zone))
              .subnet()
              .subnetId());
    }
    String image = ec2.describeImages().images().getFirst().imageId();
    for (int i = 0; i < instances; i++) {
      String subnet = subnets.get(i % 3);
      this.instances.add(
          ec2.runInstances(call -> call.imageId(image).minCount(1).maxCount(1).subnetId(subnet))
              .instances()
              .getFirst()
              .instanceId());
    }
  }

  /// A client of this world.
  public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(World.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  /// A security group of the network; it lets everything out, and nothing in.
  public String securityGroup(String name) {
    return ec2.createSecurityGroup(call -> call.groupName(name).description(name).vpcId(network))
        .groupId();
  }

  /// Lets one group into another on a port.
  public void admit(String group, String peer, int port) {
    admit(
        group,
        port,
        peers -> peers.userIdGroupPairs(UserIdGroupPair.builder().groupId(peer).build()));
  }

  private void admit(String group, int port, Consumer<IpPermission.Builder> peers) {
    ec2.authorizeSecurityGroupIngress(
        call ->
            call.groupId(group)
                .ipPermissions(
                    IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(port)
                        .toPort(port)
                        .applyMutation(peers)
                        .build()));
  }

  /// Puts every instance into a group.
  public void wear(String group) {
    instances.forEach(id -> ec2.modifyInstanceAttribute(call -> call.instanceId(id).groups(group)));
  }

  /// A rule of the network's own ACL, before the one that allows everything.
  public void deny(int port) {
    String acl =
        ec2.describeNetworkAcls(
                call -> call.filters(Filter.builder().name("vpc-id").values(network).build()))
            .networkAcls()
            .getFirst()
            .networkAclId();
    ec2.createNetworkAclEntry(
        call ->
            call.networkAclId(acl)
                .ruleNumber(50)
                .protocol("6")
                .ruleAction("deny")
                .egress(false)
                .cidrBlock("0.0.0.0/0")
                .portRange(range -> range.from(port).to(port)));
  }

  /// Lets a prefix list into the network's default security group, which the instances wear.
  public void prefixListRule(int port) {
    String list =
        ec2.createManagedPrefixList(
                call ->
                    call.prefixListName("offices")
                        .addressFamily("IPv4")
                        .maxEntries(2)
                        .entries(AddPrefixListEntry.builder().cidr("198.51.100.0/24").build()))
            .prefixList()
            .prefixListId();
    String group =
        ec2.describeSecurityGroups(
                call -> call.filters(Filter.builder().name("vpc-id").values(network).build()))
            .securityGroups()
            .getFirst()
            .groupId();
    admit(
        group,
        port,
        peers -> peers.prefixListIds(PrefixListId.builder().prefixListId(list).build()));
  }

  /// An interface as the nodes of a load balancer have them: the emulator makes none.
  public void node(String description, String subnet) {
    ec2.createNetworkInterface(call -> call.subnetId(subnet).description(description));
  }

  /// A security group that has no rule at all.
  public String withoutRules(String name) {
    String group = securityGroup(name);
    ec2.revokeSecurityGroupEgress(
        call ->
            call.groupId(group)
                .ipPermissions(
                    IpPermission.builder()
                        .ipProtocol("-1")
                        .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                        .build()));
    return group;
  }

  /// Puts the first instance into one more group.
  public void wearAlso(String group) {
    String id = instances.getFirst();
    List<String> worn = new ArrayList<>(List.of(group));
    ec2.describeInstances(call -> call.instanceIds(id)).reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .flatMap(instance -> instance.securityGroups().stream())
        .forEach(own -> worn.add(own.groupId()));
    ec2.modifyInstanceAttribute(call -> call.instanceId(id).groups(worn));
  }

  /// Another network of the account that has the same ranges, and an address there.
  public void strangerWith(String address) {
    String stranger = ec2.createVpc(call -> call.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    interfaceIn(stranger, "10.0.0.0/24", address);
  }

  /// A network to which a peering leads, and back, and an address there.
  public String peered(String range, String address) {
    String far = ec2.createVpc(call -> call.cidrBlock(range)).vpc().vpcId();
    interfaceIn(far, address.replaceAll("[0-9]+$", "0/24"), address);
    String peering =
        ec2.createVpcPeeringConnection(call -> call.vpcId(network).peerVpcId(far))
            .vpcPeeringConnection()
            .vpcPeeringConnectionId();
    ec2.acceptVpcPeeringConnection(call -> call.vpcPeeringConnectionId(peering));
    route(network, range, peering);
    route(far, "10.0.0.0/16", peering);
    return address;
  }

  private void interfaceIn(String other, String range, String address) {
    String subnet =
        ec2.createSubnet(call -> call.vpcId(other).cidrBlock(range)).subnet().subnetId();
    ec2.createNetworkInterface(call -> call.subnetId(subnet).privateIpAddress(address));
  }

  private void route(String from, String range, String peering) {
    String table =
        ec2.describeRouteTables(
                call -> call.filters(Filter.builder().name("vpc-id").values(from).build()))
            .routeTables()
            .getFirst()
            .routeTableId();
    ec2.createRoute(
        call ->
            call.routeTableId(table).destinationCidrBlock(range).vpcPeeringConnectionId(peering));
  }

  /// A Lambda function that load balancers may invoke.
  public String function(String name) {
    IamClient iam = client(IamClient.builder());
    String role =
        iam.createRole(call -> call.roleName(name).assumeRolePolicyDocument("{}")).role().arn();
    LambdaClient lambda = client(LambdaClient.builder());
    byte[] emptyZip = new byte[22];
    emptyZip[0] = 'P';
    emptyZip[1] = 'K';
    emptyZip[2] = 5;
    emptyZip[3] = 6;
    String arn =
        lambda
            .createFunction(
                call ->
                    call.functionName(name)
                        .role(role)
                        .handler("a.b")
                        .runtime("python3.12")
                        .code(code -> code.zipFile(SdkBytes.fromByteArray(emptyZip))))
            .functionArn();
    lambda.addPermission(
        call ->
            call.functionName(name)
                .statementId("alb")
                .action("lambda:InvokeFunction")
                .principal("elasticloadbalancing.amazonaws.com"));
    return arn;
  }

  /// An Auto Scaling group that registers what it launches with a target group.
  public void scalingGroup(String name, String group) {
    AutoScalingClient autoscaling = client(AutoScalingClient.builder());
    String image = ec2.describeImages().images().getFirst().imageId();
    autoscaling.createLaunchConfiguration(
        call -> call.launchConfigurationName(name).imageId(image).instanceType("t3.micro"));
    autoscaling.createAutoScalingGroup(
        call ->
            call.autoScalingGroupName(name)
                .launchConfigurationName(name)
                .minSize(0)
                .desiredCapacity(0)
                .maxSize(3)
                .vpcZoneIdentifier(subnets.getFirst())
                .targetGroupARNs(group));
  }
}
