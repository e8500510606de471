"""The model against botocore's: every member of every shape that a task definition or a service reaches has a field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from formats import FORMATS
from root_module import ARGUMENTS
from support import run, write

from ecslint.facts.cloudformation_names import NAMES
from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, Member, Type, structure
from ecslint.model import Service, TaskDefinition
from ecslint.model.container import HealthCheck
from ecslint.model.noun import Child, Children, Entries, Field, Scalars

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ecslint.model.noun import Noun
    from ecslint.value import Value

DESCRIPTORS = (Field, Child, Children, Scalars, Entries)

LEFT_OUT = {
    "ContainerDefinition.image": "`Container.image` reads it",
    "CreateServiceRequest.clientToken": "it tells a request from its repetition",
    "CreateServiceRequest.gatewayConnectors": "no rule asks about express gateways",
    "CreateServiceRequest.monitoring": "no rule asks about metrics",
    "VpcLatticeConfiguration.advancedConfiguration": "no rule asks about a second target group of VPC Lattice",
    "DeploymentCircuitBreaker.thresholdConfiguration": "how many failures it takes is no mistake",
    "DeploymentConfiguration.earlySuccessCriteria": "no rule asks when a deployment counts as done",
    "DeploymentConfiguration.lifecycleHooks": "no rule asks about hooks",
    "ServiceConnectClientAlias.testTrafficRules": "no rule asks about test traffic",
    "ServiceConnectConfiguration.accessLogConfiguration": "no rule asks about access logs",
    "ServiceConnectConfiguration.containerConfigurations": "no rule asks about the proxy's own settings",
    "ServiceConnectService.timeout": "no rule asks about the proxy's time-outs",
    "ServiceConnectService.tls": "no rule asks about encryption between services",
    "ServiceManagedEBSVolumeConfiguration.tagSpecifications": "no rule asks about the tags of volumes",
    "ServiceManagedEBSVolumeConfiguration.volumeInitializationRate": "no rule asks how fast a snapshot is read",
}
"""Members that no noun has a field for, and why. The shape rules know them all the same."""


def _pairs() -> Iterator[tuple[type[Noun], str]]:
    """Each noun with the structure that it is a view of."""
    todo: list[tuple[type[Noun], str]] = [
        (TaskDefinition, TASK_DEFINITION),
        (Service, SERVICE),
    ]
    seen = set(todo)
    while todo:
        noun, name = todo.pop()
        yield noun, name
        for member in structure(name).members.values():
            field, inner = _fields(noun).get(member.name), member.type.structure
            if isinstance(field, (Child, Children)) and inner and (field.kind, inner) not in seen:
                seen.add((field.kind, inner))
                todo.append((field.kind, inner))


def _fields(noun: type[Noun]) -> dict[str, object]:
    found = (field for owner in noun.__mro__ for field in vars(owner).values())
    return {field.key: field for field in found if isinstance(field, DESCRIPTORS)}


def _descriptor(type: Type) -> builtins.type:
    """The descriptor that a member of a type is declared with."""
    if type.kind == "list":
        return Children if type.structure else Scalars
    return {"map": Entries, "structure": Child}.get(type.kind, Field)


PAIRS = sorted(_pairs(), key=lambda pair: (pair[1], pair[0].__name__))


@pytest.mark.parametrize(("noun", "name"), PAIRS, ids=[f"{noun.__name__}-{name}" for noun, name in PAIRS])
def test_every_member_has_a_field(noun: type[Noun], name: str) -> None:
    fields = _fields(noun)
    for key, member in structure(name).members.items():
        if f"{name}.{key}" not in LEFT_OUT:
            assert key in fields, f"{noun.__name__} has no field for `{name}.{key}`: add it, or say why not"
            assert isinstance(fields[key], _descriptor(member.type)), f"{noun.__name__}.{key} is no {member.type.kind}"


def test_what_is_left_out_exists() -> None:
    for left in LEFT_OUT:
        name, _, key = left.partition(".")
        assert key in structure(name).members


def test_a_new_member_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = structure("HealthCheck")
    more = {**kept.members, "patience": Member("patience", Type("integer"), False, False)}
    monkeypatch.setattr("test_ecs_model.structure", lambda name: kept._replace(members=more))
    with pytest.raises(AssertionError, match=re.escape("HealthCheck.patience")):
        test_every_member_has_a_field(HealthCheck, "HealthCheck")


def _sample(type: Type, leave_out: Callable[[str, str], bool]) -> Any:
    """A value of a type with everything in it that may be there."""
    if type.kind == "structure":
        members = structure(type.name).members.values()
        return {
            member.name: _sample(member.type, leave_out) for member in members if not leave_out(type.name, member.name)
        }
    if type.item is not None:
        item = _sample(type.item, leave_out)
        return [item] if type.kind == "list" else {"anything": item}
    samples = {"string": "text", "integer": 7, "number": 7, "boolean": True, "document": "text"}
    return type.values[0] if type.values else samples[type.kind]


def _paths(value: Any, path: str = "") -> Iterator[str]:
    """The way to every leaf."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, f"{path}.{key}")
    elif isinstance(value, list):
        yield from _paths(value[0], f"{path}[]")
    else:
        yield path


def _read(value: Value, path: str = "") -> Iterator[str]:
    """The same of a document of the model."""
    if value.kind == "object":
        for key, item in value.entries():
            yield from _read(item, f"{path}.{key.name}")
    elif value.kind == "array":
        for item in value.items():
            yield from _read(item, f"{path}[]")
    else:
        yield path


UNWRITABLE = {
    "json": lambda structure, member: False,
    "cloudformation": lambda structure, member: NAMES.get(structure, {}).get(member) == "",
    "cdk": lambda structure, member: NAMES.get(structure, {}).get(member) == "",
    "terraform": lambda structure, member: ARGUMENTS.get(structure, {}).get(member) == "",
}
"""What a tool has no words for."""


@pytest.mark.parametrize(("kind", "root"), [("TaskDefinition", TASK_DEFINITION), ("Service", SERVICE)])
@pytest.mark.parametrize("name", FORMATS)
def test_every_member_arrives(name: str, kind: str, root: str, tmp_path: Path) -> None:
    whole = _sample(Type("structure", root), UNWRITABLE[name])
    documents = (whole, None) if kind == "TaskDefinition" else (None, whole)
    workspace = run(write(tmp_path, FORMATS[name](*documents))).workspace
    resource = next(found for project in workspace.projects for found in project.resources if found.kind == kind)
    assert set(_paths(whole)) - set(_read(resource.document)) == set()
