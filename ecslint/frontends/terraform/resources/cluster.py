"""Clusters of ECS, and what gives them capacity.

Source: the documentation of the AWS provider for `aws_ecs_cluster`, `aws_ecs_cluster_capacity_providers` and
`aws_ecs_capacity_provider`; CreateCluster for the names. A cluster names its providers itself in old versions only.
"""

from __future__ import annotations

from ecslint.frontends.terraform.resources.lowering import (
    block,
    blocks,
    number,
    tags,
    text,
    texts,
    truth,
)
from ecslint.frontends.terraform.resources.type import looked_up, made

_ATTRIBUTES = {"arn": "arn", "id": "arn", "name": "name"}
_PROVIDERS = (
    texts("capacity_providers"),
    blocks(
        "default_capacity_provider_strategy",
        "defaultCapacityProviderStrategy",
        text("capacity_provider"),
        number("weight"),
        number("base"),
    ),
)
_LOG = block(
    "log_configuration",
    "logConfiguration",
    truth("cloud_watch_encryption_enabled"),
    text("cloud_watch_log_group_name"),
    text("s3_bucket_name"),
    truth("s3_bucket_encryption_enabled", "s3EncryptionEnabled"),
    text("s3_key_prefix"),
)
_CLUSTER = (
    text("name", "clusterName"),
    *_PROVIDERS,
    block("service_connect_defaults", "serviceConnectDefaults", text("namespace")),
    blocks("setting", "settings", text("name"), text("value")),
    block(
        "configuration",
        "configuration",
        block(
            "execute_command_configuration",
            "executeCommandConfiguration",
            text("kms_key_id"),
            text("logging"),
            _LOG,
        ),
        block(
            "managed_storage_configuration",
            "managedStorageConfiguration",
            text("kms_key_id"),
            text("fargate_ephemeral_storage_kms_key_id"),
        ),
    ),
    tags(),
)
_PROVIDER = (
    text("name"),
    text("cluster"),
    block(
        "auto_scaling_group_provider",
        "autoScalingGroupProvider",
        text("auto_scaling_group_arn"),
        text("managed_draining"),
        text("managed_termination_protection"),
        block(
            "managed_scaling",
            "managedScaling",
            text("status"),
            number("target_capacity"),
            number("minimum_scaling_step_size"),
            number("maximum_scaling_step_size"),
            number("instance_warmup_period"),
        ),
    ),
    tags(),
)

TYPES = {
    "aws_ecs_capacity_provider": made("CapacityProvider", _ATTRIBUTES, *_PROVIDER),
    "aws_ecs_cluster": made("Cluster", _ATTRIBUTES, *_CLUSTER),
    "aws_ecs_cluster_capacity_providers": made(
        "ClusterCapacityProviders", {"id": "cluster"}, text("cluster_name", "cluster"), *_PROVIDERS
    ),
    "data.aws_ecs_cluster": looked_up("Cluster", _ATTRIBUTES, text("cluster_name")),
}
