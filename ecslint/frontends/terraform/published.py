"""Published modules whose outputs are known without having them on disk.

One of them is in every other repository: `cloudposse/ecs-container-definition/aws` makes a container definition of its
inputs. Source: its `main.tf`, `variables.tf` and `outputs.tf`, versions 0.23 to 0.61. An input that is null is left
out, and what the module puts where there is none has changed over time, so that the container may hold more. So has
which input has a type: numbers and texts are taken for what the API wants, as the typed ones are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ecslint.facts.shapes import Type as ApiType
from ecslint.facts.shapes import structure
from ecslint.frontends.terraform.cty.choice import distribute
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Fields, Typed, mapping, sequence, unknown, why
from ecslint.frontends.terraform.functions import find
from ecslint.frontends.terraform.functions.function import call
from ecslint.frontends.terraform.hcl.expression import Literal
from ecslint.value import Key

if TYPE_CHECKING:
    from ecslint.frontends.terraform.instance import Instance
    from ecslint.source import Place
    from ecslint.value import Data

CONTAINER_DEFINITION = re.compile(
    r"(?:registry\.terraform\.io/|registry\.opentofu\.org/|app\.terraform\.io/)?cloudposse/ecs-container-definition/aws"
    r"|.*github\.com[:/]cloudposse/terraform-aws-ecs-container-definition(?:\.git)?(?:[/?].*)?"
)

OBJECTS = frozenset({"json_map_object", "sensitive_json_map_object"})
TEXTS = frozenset({"json_map_encoded", "sensitive_json_map_encoded", "json_map"})
LISTS = frozenset({"json_map_encoded_list", "sensitive_json_map_encoded_list", "json"})

MEMBERS = {
    "container_name": "name",
    "container_image": "image",
    "container_memory": "memory",
    "container_memory_reservation": "memoryReservation",
    "container_cpu": "cpu",
    "essential": "essential",
    "entrypoint": "entryPoint",
    "command": "command",
    "working_directory": "workingDirectory",
    "readonly_root_filesystem": "readonlyRootFilesystem",
    "mount_points": "mountPoints",
    "dns_servers": "dnsServers",
    "dns_search_domains": "dnsSearchDomains",
    "ulimits": "ulimits",
    "repository_credentials": "repositoryCredentials",
    "links": "links",
    "volumes_from": "volumesFrom",
    "user": "user",
    "container_depends_on": "dependsOn",
    "privileged": "privileged",
    "port_mappings": "portMappings",
    "healthcheck": "healthCheck",
    "firelens_configuration": "firelensConfiguration",
    "linux_parameters": "linuxParameters",
    "log_configuration": "logConfiguration",
    "environment": "environment",
    "environment_files": "environmentFiles",
    "secrets": "secrets",
    "docker_labels": "dockerLabels",
    "start_timeout": "startTimeout",
    "stop_timeout": "stopTimeout",
    "system_controls": "systemControls",
    "extra_hosts": "extraHosts",
    "hostname": "hostname",
    "disable_networking": "disableNetworking",
    "interactive": "interactive",
    "pseudo_terminal": "pseudoTerminal",
    "docker_security_options": "dockerSecurityOptions",
    "resource_requirements": "resourceRequirements",
    "restart_policy": "restartPolicy",
}
"""The member of a container definition that each input becomes."""

MAPS = {"map_environment": ("environment", "value"), "map_secrets": ("secrets", "valueFrom")}
"""Inputs that give a list of names and values as a map, and win over the list where they are not null."""

SCALARS = {"string": STRING, "integer": NUMBER, "number": NUMBER, "boolean": BOOL}
FREE = ApiType("document")

MORE = "the module may put more into the container"


def output(instance: Instance, name: str) -> Typed | None:
    """An output of a module that is not on disk; None where nothing is known of it."""
    if instance.call is None or name not in OBJECTS | TEXTS | LISTS:
        return None
    source = instance.call.block.body.attributes.get("source")
    written = source.expression.constant.string if source and isinstance(source.expression, Literal) else None
    if written is None or not CONTAINER_DEFINITION.fullmatch(written):
        return None
    # What is given here is laid over all else, and of any shape.
    if "container_definition" in instance.call.block.body.attributes:
        return None
    container = _container(instance, instance.call.block.place)
    if name in OBJECTS:
        return container
    encode = find("jsonencode", instance.scope.context)
    assert encode is not None
    given = container if name in TEXTS else sequence([container])
    return call(encode, [given], instance.scope.context, instance.call.block.place)


def _container(instance: Instance, place: Place) -> Typed:
    entries: dict[str, Typed] = {}
    for name, member in MEMBERS.items():
        value = instance.given(name)
        if value is not None and not value.null:
            entries[member] = value
    for name, (member, inner) in MAPS.items():
        value = instance.given(name)
        if value is not None and not value.null:
            entries[member] = _listed(value, inner)
    members = structure("ContainerDefinition").members
    keyed = [(key := Key(name), _fitted(value, members[name].type).under(key)) for name, value in entries.items()]
    return Typed(Fields(keyed, "object", None, MORE), DYNAMIC, place, doubt=Doubt.NOT_NULL)


def _fitted(value: Typed, wanted: ApiType) -> Typed:
    """The value with every scalar in it as the API wants it; unknown where it cannot be that."""
    spread = distribute([value], lambda ways: _fitted(ways[0], wanted))
    if spread is not None:
        return spread
    data = value.data
    if isinstance(data, Elements) and wanted.item is not None:
        inner = wanted.item
        items = [_fitted(item, inner) for item in data.items]
        return _like(value, Elements(items, "tuple", None, data.open))
    if isinstance(data, Fields):
        known = structure(wanted.name).members if wanted.kind == "structure" else {}
        types = {name: member.type for name, member in known.items()}
        rest = wanted.item or FREE
        entries = [(key, _fitted(item, types.get(key.written, rest)).under(key)) for key, item in data.entries]
        return _like(value, Fields(entries, "object", None, data.open))
    scalar = SCALARS.get(wanted.kind)
    if scalar is None or value.null:
        return value
    try:
        return convert(value, scalar)
    except Mismatch as error:
        return unknown(DYNAMIC, str(error), None, value.place)


def _like(value: Typed, data: Data) -> Typed:
    doubt = value.doubt or Doubt.NOT_NULL
    return Typed(data, DYNAMIC, value.place, value.hops, doubt=doubt, marks=value.marks, key=value.key)


def _listed(value: Typed, inner: str) -> Typed:
    """The list of names and values that a map gives."""
    spread = distribute([value], lambda ways: _listed(ways[0], inner))
    if spread is not None:
        return spread
    data = value.data
    if not isinstance(data, Fields):
        return unknown(DYNAMIC, why(value) or MORE, None, value.place)
    items = []
    for key, item in data.entries:
        name = Typed(key.written, STRING, key.place)
        items.append(mapping([(Key("name"), name), (Key(inner), item.through(value.hops))], place=item.place))
    return Typed(Elements(items, "tuple", None, data.open), DYNAMIC, value.place, doubt=Doubt.NOT_NULL)
