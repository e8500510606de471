"""What Terraform would refuse to evaluate is unknown, and only that: the rest of the argument is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import run, write

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.model import TaskDefinition

COUNTED = """
resource "aws_s3_bucket" "code" {
  count  = 1
  bucket = "checkout-code"
}
"""

TASK = """
resource "aws_ecs_task_definition" "api" {
  family                = "checkout-api"
  container_definitions = %s
}
"""


def task(folder: Path, containers: str, more: str = "") -> TaskDefinition:
    """The one task definition of a configuration with these containers."""
    from ecslint.model import TaskDefinition

    project = run(write(folder, {"main.tf": COUNTED + more + TASK % containers})).workspace.projects[0]
    return next(iter(project.all(TaskDefinition)))


@pytest.mark.parametrize(
    "containers",
    [
        # A counted resource needs an index since Terraform 0.12.
        'jsonencode([{ name = "api", image = aws_s3_bucket.code.bucket }])',
        'jsonencode([merge({ name = "api" }, { image = var.missing })])',
        'jsonencode([{ name = "api", image = "${var.missing}:${null}" }])',
        'true ? jsonencode([{ name = "api", image = (nothing.here) }]) : ""',
        '"[{\\"name\\": \\"api\\", \\"image\\": \\"${aws_s3_bucket.code.bucket}\\"}]"',
        '<<JSON\n[{"name": "api", "image": "${var.missing}"}]\nJSON\n',
        '"[${local.api}]"',
        "jsonencode(flatten([[local.object]]...))",
    ],
)
def test_the_rest_of_an_argument_is_read(tmp_path: Path, containers: str) -> None:
    locals = """
    locals {
      api    = jsonencode({ name = "api", image = var.missing })
      object = { name = "api", image = var.missing }
    }
    """
    (container,) = task(tmp_path, containers, locals).containers
    assert container.name.string == "api"
    assert container.read("image").string is None


def test_what_is_tried_still_fails(tmp_path: Path) -> None:
    (container,) = task(
        tmp_path, 'jsonencode([{ name = try({ a = aws_s3_bucket.code.bucket }.a, "other"), image = "nginx" }])'
    ).containers
    assert container.name.string == "other"


def test_the_reason_is_told(tmp_path: Path) -> None:
    containers = 'jsonencode([{ name = "api", image = aws_s3_bucket.code.bucket }])'
    folder = write(tmp_path, {"main.tf": COUNTED + TASK % containers})
    (told,) = run(folder).report().unevaluated
    assert told.position() == ("main.tf", 9)
    assert "it is tuple" in told.why


BROKEN = '<<JSON\n[{"name": "api", "image": "${aws_s3_bucket.code[0].arn}" "memory": 256}]\nJSON\n'


def problems(folder: Path, text: str) -> list[tuple[str, str, int]]:
    """The problems of a configuration: kind, path and line."""
    report = run(write(folder, {"main.tf": text})).report()
    places = [(problem, problem.place) for problem in report.problems]
    return [(problem.kind, problem.path, place.file.position(place.start)[0]) for problem, place in places if place]


@pytest.mark.parametrize(
    "more",
    ["", "  count = var.enabled ? 1 : 0\n", "  count = 1\n", "  for_each = var.names\n"],
    ids=["once", "maybe", "counted", "unknown"],
)
def test_broken_json_is_a_problem_whatever_is_in_its_holes(tmp_path: Path, more: str) -> None:
    variables = 'variable "enabled" {}\nvariable "names" {}\n'
    block = TASK.replace("family ", more + "family ") % BROKEN
    assert problems(tmp_path, variables + COUNTED + block) == [("json-syntax", "main.tf", 12 + bool(more))]


BROKEN_EITHER_WAY = """
variable "stage" {}
variable "shared" { type = bool }
locals {
  host = var.shared ? "shared.example.com" : "own.example.com"
  app  = <<JSON
  { "name": "app", "image": "nginx", "memory": 64,
    "environment": [{ "name": "A", "value": "${local.host}" } { "name": "B", "value": "2" }] }
JSON
}
resource "aws_ecs_task_definition" "app" {
  count                 = var.stage == "production" ? 0 : 1
  family                = "app"
  container_definitions = "[${local.app}]"
}
"""


def test_broken_json_is_a_problem_though_it_depends_on_a_condition(tmp_path: Path) -> None:
    assert problems(tmp_path, BROKEN_EITHER_WAY) == [("json-syntax", "main.tf", 8)]


def test_broken_json_of_a_policy_is_a_problem(tmp_path: Path) -> None:
    policy = '<<JSON\n{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "${var.arn}",}]}\nJSON\n'
    text = 'variable "arn" {}\nresource "aws_iam_policy" "code" {\n  policy = ' + policy + "}\n"
    assert problems(tmp_path, text) == [("json-syntax", "main.tf", 4)]


@pytest.mark.parametrize(
    "containers",
    [
        # What stands in a hole may be what is missing.
        '[{"name": "api" ${var.more} "image": "nginx"}]',
        '[{"name": "api", "cpu": ${var.more} "image": "nginx"}]',
        '[{"name": "api${var.more}}]',
        '[{"name": "api", ${var.more} }',
        "${var.more}",
        '[${var.more}, {"name": "api" "image": "nginx"}]',
    ],
)
def test_a_hole_may_hold_what_is_missing(tmp_path: Path, containers: str) -> None:
    assert problems(tmp_path, 'variable "more" {}\n' + TASK % f"<<JSON\n{containers}\nJSON\n") == []


def test_nothing_is_said_of_a_text_that_is_not_there_when_the_resource_is(tmp_path: Path) -> None:
    block = TASK.replace("family ", "  count = var.on ? 1 : 0\n  family ")
    assert problems(tmp_path, 'variable "on" {}\n' + block % 'var.on ? "[]" : ""') == []


def test_one_broken_text_of_two_roots_is_one_problem(tmp_path: Path) -> None:
    call = 'module "api" {\n  source = "../api"\n}\n'
    write(tmp_path, {"a/main.tf": call, "b/main.tf": call, "api/main.tf": COUNTED + TASK % BROKEN})
    assert [problem.path for problem in run(tmp_path).report().problems] == ["api/main.tf"]
