"""What deploys, scales and announces services: CodeDeploy, Application Auto Scaling, Cloud Map.

Source: the documentation of the AWS provider for the types below; the APIs of the services for the names.
"""

from __future__ import annotations

from ecslint.frontends.terraform.resources.lowering import block, blocks, number, tags, text, texts, truth
from ecslint.frontends.terraform.resources.type import looked_up, made

_ROUTE = (texts("listener_arns"),)
_GROUP = (
    text("app_name", "applicationName"),
    text("deployment_group_name"),
    text("deployment_config_name"),
    text("service_role_arn"),
    block("auto_rollback_configuration", "autoRollbackConfiguration", truth("enabled"), texts("events")),
    block("deployment_style", "deploymentStyle", text("deployment_option"), text("deployment_type")),
    block(
        "blue_green_deployment_config",
        "blueGreenDeploymentConfiguration",
        block(
            "deployment_ready_option",
            "deploymentReadyOption",
            text("action_on_timeout"),
            number("wait_time_in_minutes"),
        ),
        block(
            "terminate_blue_instances_on_deployment_success",
            "terminateBlueInstancesOnDeploymentSuccess",
            text("action"),
            number("termination_wait_time_in_minutes"),
        ),
    ),
    blocks("ecs_service", "ecsServices", text("cluster_name"), text("service_name")),
    block(
        "load_balancer_info",
        "loadBalancerInfo",
        blocks(
            "target_group_pair_info",
            "targetGroupPairInfoList",
            block("prod_traffic_route", "prodTrafficRoute", *_ROUTE),
            block("test_traffic_route", "testTrafficRoute", *_ROUTE),
            blocks("target_group", "targetGroups", text("name")),
        ),
    ),
    tags(),
)
_NAMESPACE = {"arn": "arn", "id": "id", "name": "name", "hosted_zone": "hostedZoneId"}
_SERVICE = {"arn": "arn", "id": "id", "name": "name"}
_TARGET = (
    text("service_namespace"),
    text("resource_id"),
    text("scalable_dimension"),
    number("min_capacity"),
    number("max_capacity"),
    text("role_arn", "roleARN"),
)
_METRIC = block(
    "predefined_metric_specification",
    "predefinedMetricSpecification",
    text("predefined_metric_type"),
    text("resource_label"),
)
_POLICY = (
    text("name", "policyName"),
    text("policy_type"),
    text("service_namespace"),
    text("resource_id"),
    text("scalable_dimension"),
    block(
        "target_tracking_scaling_policy_configuration",
        "targetTrackingScalingPolicyConfiguration",
        number("target_value"),
        number("scale_in_cooldown"),
        number("scale_out_cooldown"),
        _METRIC,
    ),
)
_DISCOVERY = (
    text("name"),
    text("namespace_id"),
    block(
        "dns_config",
        "dnsConfig",
        text("namespace_id"),
        text("routing_policy"),
        blocks("dns_records", "dnsRecords", text("type"), number("ttl", "TTL")),
    ),
    block("health_check_custom_config", "healthCheckCustomConfig", number("failure_threshold")),
    tags(),
)

TYPES = {
    "aws_appautoscaling_policy": made("ScalingPolicy", {"arn": "arn", "name": "name"}, *_POLICY),
    "aws_appautoscaling_target": made(
        "ScalableTarget", {"arn": "arn", "id": "id", "resource_id": "resourceId"}, *_TARGET
    ),
    "aws_codedeploy_deployment_group": made(
        "DeploymentGroup", {"arn": "arn", "id": "id", "deployment_group_name": "name"}, *_GROUP
    ),
    "aws_service_discovery_http_namespace": made("DiscoveryNamespace", _NAMESPACE, text("name"), tags()),
    "aws_service_discovery_private_dns_namespace": made(
        "DiscoveryNamespace", _NAMESPACE, text("name"), text("vpc"), tags()
    ),
    "aws_service_discovery_public_dns_namespace": made("DiscoveryNamespace", _NAMESPACE, text("name"), tags()),
    "aws_service_discovery_service": made("DiscoveryService", _SERVICE, *_DISCOVERY),
    "data.aws_service_discovery_dns_namespace": looked_up("DiscoveryNamespace", _NAMESPACE, text("name")),
    "data.aws_service_discovery_http_namespace": looked_up("DiscoveryNamespace", _NAMESPACE, text("name")),
    "data.aws_service_discovery_service": looked_up("DiscoveryService", _SERVICE, text("name")),
}
