"""The model against botocore's: every member of every shape that a task definition or a service reaches has a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, structure
from ecslint.model import Service, TaskDefinition
from ecslint.model.noun import Child, Children, Entries, Field, Scalars

if TYPE_CHECKING:
    import builtins
    from collections.abc import Iterator

    from ecslint.facts.shapes import Type
    from ecslint.model.noun import Noun

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
