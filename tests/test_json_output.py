"""The machine's format is a contract: `docs/output.schema.json` describes all that is printed, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from support import FIXTURES, TOP, command, lint, write
from test_reporters import NESTED, every_kind
from test_rules import CASES, Case

from ecslint.reporters import View, render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecslint.engine import Report

SCHEMA = json.loads((TOP / "docs" / "output.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
DEPLOYMENTS = sorted([*(FIXTURES / "deployments").iterdir(), *(FIXTURES / "cdk").iterdir()])


def printed(report: Report) -> dict[str, Any]:
    """What a report is as JSON, which the schema must describe."""
    data: dict[str, Any] = json.loads(render("json", report, View(report.workspace.root)))
    assert mistakes(data) == []
    return data


def mistakes(data: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


# The schema itself


def _objects(schema: Any, at: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """All schemas of objects in a schema, each with where it stands."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield at, schema
        for key, inner in schema.items():
            yield from _objects(inner, f"{at}.{key}")
    elif isinstance(schema, list):
        for index, inner in enumerate(schema):
            yield from _objects(inner, f"{at}[{index}]")


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_every_object_is_closed_and_has_all_its_fields() -> None:
    found = dict(_objects(SCHEMA))
    assert len(found) > 10
    for at, schema in found.items():
        assert schema["additionalProperties"] is False, at
        assert sorted(schema["required"]) == sorted(schema["properties"]), at


# All that is printed


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_example(case: Case, tmp_path: Path) -> None:
    data = printed(lint(write(tmp_path, case.files)))
    assert sum(finding["rule"] == case.rule.id for finding in data["findings"]) == case.findings


@pytest.mark.parametrize("folder", DEPLOYMENTS, ids=lambda folder: folder.name)
def test_every_deployment(folder: Path) -> None:
    data = printed(lint(folder))
    assert data["problems"] == []
    assert data["summary"]["files"] > 0
    assert data["summary"]["attributes"]["known"] > 0


def test_a_report_with_a_bit_of_everything(tmp_path: Path) -> None:
    data = printed(every_kind(tmp_path))
    assert [item["by"] for item in data["suppressed"]] == ["config"]
    (problem,) = data["problems"]
    assert (problem["kind"], problem["path"], problem["line"]) == ("json-syntax", "deploy/broken.json", 1)


def test_a_value_that_came_through_another_file(tmp_path: Path) -> None:
    findings = printed(lint(write(tmp_path, NESTED)))["findings"]
    assert "hop" in {label["role"] for finding in findings for label in finding["labels"]}


IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:latest"
ROLE = "arn:aws:iam::111122223333:role/execution"
TASK = json.dumps(
    {
        "family": "checkout",
        "executionRoleArn": ROLE,
        "containerDefinitions": [{"name": "app", "image": IMAGE, "memory": 64}],
    }
)
TERRAFORM = """\
resource "aws_ecs_task_definition" "main" {
  family                = var.family
  container_definitions = jsonencode([{
    name = "app", memory = 64
    image = "example.com/app:latest" # ecslint: ignore[mutable-image-tag] built every night
  }])
}
"""
TEMPLATE = """\
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Metadata: {ecslint: {ignore: {mutable-image-tag: built every night}}}
    Properties: {Family: checkout, ContainerDefinitions: [{Name: app, Image: example.com/app:latest, Memory: 64}]}
"""


@pytest.mark.parametrize(("name", "text", "by"), [("main.tf", TERRAFORM, "comment"), ("a.yaml", TEMPLATE, "metadata")])
def test_what_was_switched_off(name: str, text: str, by: str, tmp_path: Path) -> None:
    data = printed(lint(write(tmp_path, {name: text})))
    (item,) = data["suppressed"]
    assert (item["rule"], item["by"], item["reason"]) == ("mutable-image-tag", by, "built every night")


def test_what_a_baseline_hides_and_what_is_stale_in_it(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": TASK, "b.json": TASK})
    assert command(tmp_path, ".", "--write-baseline", "known.yml").status == 0
    write(tmp_path, {"b.json": TASK.replace("latest", "1.2"), ".ecslint.yml": "baseline: known.yml\n"})
    data = printed(lint(tmp_path))
    assert [(item["by"], item["reason"]) for item in data["suppressed"]] == [("baseline", "")]
    assert [(finding["rule"], finding["stage"]) for finding in data["findings"]] == [
        ("stale-baseline-entry", "configuration")
    ]


PROBLEMS = {
    "json-syntax": {"a.json": '{"containerDefinitions": [{]}'},
    "yaml-syntax": {"a.yaml": "Resources:\n  T: {Type: AWS::ECS::TaskDefinition\n"},
    "hcl-syntax": {"main.tf": 'resource "aws_ecs_task_definition" "x" {\n  family = = 1\n}\n'},
    "limit": {"a.json": '{"containerDefinitions": ' + "[" * 300},
    "configuration": {".ecslint.yml": "no-such-setting: 1\n"},
}


@pytest.mark.parametrize("kind", PROBLEMS)
def test_problems(kind: str, tmp_path: Path) -> None:
    problems = printed(lint(write(tmp_path, PROBLEMS[kind])))["problems"]
    assert {problem["kind"] for problem in problems} == {kind}
    assert all(problem["line"] for problem in problems)


def test_problems_without_a_place(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "a.json").write_bytes(b'{"containerDefinitions": "\xff"}')
    problems = printed(lint(tmp_path, [".", "none.json"]))["problems"]
    assert {problem["kind"]: problem["line"] for problem in problems} == {"encoding": None, "unreadable": None}


def test_a_notice(tmp_path: Path) -> None:
    data = printed(lint(write(tmp_path, {"cdk.json": '{"app": "node bin/app.js"}'})))
    assert [notice["path"] for notice in data["notices"]] == ["cdk.json"]


def test_what_could_not_be_decided() -> None:
    data = printed(lint(FIXTURES / "deployments" / "chatbot"))
    assert data["summary"]["attributes"]["symbolic"] > 0
    assert data["summary"]["attributes"]["unknown"] > 0


# What the schema refuses


def _sample() -> dict[str, Any]:
    return printed(lint(FIXTURES / "deployments" / "support-assistant"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema"], 2),
        (["more"], 1),
        (["findings", 0, "more"], 1),
        (["findings", 0, "severity"], "fatal"),
        (["findings", 0, "stage"], ""),
        (["findings", 0, "fingerprint"], "x"),
        (["findings", 0, "labels"], []),
        (["findings", 0, "labels", 0, "role"], "hop"),
        (["findings", 0, "labels", 0, "line"], 0),
        (["findings", 0, "labels", 0, "more"], 1),
        (["findings", 0, "instances"], []),
        (["findings", 0, "help"], ""),
        (["findings", 0, "fix"], {}),
        (["problems"], [{"kind": "limit", "path": "a", "line": None, "column": 1, "message": "m", "help": None}]),
        (["problems"], [{"kind": "limit", "path": "a", "line": 1, "column": None, "message": "m", "help": None}]),
        (["summary", "errors"], -1),
        (["summary", "attributes", "known"], None),
    ],
)
def test_what_is_no_report(path: list[Any], value: object) -> None:
    data = _sample()
    inner: Any = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert mistakes(data)
