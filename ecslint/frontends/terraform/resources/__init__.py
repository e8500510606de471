"""Resources of the AWS provider, in the nouns of the model: one file a noun.

Each module has `TYPES`, a table of `ResourceType` by the provider's name of the type; `data.` stands before that of a
data source. A module is loaded when a type of it is met.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.type import OTHER, ResourceType

if TYPE_CHECKING:
    from collections.abc import Mapping

_FAMILIES = {
    "account": (
        "data.aws_availability_zones",
        "data.aws_caller_identity",
        "data.aws_elb_service_account",
        "data.aws_partition",
        "data.aws_region",
    ),
    "bucket": (
        "aws_s3_bucket",
        "data.aws_s3_bucket",
    ),
    "cache": (
        "aws_elasticache_cluster",
        "aws_elasticache_replication_group",
        "aws_elasticache_serverless_cache",
        "aws_memorydb_cluster",
        "data.aws_elasticache_cluster",
        "data.aws_elasticache_replication_group",
        "data.aws_memorydb_cluster",
    ),
    "certificate": (
        "aws_acm_certificate",
        "aws_acm_certificate_validation",
        "data.aws_acm_certificate",
    ),
    "cluster": (
        "aws_ecs_capacity_provider",
        "aws_ecs_cluster",
        "aws_ecs_cluster_capacity_providers",
        "data.aws_ecs_cluster",
    ),
    "database": (
        "aws_db_instance",
        "aws_db_proxy",
        "aws_docdb_cluster",
        "aws_neptune_cluster",
        "aws_rds_cluster",
        "aws_rds_cluster_instance",
        "data.aws_db_instance",
        "data.aws_rds_cluster",
    ),
    "deployment": (
        "aws_appautoscaling_policy",
        "aws_appautoscaling_target",
        "aws_codedeploy_deployment_group",
        "aws_service_discovery_http_namespace",
        "aws_service_discovery_private_dns_namespace",
        "aws_service_discovery_public_dns_namespace",
        "aws_service_discovery_service",
        "data.aws_service_discovery_dns_namespace",
        "data.aws_service_discovery_http_namespace",
        "data.aws_service_discovery_service",
    ),
    "endpoint": (
        "aws_vpc_endpoint",
        "data.aws_vpc_endpoint",
    ),
    "file_system": (
        "aws_efs_access_point",
        "aws_efs_file_system",
        "aws_efs_mount_target",
        "data.aws_efs_access_point",
        "data.aws_efs_file_system",
    ),
    "generated": (
        "random_id",
        "random_integer",
        "random_password",
        "random_pet",
        "random_shuffle",
        "random_string",
        "random_uuid",
        "terraform_data",
    ),
    "key": (
        "aws_kms_alias",
        "aws_kms_key",
        "data.aws_kms_alias",
        "data.aws_kms_key",
    ),
    "listener": (
        "aws_alb_listener",
        "aws_alb_listener_certificate",
        "aws_alb_listener_rule",
        "aws_lb_listener",
        "aws_lb_listener_certificate",
        "aws_lb_listener_rule",
        "data.aws_alb_listener",
        "data.aws_lb_listener",
    ),
    "load_balancer": (
        "aws_alb",
        "aws_elb",
        "aws_lb",
        "data.aws_alb",
        "data.aws_elb",
        "data.aws_lb",
    ),
    "log_group": (
        "aws_cloudwatch_log_group",
        "data.aws_cloudwatch_log_group",
    ),
    "messaging": (
        "aws_dynamodb_table",
        "aws_sns_topic",
        "aws_sqs_queue",
        "data.aws_dynamodb_table",
        "data.aws_sns_topic",
        "data.aws_sqs_queue",
    ),
    "parameter": (
        "aws_ssm_parameter",
        "data.aws_ssm_parameter",
        "data.aws_ssm_parameters_by_path",
    ),
    "policy": (
        "aws_iam_policy",
        "data.aws_iam_policy",
    ),
    "policy_document": ("data.aws_iam_policy_document",),
    "repository": (
        "aws_ecr_repository",
        "data.aws_ecr_image",
        "data.aws_ecr_repository",
    ),
    "resource_policy": (
        "aws_ecr_repository_policy",
        "aws_efs_file_system_policy",
        "aws_kms_key_policy",
        "aws_s3_bucket_policy",
        "aws_secretsmanager_secret_policy",
        "aws_sns_topic_policy",
        "aws_sqs_queue_policy",
    ),
    "role": (
        "aws_iam_instance_profile",
        "aws_iam_openid_connect_provider",
        "aws_iam_policy_attachment",
        "aws_iam_role",
        "aws_iam_role_policies_exclusive",
        "aws_iam_role_policy",
        "aws_iam_role_policy_attachment",
        "aws_iam_role_policy_attachments_exclusive",
        "data.aws_iam_instance_profile",
        "data.aws_iam_openid_connect_provider",
        "data.aws_iam_role",
    ),
    "route": (
        "aws_default_route_table",
        "aws_route",
        "aws_route_table",
        "aws_route_table_association",
        "data.aws_route_table",
    ),
    "secret": (
        "aws_secretsmanager_secret",
        "aws_secretsmanager_secret_version",
        "data.aws_secretsmanager_secret",
        "data.aws_secretsmanager_secret_version",
    ),
    "security_group": (
        "aws_default_security_group",
        "aws_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_egress_rule",
        "aws_vpc_security_group_ingress_rule",
        "data.aws_security_group",
    ),
    "service": (
        "aws_ecs_service",
        "aws_ecs_task_set",
        "data.aws_ecs_service",
    ),
    "target_group": (
        "aws_alb_target_group",
        "aws_alb_target_group_attachment",
        "aws_lb_target_group",
        "aws_lb_target_group_attachment",
        "data.aws_alb_target_group",
        "data.aws_lb_target_group",
    ),
    "task_definition": (
        "aws_ecs_task_definition",
        "data.aws_ecs_container_definition",
        "data.aws_ecs_task_definition",
    ),
    "template": ("data.template_file",),
    "vpc": (
        "aws_default_subnet",
        "aws_default_vpc",
        "aws_egress_only_internet_gateway",
        "aws_internet_gateway",
        "aws_nat_gateway",
        "aws_subnet",
        "aws_vpc",
        "data.aws_internet_gateway",
        "data.aws_nat_gateway",
        "data.aws_route_tables",
        "data.aws_security_groups",
        "data.aws_subnet",
        "data.aws_subnet_ids",
        "data.aws_subnets",
        "data.aws_vpc",
        "data.aws_vpcs",
    ),
}
"""The types that a module knows."""

_HOMES = {type: module for module, types in _FAMILIES.items() for type in types}


def resource_type(type: str, mode: str) -> ResourceType:
    """What the model knows of a type; `mode` is `managed`, `data` or `ephemeral`."""
    name = type if mode == "managed" else f"{mode}.{type}"
    home = _HOMES.get(name)
    if home is None:
        return OTHER
    types: Mapping[str, ResourceType] = import_module(f"ecslint.frontends.terraform.resources.{home}").TYPES
    return types[name]


__all__ = ["OTHER", "ResourceType", "resource_type"]
