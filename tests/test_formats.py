"""A task definition says the same in every format: each JSON example of a rule, as Terraform and CloudFormation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from formats import REFUSED_BY_TOOLS, SPELLED, Long, assembly
from support import lint, write
from test_rules import CASES, Case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecslint.engine import Report
    from ecslint.finding import Finding

FREE_MAPS = {"options", "dockerLabels", "driverOpts", "labels"}
"""Maps whose keys are the author's own, in no format renamed."""

RENAMED = {
    "efsVolumeConfiguration": "EFSVolumeConfiguration",
    "fileSystemId": "FilesystemId",
    "fsxWindowsFileServerVolumeConfiguration": "FSxWindowsFileServerVolumeConfiguration",
    "sizeInGiB": "SizeInGiB",
    "iam": "IAM",
}
ARGUMENTS = {
    "family": "family",
    "taskRoleArn": "task_role_arn",
    "executionRoleArn": "execution_role_arn",
    "networkMode": "network_mode",
    "cpu": "cpu",
    "memory": "memory",
    "requiresCompatibilities": "requires_compatibilities",
}
PLATFORM = {"operatingSystemFamily": "operating_system_family", "cpuArchitecture": "cpu_architecture"}


def _pascal(data: Any, key: str = "") -> Any:
    if isinstance(data, dict) and key not in FREE_MAPS:
        return {RENAMED.get(name, name[:1].upper() + name[1:]): _pascal(item, name) for name, item in data.items()}
    if isinstance(data, list):
        return [_pascal(item) for item in data]
    return data


def cloudformation(data: dict[str, Any]) -> dict[str, str]:
    """The task definition as a template, with a family to be named by as in JSON."""
    template = {"Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": _pascal(data)}}}
    return {"template.json": json.dumps(template, indent=2, ensure_ascii=False)}


def cdk(data: dict[str, Any]) -> dict[str, str]:
    """The task definition as the template of an assembly."""
    return assembly(json.loads(cloudformation(data)["template.json"]))


def _arguments(data: dict[str, Any]) -> str:
    lines = [f"  {name} = {json.dumps(data[key])}" for key, name in ARGUMENTS.items() if key in data]
    if "runtimePlatform" in data:
        platform = data["runtimePlatform"]
        inner = [f"    {name} = {json.dumps(platform[key])}" for key, name in PLATFORM.items() if key in platform]
        lines += ["  runtime_platform {", *inner, "  }"]
    return "\n".join(lines)


def _escaped(data: Any) -> str:
    """JSON as an HCL expression: an interpolation in a JSON string is text."""
    return json.dumps(data, indent=2, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def encoded(data: dict[str, Any]) -> dict[str, str]:
    """The task definition in Terraform, its containers by `jsonencode`."""
    containers = f"  container_definitions = jsonencode({_escaped(data['containerDefinitions'])})"
    return {"main.tf": f'resource "aws_ecs_task_definition" "x" {{\n{_arguments(data)}\n{containers}\n}}\n'}


def heredoc(data: dict[str, Any]) -> dict[str, str]:
    """The task definition in Terraform, its containers in an indented heredoc."""
    body = "\n".join(f"    {line}" for line in _escaped(data["containerDefinitions"]).splitlines())
    containers = f"  container_definitions = <<-JSON\n{body}\n  JSON"
    return {"main.tf": f'resource "aws_ecs_task_definition" "x" {{\n{_arguments(data)}\n{containers}\n}}\n'}


def file(data: dict[str, Any]) -> dict[str, str]:
    """The task definition in Terraform, its containers in a file beside it."""
    containers = '  container_definitions = file("${path.module}/containers.json")'
    text = f'resource "aws_ecs_task_definition" "x" {{\n{_arguments(data)}\n{containers}\n}}\n'
    return {"main.tf": text, "containers.json": json.dumps(data["containerDefinitions"], ensure_ascii=False)}


def _plain(case: Case) -> dict[str, Any] | None:
    """The task definition of a case, if it is one whole JSON file in ECS's own spelling, without placeholders."""
    names = [name for name in case.files if name.endswith(".json")]
    if len(names) != 1 or len(case.files) > 1 + (".ecslint.yml" in case.files):
        return None
    try:
        data = json.loads(case.files[names[0]])
    except ValueError:
        return None
    unusual = any(sign in case.files[names[0]] for sign in ("<", "${", "{{", "@", "$", "ACCOUNT_ID", "null"))
    if not isinstance(data, dict) or "containerDefinitions" not in data or unusual or set(data) - _KNOWN:
        return None
    return data


_KNOWN = {*ARGUMENTS, "containerDefinitions", "runtimePlatform"}
PLAIN = [(case, data) for case in CASES if case.rule.id not in SPELLED and (data := _plain(case)) is not None]


@pytest.mark.parametrize("write_as", [cloudformation, cdk, encoded, heredoc, file])
@pytest.mark.parametrize(("case", "data"), PLAIN, ids=[case.name for case, _ in PLAIN])
def test_every_format_says_the_same(
    case: Case, data: dict[str, Any], write_as: Callable[[dict[str, Any]], dict[str, str]], tmp_path: Path
) -> None:
    config = {name: text for name, text in case.files.items() if name == ".ecslint.yml"}
    plain = lint(write(tmp_path / "json", case.files))
    other = lint(write(tmp_path / "other", {**write_as(data), **config}))
    assert not other.problems, other.problems
    assert _all_said(other) == _all_said(plain)


def _all_said(report: Report) -> list[tuple[str, ...]]:
    return sorted(_said(finding) for finding in report.findings if finding.rule not in SPELLED)


def _said(finding: Finding) -> tuple[str, ...]:
    text = finding.symptom if finding.rule not in REFUSED_BY_TOOLS else None
    return (finding.rule, finding.row, finding.severity.word, finding.message, text or "")


def _template(case: Case) -> str | None:
    """The template of a case that has one, in YAML."""
    names = [name for name in case.files if name != ".ecslint.yml"]
    text = case.files[names[0]]
    return text if len(names) == 1 and names[0].endswith((".yaml", ".yml")) and "AWS::" in text else None


TEMPLATES = [
    (case, text)
    for case in CASES
    if not case.name.endswith("-cloudformation") and (text := _template(case)) is not None
]


@pytest.mark.parametrize(("case", "text"), TEMPLATES, ids=[case.name for case, _ in TEMPLATES])
def test_an_assembly_says_what_a_template_says(case: Case, text: str, tmp_path: Path) -> None:
    config = {name: text for name, text in case.files.items() if name == ".ecslint.yml"}
    template = yaml.load(text, Long)
    plain = lint(write(tmp_path / "template", case.files))
    other = lint(write(tmp_path / "assembly", {**assembly(template), **config}))
    assert not other.problems, other.problems
    assert _all_said(other) == _all_said(plain)
