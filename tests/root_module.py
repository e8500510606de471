"""A deployment in the API's words as a Terraform root module, in the ways in which people write containers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Document = dict[str, Any] | None
    Files = dict[str, str]
    Written = Callable[[Any], tuple[str, Files]]

HOLE = "<HOLE>"
THE_TASK = "<TASK>"
CONTAINERS = "containerDefinitions"

_VARIABLE = "${var.hole}"

MAPS = {"Tag": "key", "KeyValuePair": "name"}
"""Lists that are maps in Terraform, by what their keys are called in the API."""

SPREAD = {
    SERVICE: {"deploymentConfiguration"},
    "NetworkConfiguration": {"awsvpcConfiguration"},
}
"""Objects whose members stand beside the others in Terraform."""

SWITCHES = {("AwsVpcConfiguration", "assignPublicIp")}
"""Words that are a truth value in Terraform."""

IN_A_BLOCK = {"strategy", "bakeTimeInMinutes", "lifecycleHooks", "linearConfiguration", "canaryConfiguration"}
"""The members of `deploymentConfiguration` that stand in a block of that name."""

ARGUMENTS: dict[str, dict[str, str]] = {
    TASK_DEFINITION: {
        "volumes": "volume",
        "inferenceAccelerators": "inference_accelerator",
        "trustedExecutionConfiguration": "",
    },
    "Volume": {"configuredAtLaunch": "configure_at_launch", "s3filesVolumeConfiguration": ""},
    SERVICE: {
        "serviceName": "name",
        "role": "iam_role",
        "loadBalancers": "load_balancer",
        "placementStrategy": "ordered_placement_strategy",
        "volumeConfigurations": "volume_configuration",
        "clientToken": "",
        "gatewayConnectors": "",
        "monitoring": "",
    },
    "DeploymentConfiguration": {
        "maximumPercent": "deployment_maximum_percent",
        "minimumHealthyPercent": "deployment_minimum_healthy_percent",
        "lifecycleHooks": "lifecycle_hook",
        "earlySuccessCriteria": "",
    },
    "DeploymentCircuitBreaker": {"resetOnHealthyTask": "", "thresholdConfiguration": ""},
    "DeploymentLifecycleHook": {"targetType": "", "timeoutConfiguration": ""},
    "LoadBalancer": {"loadBalancerName": "elb_name"},
    "ServiceConnectConfiguration": {
        "services": "service",
        "accessLogConfiguration": "",
        "containerConfigurations": "",
    },
    "ServiceConnectService": {"clientAliases": "client_alias"},
    "ServiceConnectClientAlias": {"testTrafficRules": ""},
    "ServiceConnectTlsConfiguration": {"issuerCertificateAuthority": "issuer_cert_authority"},
    "VpcLatticeConfiguration": {"advancedConfiguration": ""},
    "LogConfiguration": {"secretOptions": "secret_option"},
    "ServiceVolumeConfiguration": {"managedEBSVolume": "managed_ebs_volume"},
    "ServiceManagedEBSVolumeConfiguration": {
        "sizeInGiB": "size_in_gb",
        "filesystemType": "file_system_type",
    },
}
"""What the provider calls a member where that is not the same in snake case; empty where it has no word for it.

Source: the schema of the AWS provider (6.0), `aws_ecs_task_definition` and `aws_ecs_service`.
"""


class NotWritable(Exception):
    """The provider has no words for what a document says."""


def as_terraform(task: Document, service: Document) -> Files:
    """The containers by `jsonencode`."""
    return _module(task, service, lambda containers: (f"jsonencode({_expression(containers)})", {}))


def as_heredoc(task: Document, service: Document) -> Files:
    """The containers as JSON in a heredoc."""
    return _module(task, service, lambda containers: (f"<<JSON\n{_template(containers)}\nJSON", {}))


def as_templatefile(task: Document, service: Document) -> Files:
    """The containers as JSON in a file beside it."""

    def filed(containers: Any) -> tuple[str, Files]:
        text = _template(containers)
        given = "{ hole = var.hole }" if _VARIABLE in text else "{}"
        return f'templatefile("${{path.module}}/app.json.tpl", {given})', {
            "app.json.tpl": text.replace(_VARIABLE, "${hole}")
        }

    return _module(task, service, filed)


def _module(task: Document, service: Document, written: Written) -> Files:
    lines: list[str] = []
    files: Files = {}
    if task is not None:
        arguments = {key: value for key, value in task.items() if key != CONTAINERS}
        lines += ['resource "aws_ecs_task_definition" "task" {', *_body(arguments, TASK_DEFINITION)]
        if CONTAINERS in task:
            expression, files = written(task[CONTAINERS])
            lines.append(f"container_definitions = {expression}")
        lines.append("}")
    if service is not None:
        lines += ['resource "aws_ecs_service" "service" {', *_body(service, SERVICE), "}"]
    if any("var.hole" in text for text in (*lines, *files.values())):
        lines.append('variable "hole" {}')
    return {"main.tf": "\n".join(lines) + "\n", **files}


def _body(data: dict[str, Any], name: str) -> Iterator[str]:
    """The arguments and blocks of an object of the API. Raises `NotWritable`."""
    members = structure(name).members
    inner = {key: value for key, value in data.items() if name == "DeploymentConfiguration" and key in IN_A_BLOCK}
    for key, value in data.items():
        called = ARGUMENTS.get(name, {}).get(key, _snake(key))
        if key not in members or not called:
            raise NotWritable(f"{name}.{key}")
        type = members[key].type
        if key in SPREAD.get(name, ()):
            yield from _body(value, type.structure)
        elif key in inner:
            continue
        elif type.structure in MAPS:
            yield f"{called} = {_expression(_map(value, MAPS[type.structure]))}"
        elif name == "Volume" and key == "host":
            if "sourcePath" in value:
                yield f"host_path = {_expression(value['sourcePath'])}"
        elif type.structure:
            yield from _blocks(called, value, type.structure)
        else:
            yield f"{called} = {_expression(value == 'ENABLED' if (name, key) in SWITCHES else value)}"
    if inner:
        yield "deployment_configuration {"
        for key, value in inner.items():
            called, type = ARGUMENTS[name].get(key, _snake(key)), members[key].type
            yield from (
                _blocks(called, value, type.structure) if type.structure else [f"{called} = {_expression(value)}"]
            )
        yield "}"


def _blocks(called: str, value: Any, name: str) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            raise NotWritable(f"{called} = {item}")
        yield from (f"{called} {{", *_body(item, name), "}")


def _map(items: list[Any], key: str) -> dict[str, Any]:
    if not all(isinstance(item, dict) and key in item for item in items):
        raise NotWritable("a map of something else")
    pairs = {item[key]: item.get("value") for item in items}
    if len(pairs) < len(items):
        raise NotWritable(f"the same {key} twice")
    return pairs


def _snake(key: str) -> str:
    """`sizeInGiB` as `size_in_gib`, `enableECSManagedTags` as `enable_ecs_managed_tags`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", key.replace("GiB", "Gib"))
    return words.lower()


def _expression(value: Any) -> str:
    """A value as an expression of HCL, which reads JSON."""
    if value == THE_TASK:
        return "aws_ecs_task_definition.task.arn"
    return _template(value).replace(f'"{_VARIABLE}"', "var.hole")


def _template(value: Any) -> str:
    """JSON as a template of HCL; what it interpolates is what nobody knows."""
    return json.dumps(value, indent=2).replace("${", "$${").replace("%{", "%%{").replace(HOLE, _VARIABLE)
