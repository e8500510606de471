"""Ignores in templates: comments, and Metadata."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support import lint, write

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.engine import Report

RULE = "name-in-environment-and-secrets"
TEMPLATE = """Resources:
  Task:{above}
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Environment: [{{Name: A, Value: x}}]
          {secrets}
            {item}
            - Name: A{behind}
              ValueFrom: arn:aws:ssm:eu-west-1:111122223333:parameter/a
"""
IGNORE = f"# ecslint: ignore[{RULE}] for a test"


def _template(above: str = "", secrets: str = "Secrets:", item: str = "", behind: str = "") -> str:
    return TEMPLATE.format(above=above, secrets=secrets, item=item, behind=behind)


def _lint(folder: Path, text: str, name: str = "a.yaml", **more: str) -> Report:
    return lint(write(folder, {name: text, **more}), select=[RULE, "unused-ignore", "unknown-ignore"])


def test_without_an_ignore(tmp_path: Path) -> None:
    assert [finding.rule for finding in _lint(tmp_path, _template()).findings] == [RULE]


@pytest.mark.parametrize(
    "text",
    [
        _template(behind=f"  {IGNORE}"),
        _template(item=IGNORE),
        _template(secrets=f"{IGNORE}\n          Secrets:"),
        f"{IGNORE}\n{_template()}",
        "Resources:\n  # for all of it\n  " + IGNORE + "\n" + _template().partition("\n")[2],
    ],
)
def test_a_comment_covers_its_line_or_the_block_below(text: str, tmp_path: Path) -> None:
    report = _lint(tmp_path, text)
    assert not report.findings
    assert [(item.by, item.reason) for item in report.suppressed] == [("comment", "for a test")]


def test_a_comment_elsewhere_covers_nothing(tmp_path: Path) -> None:
    report = _lint(tmp_path, _template() + f"{IGNORE}\nOutputs: {{}}\n")
    assert [finding.rule for finding in report.findings] == [RULE, "unused-ignore"]


METADATA = """
    Metadata:
      ecslint:
        ignore:
          {rule}: {reason}"""


def test_metadata_of_a_resource(tmp_path: Path) -> None:
    report = _lint(tmp_path, _template(above=METADATA.format(rule=RULE, reason="a reason")))
    assert not report.findings
    assert [(item.by, item.reason) for item in report.suppressed] == [("metadata", "a reason")]


def test_metadata_of_the_template(tmp_path: Path) -> None:
    top = f"Metadata: {{ecslint: {{ignore: {{{RULE}: everywhere}}}}}}\n"
    report = _lint(tmp_path, top + _template())
    assert [item.reason for item in report.suppressed] == ["everywhere"]


def test_metadata_in_json(tmp_path: Path) -> None:
    container = {
        "Name": "app",
        "Environment": [{"Name": "A", "Value": "x"}],
        "Secrets": [{"Name": "A", "ValueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/a"}],
    }
    task = {
        "Type": "AWS::ECS::TaskDefinition",
        "Properties": {"ContainerDefinitions": [container]},
        "Metadata": {"ecslint": {"ignore": {RULE: "a reason", "no-such-rule": "none"}}},
    }
    report = _lint(tmp_path, json.dumps({"Resources": {"Task": task}}), "a.json")
    assert [finding.rule for finding in report.findings] == ["unknown-ignore"]
    assert report.findings[0].primary.text == '"no-such-rule"'
    assert [item.reason for item in report.suppressed] == ["a reason"]


def test_metadata_covers_its_own_project_only(tmp_path: Path) -> None:
    report = _lint(tmp_path, _template(above=METADATA.format(rule=RULE, reason="a reason")), **{"b.yaml": _template()})
    assert [finding.primary.file.path for finding in report.findings] == ["b.yaml"]


def test_an_ignore_that_has_run_out(tmp_path: Path) -> None:
    report = _lint(tmp_path, _template(above=METADATA.format(rule=RULE, reason="a reason until 2026-01-31")))
    assert [finding.rule for finding in report.findings] == [RULE]
    later = _lint(tmp_path, _template(above=METADATA.format(rule=RULE, reason="a reason (until 2027-01-31)")))
    assert [item.reason for item in later.suppressed] == ["a reason"]


def test_metadata_that_hides_nothing(tmp_path: Path) -> None:
    text = _template(above=METADATA.format(rule=RULE, reason="old")).replace(
        "Environment: [{Name: A", "Environment: [{Name: B"
    )
    assert [finding.rule for finding in _lint(tmp_path, text).findings] == ["unused-ignore"]
