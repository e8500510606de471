"""What a workflow does to a task definition: what stands in the file is not what is registered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support import lint, write

if TYPE_CHECKING:
    from pathlib import Path

IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:latest"
TASK = json.dumps(
    {
        "family": "checkout",
        "executionRoleArn": "arn:aws:iam::111122223333:role/execution",
        "containerDefinitions": [
            {"name": "api", "image": IMAGE, "memory": 256},
            {"name": "worker", "image": IMAGE, "memory": 256},
            {"name": "proxy", "image": "", "memory": 256},
        ],
    },
    indent=1,
)

WORKFLOW = """
env:
  TASK_DEFINITION: deploy/task.json
  NAME: api
jobs:
  deploy:
    steps:
      - uses: actions/checkout@v4
      - id: first
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with: {task-definition: %s, container-name: %s, image: "${{ steps.build.outputs.image }}"}
      - id: second
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: ${{ steps.first.outputs.task-definition }}
          container-name: %s
          image: example
"""


def found(folder: Path, file: str, first: str, second: str) -> list[str]:
    """The containers about whose image something is said, the rule before each."""
    workflow = WORKFLOW % (file, first, second)
    report = lint(write(folder, {"deploy/task.json": TASK, ".github/workflows/deploy.yml": workflow}))
    rules = {"mutable-image-tag", "required-key-missing"}
    return sorted(f"{one.rule} {one.address}" for one in report.findings if one.rule in rules)


EVERY = ["mutable-image-tag checkout/api", "mutable-image-tag checkout/worker", "required-key-missing checkout/proxy"]


@pytest.mark.parametrize("file", ["deploy/task.json", "./deploy/task.json", "${{ env.TASK_DEFINITION }}"])
def test_the_image_of_a_rendered_container_is_not_known(tmp_path: Path, file: str) -> None:
    assert found(tmp_path, f'"{file}"', "api", "proxy") == [EVERY[1]]


def test_names_may_be_variables(tmp_path: Path) -> None:
    assert found(tmp_path, "deploy/task.json", '"${{ env.NAME }}"', "none") == EVERY[1:]


def test_what_is_known_at_run_time_only_may_be_any(tmp_path: Path) -> None:
    assert found(tmp_path, '"deploy/${{ matrix.task }}.json"', '"${{ matrix.name }}"', "none") == []


def test_other_files_and_containers_are_as_written(tmp_path: Path) -> None:
    assert found(tmp_path, "other/task.json", "api", "proxy") == EVERY
    assert found(tmp_path, "deploy/task.json", "other", "none") == EVERY


@pytest.mark.parametrize("text", ["", "jobs: [", "jobs: {a: {steps: 3}}", "runs: {steps: [{uses: 3}]}", "- 1"])
def test_a_workflow_of_any_other_form_says_nothing(tmp_path: Path, text: str) -> None:
    workflow = f"# amazon-ecs-render-task-definition\n{text}"
    report = lint(write(tmp_path, {"task.json": TASK, ".github/workflows/deploy.yml": workflow}))
    assert not report.problems
    assert sum(one.rule == "mutable-image-tag" for one in report.findings) == 2


DESCRIPTION = json.dumps(
    {**json.loads(TASK), "revision": 7, "status": "ACTIVE", "taskRoleArn": "", "requiresAttributes": []}
)
DEPLOY = """
jobs:
  deploy:
    steps:
      - id: %s
        run: ./build.sh
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with: {task-definition: "%s", service: checkout}
"""


@pytest.mark.parametrize(
    ("workflow", "left_out"),
    [
        (DEPLOY % ("build", "deploy/task.json"), True),
        (DEPLOY % ("build", "${{ steps.build.outputs.task-definition }}"), True),
        (DEPLOY % ("build", "deploy/other.json"), False),
        (WORKFLOW % ("deploy/task.json", "api", "worker"), True),
        ("", False),
    ],
)
def test_what_the_action_leaves_out_is_not_told(tmp_path: Path, workflow: str, left_out: bool) -> None:
    report = lint(write(tmp_path, {"deploy/task.json": DESCRIPTION, ".github/workflows/deploy.yml": workflow}))
    told = sorted(one.rule for one in report.findings if one.rule in {"unknown-key", "malformed-value"})
    assert told == ([] if left_out else ["malformed-value", "unknown-key"])


def test_a_step_that_deploys_puts_no_image_in(tmp_path: Path) -> None:
    workflow = DEPLOY % ("build", "deploy/task.json")
    report = lint(write(tmp_path, {"deploy/task.json": TASK, ".github/workflows/deploy.yml": workflow}))
    assert sum(one.rule == "mutable-image-tag" for one in report.findings) == 2
