"""Ports that are not free on an instance, and what must not be said twice of ports and names."""

from __future__ import annotations

from ecslint.facts.row import Row

RESERVED = frozenset({22, 2375, 2376, 51678, 51679, 51680})
"""What SSH, Docker and the ECS agent listen on. Source: botocore's model, `hostPort` ("reserved ports")."""

EPHEMERAL = 32768
"""From here on the host gives out ports itself. Source: the same."""

FIRST, LAST = 1, 65535


TWICE = Row(
    # All containers of a task share one network. Whether registration refuses it is not known; two that listen cannot
    # both start (`bind: address already in use`).
    "port-twice",
    "a port that two containers of one network map",
    severity="warning",
)
OVERLAP = Row(
    "range-overlap",
    "ranges of ports that overlap",
    "container port is used multiple times in task",
    peers=("cdk-preflight: pf-ecs-port-range-overlap",),
)
REVERSED = Row(
    "range-reversed",
    "a range of ports that ends before it begins",
    "Invalid 'containerPortRange' setting",
    peers=("cdk-preflight: pf-ecs-port-range-reversed",),
)
NAME_TWICE = Row(
    "name-twice",
    "a name that two port mappings have",
    "When networkMode=awsvpc, port mapping name is already used",
    peers=("cdk-preflight: pf-ecs-port-mapping-duplicate-name",),
)
TAKEN = Row(
    "host-port-taken",
    "a port of the host that is not free",
    "is already using a port required by your task",
    severity="warning",
)


def span(text: str) -> tuple[int, int] | None:
    """The first and the last port of `8000-8010`; None for anything else."""
    first, dash, last = text.strip().partition("-")
    if not dash or not (first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6):
        return None
    return int(first), int(last)
