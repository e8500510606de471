"""`aws_ecs_task_definition`, and the data sources that look task definitions and containers up.

Source: the AWS provider's schema of the resource, and RegisterTaskDefinition for the names. This is the pattern for
other resources: a table of rows, the attributes that others refer to, and a function for what is not a mere row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.embedded import embedded, objects
from ecslint.frontends.terraform.resources.lowering import (
    block,
    blocks,
    document,
    each,
    inside,
    named,
    number,
    pairs,
    tags,
    text,
    texts,
    truth,
)
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared
    from ecslint.frontends.terraform.resources.lowering import Row
    from ecslint.value import Value

FIELDS: tuple[Row, ...] = (
    text("family"),
    text("task_role_arn"),
    text("execution_role_arn"),
    text("network_mode"),
    texts("requires_compatibilities"),
    text("cpu"),
    text("memory"),
    text("pid_mode"),
    text("ipc_mode"),
    truth("enable_fault_injection"),
    blocks("placement_constraints", "placementConstraints", text("type"), text("expression")),
    blocks("inference_accelerator", "inferenceAccelerators", text("device_name"), text("device_type")),
    block("ephemeral_storage", "ephemeralStorage", number("size_in_gib", "sizeInGiB")),
    block(
        "runtime_platform",
        "runtimePlatform",
        text("cpu_architecture"),
        text("operating_system_family"),
    ),
    block(
        "proxy_configuration",
        "proxyConfiguration",
        text("type"),
        text("container_name"),
        named("properties", "properties"),
    ),
    blocks(
        "volume",
        "volumes",
        text("name"),
        truth("configure_at_launch", "configuredAtLaunch"),
        inside("host_path", "host", "sourcePath"),
        block(
            "docker_volume_configuration",
            "dockerVolumeConfiguration",
            text("scope"),
            truth("autoprovision"),
            text("driver"),
            pairs("driver_opts"),
            pairs("labels"),
        ),
        block(
            "efs_volume_configuration",
            "efsVolumeConfiguration",
            text("file_system_id"),
            text("root_directory"),
            text("transit_encryption"),
            number("transit_encryption_port"),
            block("authorization_config", "authorizationConfig", text("access_point_id"), text("iam")),
        ),
        block(
            "fsx_windows_file_server_volume_configuration",
            "fsxWindowsFileServerVolumeConfiguration",
            text("file_system_id"),
            text("root_directory"),
            block("authorization_config", "authorizationConfig", text("credentials_parameter"), text("domain")),
        ),
    ),
    tags(),
)

ATTRIBUTES = {
    "arn": "arn",
    "arn_without_revision": "arnWithoutRevision",
    "id": "family",
    "family": "family",
    "revision": "revision",
}
_IMAGE = {"image": "image", "image_digest": "imageDigest"}


def _lower(declared: Declared) -> Value:
    """RegisterTaskDefinition's input."""
    containers = embedded(declared, "container_definitions", "containerDefinitions", "the container definitions")
    whole = containers._replace(convert=lambda value: each(containers.convert(value), objects))
    return document(declared, (*FIELDS, whole))


TYPES = {
    "aws_ecs_task_definition": ResourceType("TaskDefinition", ATTRIBUTES, _lower),
    "data.aws_ecs_container_definition": ResourceType("", _IMAGE),
    "data.aws_ecs_task_definition": looked_up("TaskDefinition", ATTRIBUTES),
}
