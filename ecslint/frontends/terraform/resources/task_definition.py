"""`aws_ecs_task_definition`.

Source: the AWS provider's schema of the resource, and RegisterTaskDefinition for the names. This is the pattern for
other resources: a table of fields, the attributes that others refer to, and a function for what is not a mere field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint import jsontext
from ecslint.finding import Problem
from ecslint.frontends.terraform.cty.value import Typed, why
from ecslint.frontends.terraform.resources.lowering import (
    Field,
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
from ecslint.frontends.terraform.resources.type import ResourceType
from ecslint.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.frontends.terraform.declared import Declared

FIELDS: tuple[Field, ...] = (
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

ATTRIBUTES = {"arn": "arn", "id": "family", "family": "family", "revision": "revision"}


def _lower(declared: Declared) -> Value:
    """RegisterTaskDefinition's input."""
    definitions = Field(
        "container_definitions", "containerDefinitions", lambda value: each(value, _containers(declared))
    )
    return document(declared, (*FIELDS, definitions))


def _containers(declared: Declared) -> Callable[[Value], Value]:
    """The container definitions in a text of JSON, each at the place where it is written."""

    def read(value: Value) -> Value:
        if isinstance(value.data, Unknown) or value.kind != "string":
            return value
        place = (value.place or declared.group.block.place).span()
        why_not = why(value) or "a part of the container definitions is not known"
        try:
            found, problems = jsontext.read_value(value, place, why_not)
        except jsontext.TooDeep as deep:
            declared.report(Problem("limit", deep.place.file.path, str(deep), deep.place))
            return Value(Unknown(str(deep)), place)
        if problems and isinstance(value, Typed) and value.whole:
            first = problems[0]
            declared.report(Problem("json-syntax", first.place.file.path, first.message, first.place))
        elif problems:
            return Value(Unknown(why_not), value.place, value.key, value.hops)
        return found.through(value.hops)

    return read


TYPES = {"aws_ecs_task_definition": ResourceType("TaskDefinition", ATTRIBUTES, _lower)}
