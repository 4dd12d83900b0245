"""The calls that answering a first alarm makes, by boto3, as a function in Python would make them."""

import sys
from concurrent.futures import ThreadPoolExecutor

import boto3

balancer, topic = sys.argv[1:3]
elbv2, ec2, cloudwatch, autoscaling, ecs, sns = (
    boto3.client(name)
    for name in ("elbv2", "ec2", "cloudwatch", "autoscaling", "ecs", "sns")
)
with ThreadPoolExecutor(8) as threads:
    begun = [
        threads.submit(elbv2.describe_load_balancers, LoadBalancerArns=[balancer]),
        threads.submit(elbv2.describe_listeners, LoadBalancerArn=balancer),
        threads.submit(elbv2.describe_target_groups, LoadBalancerArn=balancer),
        threads.submit(elbv2.describe_load_balancer_attributes, LoadBalancerArn=balancer),
        threads.submit(elbv2.describe_tags, ResourceArns=[balancer]),
        threads.submit(autoscaling.describe_auto_scaling_groups),
        threads.submit(ecs.list_clusters),
    ]
    group = begun[2].result()["TargetGroups"][0]["TargetGroupArn"]
    listener = begun[1].result()["Listeners"][0]["ListenerArn"]
    vpc = begun[0].result()["LoadBalancers"][0]["VpcId"]
    within = [{"Name": "vpc-id", "Values": [vpc]}]
    begun += [
        threads.submit(elbv2.describe_rules, ListenerArn=listener),
        threads.submit(elbv2.describe_target_health, TargetGroupArn=group),
        threads.submit(elbv2.describe_target_group_attributes, TargetGroupArn=group),
        threads.submit(ec2.describe_instances, Filters=within),
        threads.submit(ec2.describe_network_acls, Filters=within),
        threads.submit(ec2.describe_route_tables, Filters=within),
        threads.submit(ec2.describe_subnets, Filters=within),
        threads.submit(ec2.describe_network_interfaces, Filters=within),
        threads.submit(ec2.describe_instance_status),
        threads.submit(ec2.describe_security_group_rules),
        threads.submit(cloudwatch.describe_alarms),
    ]
    for one in begun:
        one.result()
sns.publish(TopicArn=topic, Message="done")
