"""The schemas for editors are current, and say of a document what the rules about its shape say."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from formats import HOLE
from jsonschema import Draft7Validator
from support import lint, script, write
from test_rules import CASES

from ecslint.facts.enumerations import CLOSED
from ecslint.facts.required import REQUIRED_BY_ECS
from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, Type, structure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jsonschema import ValidationError

    from ecslint.finding import Finding

generate_schemas = script("generate_schemas")
OUTPUTS = generate_schemas.outputs()

SAID = {
    "wrong-type": "type",
    "unknown-key": "key",
    "environment-entry-uses-value-from": "key",
    "secrets-entry-uses-value": "key",
    "required-key-missing": "required",
    "unknown-value": "value",
    "value-out-of-range": "bounds",
    "limit-exceeded": "count",
    "malformed-value": "form",
}
"""What a rule is about."""

MEANT = {
    "type": "type",
    "additionalProperties": "key",
    "required": "required",
    "minItems": "required",
    "minimum": "bounds",
    "maximum": "bounds",
    "maxItems": "count",
    "pattern": "form",
    "not": "form",
}
"""What a keyword of a schema is about."""

WAYS = {"required": "required", "enum": "value", "pattern": "form"}
"""What an `anyOf` is about, by a keyword in it."""

NEVER_EMPTY = {row.member for row in REQUIRED_BY_ECS}
CLAIMED = {"task-definition.json": {"containerDefinitions"}, "service-definition.json": {"serviceName"}}
"""By what a file is known for what it is."""

FILES = {"task-definition.json": "task-definition", "service-definition.json": "service-definition"}

WHOLE: dict[str, Any] = {
    "family": "checkout-api",
    "taskRoleArn": "arn:aws:iam::111122223333:role/task",
    "networkMode": "bridge",
    "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
    "requiresCompatibilities": ["EC2"],
    "tags": [{"key": "stage", "value": "test"}],
    "volumes": [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0"}}],
    "containerDefinitions": [
        {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "essential": True,
            "command": ["serve"],
            "environment": [{"name": "MODE", "value": "fast"}],
            "portMappings": [{"containerPort": 80, "name": "http", "appProtocol": "http"}],
            "mountPoints": [{"sourceVolume": "data", "containerPath": "/data", "readOnly": True}],
            "healthCheck": {"command": ["CMD", "true"], "interval": 30},
            "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 2048}],
            "dependsOn": [{"containerName": "db", "condition": "START"}],
            "dockerLabels": {"team": "shop"},
            "logConfiguration": {"logDriver": "json-file", "options": {"max-size": "10m"}},
            "linuxParameters": {"initProcessEnabled": True, "tmpfs": [{"containerPath": "/tmp", "size": 64}]},
            "restartPolicy": {"enabled": True, "ignoredExitCodes": [0], "restartAttemptPeriod": 60},
        },
        {"name": "db", "image": "public.ecr.aws/docker/library/postgres:17", "memory": 256},
    ],
}
RUNNING: dict[str, Any] = {
    "serviceName": "checkout-api",
    "taskDefinition": "checkout-api",
    "desiredCount": 2,
    "schedulingStrategy": "REPLICA",
    "capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1}],
    "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-0a1b2c3d"], "assignPublicIp": "DISABLED"}},
    "deploymentConfiguration": {
        "minimumHealthyPercent": 50,
        "deploymentCircuitBreaker": {"enable": True, "rollback": True},
    },
}


class Mutant(NamedTuple):
    """A document with one mistake; `open` says that its value is of an enumeration that AWS adds to."""

    file: str
    path: str
    document: dict[str, Any]
    open: bool = False


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.name)
def test_it_is_current(path: Path) -> None:
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    assert written == OUTPUTS[path], "run `python scripts/generate_schemas.py`"
    Draft7Validator.check_schema(json.loads(written))


def test_the_whole_documents_are_fine(tmp_path: Path) -> None:
    for file, document in (("task-definition.json", WHOLE), ("service-definition.json", RUNNING)):
        assert _refused(file, document) == set()
    assert _told(tmp_path, {"task-definition.json": WHOLE, "service-definition.json": RUNNING}) == set()


def _mutants() -> Iterator[Mutant]:
    for file, root, whole in (
        ("task-definition.json", TASK_DEFINITION, WHOLE),
        ("service-definition.json", SERVICE, RUNNING),
    ):
        for path, changed, is_open in _changed(whole, Type("structure", root), file):
            if isinstance(changed, dict):
                yield Mutant(file, path, changed, is_open)


def _changed(value: Any, type: Type, path: str) -> Iterator[tuple[str, Any, bool]]:
    """A value with one mistake in it, each with where it is, and whether it may be none."""
    if type.kind == "structure":
        yield f"{path}+key", {**value, "favouriteColour": "blue"}, False
        yield f"{path}=type", "text", False
        for key, item in value.items():
            member = structure(type.name).members[key]
            yield f"{path}.{key}-gone", {name: other for name, other in value.items() if name != key}, False
            for where, changed, is_open in _changed(item, member.type, f"{path}.{key}"):
                yield where, {**value, key: changed}, is_open
    elif type.kind == "list":
        assert type.item is not None
        yield f"{path}=type", {"0": value[0]}, False
        for index, item in enumerate(value):
            for where, changed, is_open in _changed(item, type.item, f"{path}[{index}]"):
                yield where, [*value[:index], changed, *value[index + 1 :]], is_open
    elif type.kind == "map":
        yield f"{path}=type", list(value), False
        yield f"{path}.value=type", {**value, "more": 7}, False
    else:
        yield from _leaf(type, path)


def _leaf(type: Type, path: str) -> Iterator[tuple[str, Any, bool]]:
    yield f"{path}=type", ["text"], False
    if type.kind == "string":
        yield f"{path}=number", 7, False
        yield f"{path}=empty", "", False
    if type.kind in {"integer", "boolean"}:
        yield f"{path}=text", "sometimes", False
    if type.kind == "integer":
        yield f"{path}=negative", -7, False
        yield f"{path}=huge", 10**6, False
    if type.values:
        yield f"{path}=value", "SOMETHING_ELSE", type.name not in CLOSED
        yield f"{path}=case", type.values[0].swapcase(), type.name not in CLOSED


MUTANTS = [mutant for mutant in _mutants() if CLAIMED[mutant.file] <= set(mutant.document)]


@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.path for mutant in MUTANTS])
def test_a_mistake_is_told_and_refused(mutant: Mutant, tmp_path: Path) -> None:
    told = _told(tmp_path, {mutant.file: deepcopy(mutant.document)})
    refused = _refused(mutant.file, mutant.document)
    assert refused == (told - {"value"} if mutant.open else told)


def _documents() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for case in CASES:
        for file, text in case.files.items():
            if case.rule.id in SAID and file in FILES and HOLE not in text and "null" not in text:
                yield case.name, file, json.loads(text)


DOCUMENTS = list(_documents())


@pytest.mark.parametrize(
    ("file", "document"), [item[1:] for item in DOCUMENTS], ids=[f"{name}-{file}" for name, file, _ in DOCUMENTS]
)
def test_an_example_is_told_and_refused(file: str, document: dict[str, Any], tmp_path: Path) -> None:
    told, refused = _told(tmp_path, {file: document}), _refused(file, document)
    # Of an enumeration that AWS adds to, the rule warns, and the schema says nothing.
    assert refused - {"value"} == told - {"value"}
    assert refused <= told


def _told(folder: Path, documents: dict[str, dict[str, Any]]) -> set[str]:
    """What the rules say for certain, and what they say of keys and values."""
    report = lint(write(folder, {file: json.dumps(document, indent=1) for file, document in documents.items()}))
    return {SAID[finding.rule] for finding in report.findings if finding.rule in SAID and _judged(finding)}


def _judged(finding: Finding) -> bool:
    """Whether a schema can say it: it does not know where a task runs, nor how large a document is."""
    if finding.rule in {"unknown-key", "unknown-value", "required-key-missing"}:
        return True
    certain = finding.severity.word == "error"
    return certain and finding.row != "size" and not finding.row.endswith("-on-fargate")


def _refused(file: str, document: object) -> set[str]:
    schema = json.loads(OUTPUTS[generate_schemas.FOLDER / f"{FILES[file]}.schema.json"])
    errors = list(Draft7Validator(schema).iter_errors(document))
    found = {_about(error) for error in errors}
    # `value` in `secrets` is a key too many, and one too few; the rule tells it once.
    both = any(error.validator == "additionalProperties" and "secrets" in error.absolute_path for error in errors)
    return found - {"required"} if both else found


def _about(error: ValidationError) -> str:
    """What an error of a schema is about."""
    if isinstance(error.validator_value, list) and error.validator == "anyOf":
        return next(about for key, about in WAYS.items() if any(key in way for way in error.validator_value))
    last = error.absolute_path[-1] if error.absolute_path else ""
    if error.validator == "minLength":
        return "required" if last in NEVER_EMPTY else "bounds"
    if error.validator == "maxLength":
        return "form" if last in {"family", "name", "serviceName"} else "bounds"
    return MEANT[str(error.validator)]
