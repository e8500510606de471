"""Configurations of ecspresso: which files they name, and what templates in them leave open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support import lint, run, write

if TYPE_CHECKING:
    from pathlib import Path

TASK = json.dumps(
    {
        "family": "checkout-api",
        "networkMode": "awsvpc",
        "containerDefinitions": [{"name": "app", "image": "nginx:1.27", "memory": 256}],
    }
)
SERVICE = json.dumps({"desiredCount": 1, "launchType": "EC2", "deploymentConfiguration": {}})
NAMED = "service_definition: service.json\ntask_definition: task.json\n"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A pipeline makes it from something else: that is no fault of these files, but nothing of it is linted."""
    folder = write(tmp_path, {"ecspresso.yml": NAMED, "task.json": TASK})
    report = lint(folder)
    assert not report.problems
    assert [notice.message for notice in run(folder, ["."]).workspace.notices] == [
        "`service.json`, which ecspresso shall read, is not there, so nothing of it is linted"
    ]


def test_a_file_that_lies_outside_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "task.json").write_text(TASK)
    folder = write(tmp_path / "inside", {"ecspresso.yml": "service: a\ntask_definition: ../task.json\n"})
    assert [problem.kind for problem in lint(folder).problems] == ["unreadable"]


@pytest.mark.parametrize(
    "directives",
    [
        "plugins:\n{{ if (env `BUCKET` ``) }}\n  - name: tfstate\n{{ end }}\n",
        "{{- /* who deploys it */ -}}\n",
        "{{ range $key, $value := . }}\n{{- end }}\n",
    ],
)
def test_a_line_that_is_only_a_directive_is_no_yaml(directives: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"ecspresso.yml": NAMED + directives, "task.json": TASK, "service.json": SERVICE})
    report = lint(folder)
    assert not report.problems
    assert [finding.rule for finding in report.findings] == ["network-mode-mismatch"]


def test_of_two_names_nobody_knows_which_counts(tmp_path: Path) -> None:
    names = "{{ if (env `PROD` ``) }}\ntask_definition: a.json\n{{ else }}\ntask_definition: b.json\n{{ end }}\n"
    folder = write(tmp_path, {"ecspresso.yml": "service: a\n" + names, "a.json": TASK})
    assert not lint(folder).problems
    assert run(folder, ["."]).workspace.notices == []
