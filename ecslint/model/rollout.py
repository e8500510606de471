"""What deploys, scales and announces services besides ECS itself: CodeDeploy, Application Auto Scaling, Cloud Map."""

from __future__ import annotations

from ecslint.model.noun import Child, Children, Field, Noun, Scalars


class DeployedService(Noun):
    """The service that a deployment group deploys."""

    __slots__ = ()

    cluster_name = Field("clusterName")
    service_name = Field("serviceName")


class TargetGroupInfo(Noun):
    """A target group of a blue/green deployment, by name."""

    __slots__ = ()

    name = Field("name")


class TrafficRoute(Noun):
    """The listeners that carry production or test traffic."""

    __slots__ = ()

    listener_arns = Scalars("listenerArns")


class TargetGroupPair(Noun):
    """The two target groups of a blue/green deployment."""

    __slots__ = ()

    target_groups = Children("targetGroups", TargetGroupInfo)
    prod_traffic_route = Child("prodTrafficRoute", TrafficRoute)
    test_traffic_route = Child("testTrafficRoute", TrafficRoute)


class LoadBalancerInfo(Noun):
    """What a blue/green deployment shifts."""

    __slots__ = ()

    target_group_pairs = Children("targetGroupPairInfoList", TargetGroupPair)


class AutoRollback(Noun):
    """Whether CodeDeploy goes back by itself, and on which events."""

    __slots__ = ()

    enabled = Field("enabled")
    events = Scalars("events")


class DeploymentGroup(Noun):
    """A deployment group of CodeDeploy."""

    __slots__ = ()

    application_name = Field("applicationName")
    deployment_group_name = Field("deploymentGroupName")
    deployment_config_name = Field("deploymentConfigName")
    service_role_arn = Field("serviceRoleArn")
    ecs_services = Children("ecsServices", DeployedService)
    load_balancer_info = Child("loadBalancerInfo", LoadBalancerInfo)
    auto_rollback = Child("autoRollbackConfiguration", AutoRollback)


class ScalableTarget(Noun):
    """What Application Auto Scaling scales: a service's number of tasks, between two bounds."""

    __slots__ = ()

    service_namespace = Field("serviceNamespace")
    resource_id = Field("resourceId")
    scalable_dimension = Field("scalableDimension")
    min_capacity = Field("minCapacity")
    max_capacity = Field("maxCapacity")


class ScalingPolicy(Noun):
    """When Application Auto Scaling scales."""

    __slots__ = ()

    policy_name = Field("policyName")
    policy_type = Field("policyType")
    service_namespace = Field("serviceNamespace")
    resource_id = Field("resourceId")
    scaling_target_id = Field("scalingTargetId")


class DnsRecord(Noun):
    """A record that Cloud Map keeps for each task; the time to live in seconds."""

    __slots__ = ()

    type = Field("type")
    ttl = Field("TTL")


class DnsConfig(Noun):
    """Which records Cloud Map keeps for a service."""

    __slots__ = ()

    namespace_id = Field("namespaceId")
    routing_policy = Field("routingPolicy")
    records = Children("dnsRecords", DnsRecord)


class DiscoveryService(Noun):
    """A service of Cloud Map."""

    __slots__ = ()

    name = Field("name")
    namespace_id = Field("namespaceId")
    dns_config = Child("dnsConfig", DnsConfig)


class DiscoveryNamespace(Noun):
    """A namespace of Cloud Map."""

    __slots__ = ()

    name = Field("name")
    vpc = Field("vpc")
