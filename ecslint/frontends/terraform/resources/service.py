"""Services of ECS, and task sets.

Source: the AWS provider's `internal/service/ecs/service.go` and its documentation of `aws_ecs_service` and
`aws_ecs_task_set`; CreateService for the names. The provider runs no task where nobody says how many, and does not wait
until the service is stable. It sends no launch type of its own: without one and without a strategy ECS takes the
cluster's default strategy, and EC2 where there is none, so the document holds neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.ignored import ignoring
from ecslint.frontends.terraform.resources.lowering import (
    block,
    blocks,
    document,
    each,
    group,
    nothing,
    number,
    otherwise,
    pairs,
    positive,
    spread,
    switch,
    tags,
    text,
    texts,
    truth,
)
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up, made
from ecslint.value import ABSENT, Key, Mapping, Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared
    from ecslint.frontends.terraform.resources.lowering import Row

_STRATEGY = blocks(
    "capacity_provider_strategy",
    "capacityProviderStrategy",
    text("capacity_provider"),
    number("weight"),
    number("base"),
)
_NETWORK = block(
    "network_configuration",
    "networkConfiguration",
    group("awsvpcConfiguration", texts("subnets"), texts("security_groups"), switch("assign_public_ip")),
)
_REGISTRIES = blocks(
    "service_registries",
    "serviceRegistries",
    text("registry_arn"),
    positive("port"),
    text("container_name"),
    positive("container_port"),
)
_HOOKS = blocks(
    "lifecycle_hook",
    "lifecycleHooks",
    text("hook_target_arn"),
    text("role_arn"),
    texts("lifecycle_stages"),
    text("hook_details"),
)
_DEPLOYMENT = group(
    "deploymentConfiguration",
    number("deployment_maximum_percent", "maximumPercent"),
    number("deployment_minimum_healthy_percent", "minimumHealthyPercent"),
    block("deployment_circuit_breaker", "deploymentCircuitBreaker", truth("enable"), truth("rollback")),
    block("alarms", "alarms", texts("alarm_names"), truth("enable"), truth("rollback")),
    spread(
        "deployment_configuration",
        text("strategy"),
        number("bake_time_in_minutes"),
        block(
            "canary_configuration",
            "canaryConfiguration",
            number("canary_percent"),
            number("canary_bake_time_in_minutes"),
        ),
        block(
            "linear_configuration", "linearConfiguration", number("step_percent"), number("step_bake_time_in_minutes")
        ),
        _HOOKS,
    ),
)
_BALANCERS = blocks(
    "load_balancer",
    "loadBalancers",
    text("target_group_arn"),
    text("elb_name", "loadBalancerName"),
    text("container_name"),
    number("container_port"),
    block(
        "advanced_configuration",
        "advancedConfiguration",
        text("alternate_target_group_arn"),
        text("production_listener_rule"),
        text("test_listener_rule"),
        text("role_arn"),
    ),
)
_LOG = block(
    "log_configuration",
    "logConfiguration",
    text("log_driver"),
    pairs("options"),
    blocks("secret_option", "secretOptions", text("name"), text("value_from")),
)
_CONNECT = block(
    "service_connect_configuration",
    "serviceConnectConfiguration",
    truth("enabled"),
    text("namespace"),
    _LOG,
    blocks(
        "service",
        "services",
        text("port_name"),
        text("discovery_name"),
        positive("ingress_port_override"),
        blocks("client_alias", "clientAliases", number("port"), text("dns_name")),
        block("timeout", "timeout", number("idle_timeout_seconds"), number("per_request_timeout_seconds")),
        block(
            "tls",
            "tls",
            block("issuer_cert_authority", "issuerCertificateAuthority", text("aws_pca_authority_arn")),
            text("kms_key"),
            text("role_arn"),
        ),
    ),
)
_VOLUMES = blocks(
    "volume_configuration",
    "volumeConfigurations",
    text("name"),
    block(
        "managed_ebs_volume",
        "managedEBSVolume",
        text("role_arn"),
        truth("encrypted"),
        text("file_system_type", "filesystemType"),
        number("iops"),
        text("kms_key_id"),
        number("size_in_gb", "sizeInGiB"),
        text("snapshot_id"),
        blocks("tag_specifications", "tagSpecifications", text("resource_type"), text("propagate_tags"), tags()),
        number("throughput"),
        number("volume_initialization_rate"),
        text("volume_type"),
    ),
)
_LATTICE = blocks(
    "vpc_lattice_configurations",
    "vpcLatticeConfigurations",
    text("role_arn"),
    text("target_group_arn"),
    text("port_name"),
)

ROWS: tuple[Row, ...] = (
    text("name", "serviceName"),
    text("cluster"),
    text("task_definition"),
    number("desired_count"),
    text("launch_type"),
    _STRATEGY,
    text("platform_version"),
    text("iam_role", "role"),
    _DEPLOYMENT,
    block("deployment_controller", "deploymentController", text("type", default="ECS")),
    _BALANCERS,
    _NETWORK,
    number("health_check_grace_period_seconds"),
    text("scheduling_strategy"),
    blocks("placement_constraints", "placementConstraints", text("type"), text("expression")),
    blocks("ordered_placement_strategy", "placementStrategy", text("type"), text("field")),
    truth("enable_ecs_managed_tags", "enableECSManagedTags"),
    truth("enable_execute_command"),
    text("propagate_tags"),
    _REGISTRIES,
    _CONNECT,
    _VOLUMES,
    _LATTICE,
    text("availability_zone_rebalancing"),
    tags(),
    truth("wait_for_steady_state", default=False),
)

_NAMES = {
    "deployment_maximum_percent": "deploymentConfiguration",
    "deployment_minimum_healthy_percent": "deploymentConfiguration",
    "deployment_circuit_breaker": "deploymentConfiguration",
    "load_balancer": "loadBalancers",
    "name": "serviceName",
    "iam_role": "role",
    "alarms": "deploymentConfiguration",
    "ordered_placement_strategy": "placementStrategy",
    "volume_configuration": "volumeConfigurations",
}


def _service(declared: Declared) -> Value:
    """A service; of one that is no daemon the provider runs no task where nobody says how many."""
    return ignoring(declared, each(document(declared, ROWS), _counted), _NAMES)


def _counted(service: Value) -> Value:
    data = service.data
    if not isinstance(data, Mapping) or data.find("desiredCount") is not None:
        return service
    scheduling = service.get("schedulingStrategy")

    def count(strategy: Value) -> Value:
        if strategy.string is None:
            return Value(Unknown("it depends on the scheduling strategy, which is not known"), strategy.place)
        return Value(ABSENT) if strategy.string == "DAEMON" else Value(0)

    found = each(otherwise(scheduling, Value("REPLICA")), count)
    if nothing(found):
        return service
    key = Key("desiredCount")
    return Value(Mapping([*data.entries, (key, found.under(key))], data.open), service.place)


_SERVICE = {"arn": "arn", "id": "arn", "name": "name"}
_TASK_SET = (
    text("service"),
    text("cluster"),
    text("external_id"),
    text("task_definition"),
    text("launch_type"),
    text("platform_version"),
    _STRATEGY,
    _NETWORK,
    blocks(
        "load_balancer",
        "loadBalancers",
        text("target_group_arn"),
        text("load_balancer_name"),
        text("container_name"),
        number("container_port"),
    ),
    _REGISTRIES,
    block("scale", "scale", text("unit"), number("value")),
    tags(),
)

TYPES = {
    "aws_ecs_service": ResourceType("Service", _SERVICE, _service),
    "aws_ecs_task_set": made("TaskSet", {"arn": "arn", "task_set_id": "id", "id": "taskSetId"}, *_TASK_SET),
    "data.aws_ecs_service": looked_up("Service", _SERVICE, text("service_name"), text("cluster_arn", "cluster")),
}
