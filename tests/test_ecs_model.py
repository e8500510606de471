"""The model against botocore's: every member of every shape that a task definition or a service reaches has a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from botocore.session import get_session

from ecslint.facts.ecs_shapes import ENUMERATIONS, RANGES, STRUCTURES
from ecslint.model import Service, TaskDefinition
from ecslint.model.noun import Child, Children, Entries, Field, Scalars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model.noun import Noun

DESCRIPTORS = (Field, Child, Children, Scalars, Entries)

LEFT_OUT = {
    "ContainerDefinition.image": "`Container.image` reads it",
    "CreateServiceRequest.clientToken": "it tells a request from its repetition",
    "CreateServiceRequest.gatewayConnectors": "no rule asks about express gateways",
    "CreateServiceRequest.monitoring": "no rule asks about metrics",
    "CreateServiceRequest.vpcLatticeConfigurations": "no rule asks about VPC Lattice",
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
        (TaskDefinition, "RegisterTaskDefinitionRequest"),
        (Service, "CreateServiceRequest"),
    ]
    seen = set(todo)
    while todo:
        noun, structure = todo.pop()
        yield noun, structure
        for member, shape in STRUCTURES[structure].items():
            field = _fields(noun).get(member)
            inner = shape.strip("[]")
            if isinstance(field, (Child, Children)) and inner in STRUCTURES and (field.kind, inner) not in seen:
                seen.add((field.kind, inner))
                todo.append((field.kind, inner))


def _fields(noun: type[Noun]) -> dict[str, object]:
    found = (field for owner in noun.__mro__ for field in vars(owner).values())
    return {field.key: field for field in found if isinstance(field, DESCRIPTORS)}


def _descriptor(shape: str) -> type:
    """The descriptor that a member of a type is declared with."""
    inner = shape.strip("[]")
    if shape.startswith("["):
        return Children if inner in STRUCTURES else Scalars
    return Entries if shape == "{}" else Child if inner in STRUCTURES else Field


PAIRS = sorted(_pairs(), key=lambda pair: (pair[1], pair[0].__name__))


@pytest.mark.parametrize(("noun", "structure"), PAIRS, ids=[f"{noun.__name__}-{name}" for noun, name in PAIRS])
def test_every_member_has_a_field(noun: type[Noun], structure: str) -> None:
    fields = _fields(noun)
    for member, shape in STRUCTURES[structure].items():
        if f"{structure}.{member}" not in LEFT_OUT:
            assert member in fields, f"{noun.__name__} has no field for `{structure}.{member}`: add it, or say why not"
            assert isinstance(fields[member], _descriptor(shape)), f"{noun.__name__}.{member} is no {shape}"


def test_what_is_left_out_exists() -> None:
    for name in LEFT_OUT:
        structure, _, member = name.partition(".")
        assert member in STRUCTURES[structure]


def test_the_facts_are_those_of_botocore() -> None:
    """A new botocore that adds a member, a value or a structure: run `scripts/generate_ecs_shapes.py` again."""
    model = get_session().get_service_model("ecs")
    for name, members in STRUCTURES.items():
        assert set(members) == set(model.shape_for(name).members), name
    for name, values in ENUMERATIONS.items():
        assert values == tuple(model.shape_for(name).enum), name
    for name, (_, least, most) in RANGES.items():
        metadata = model.shape_for(name).metadata
        assert (least, most) == (metadata.get("min"), metadata.get("max")), name
