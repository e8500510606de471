"""Examples that are written once and run in every format: `fixtures/rules/<rule>/cases.yml`.

A case says `bad:` or `good:` with a name, and what it changes in a deployment without faults: `task:` members of the
task definition, `container:` members of its first container, `containers:` more of them, `service:` members of a
service, all in the API's own words; `null` takes a member away. `fargate: true` starts from a task for Fargate. A bad
one may say how many `findings:` it gives (one), of which `row:` and of which `severity:` (that of the rule); either
may be for some `formats:` only.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from formats import DECODED, FORMATS, SPELLED, THE_TASK, NotWritable
from support import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IMAGE = "public.ecr.aws/nginx/nginx:1.27"

EC2: dict[str, Any] = {
    "family": "checkout-api",
    "containerDefinitions": [{"name": "app", "image": IMAGE, "memory": 256}],
}
FARGATE: dict[str, Any] = {
    "family": "checkout-api",
    "requiresCompatibilities": ["FARGATE"],
    "networkMode": "awsvpc",
    "cpu": "256",
    "memory": "512",
    "executionRoleArn": "arn:aws:iam::111122223333:role/execution",
    "containerDefinitions": [{"name": "app", "image": IMAGE}],
}
SERVICE = {"serviceName": "checkout-api", "taskDefinition": THE_TASK, "desiredCount": 2}

KEYS = set("bad good task container containers service fargate findings row severity formats".split())


class Tabled(NamedTuple):
    """A case in one format."""

    rule: str
    name: str
    files: dict[str, str]
    findings: int
    row: str | None
    severity: str | None


def tabled() -> Iterator[Tabled]:
    """All cases of all rules, each in every format that it is for."""
    for path in sorted((FIXTURES / "rules").glob("*/cases.yml")):
        rule = path.parent.name
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            kind = "bad" if "bad" in case else "good"
            assert case.keys() <= KEYS, f"{path}: {case.keys() - KEYS}"
            task, service = deployment(case)
            for name, files in written(task, service, case.get("formats"), rule in SPELLED and "service" not in case):
                yield Tabled(
                    rule,
                    f"{rule}-{kind}-{case[kind]}-{name}",
                    files,
                    case.get("findings", 1) if kind == "bad" else 0,
                    case.get("row"),
                    case.get("severity"),
                )


def written(
    task: dict[str, Any] | None,
    service: dict[str, Any] | None,
    formats: Iterable[str] | None = None,
    everyhow: bool = False,
) -> Iterator[tuple[str, dict[str, str]]]:
    """A deployment in some formats, or in all that have words for it; `everyhow` in every way of Terraform."""
    for name in formats or FORMATS:
        ways = {name: FORMATS[name], **(DECODED if everyhow and name == "terraform" else {})}
        try:
            files = {way: write(task, service) for way, write in ways.items()}
        except NotWritable:
            assert formats is None, f"{name} has no words for it"
            continue
        yield from files.items()


def deployment(case: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The task definition and the service that a case makes."""
    return _task(case), _service(case)


def _task(case: dict[str, Any]) -> dict[str, Any] | None:
    if "task" in case and case["task"] is None:
        return None
    made: dict[str, Any] = deepcopy(FARGATE if case.get("fargate") else EC2)
    _change(made, case.get("task", {}))
    containers = made.get("containerDefinitions")
    if containers:
        _change(containers[0], case.get("container", {}))
        containers += deepcopy(case.get("containers", []))
    return made


def _service(case: dict[str, Any]) -> dict[str, Any] | None:
    if "service" not in case:
        return None
    made = deepcopy(SERVICE)
    _change(made, case["service"])
    return made


def _change(made: dict[str, Any], changes: dict[str, Any]) -> None:
    for key, value in changes.items():
        if value is None:
            made.pop(key, None)
        else:
            made[key] = deepcopy(value)
