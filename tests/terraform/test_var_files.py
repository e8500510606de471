"""Files of values that lie beside a root module and that nobody names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import lint, write

from ecslint.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.finding import Finding

ROOT = """
variable "memory" {
  type    = number
  default = 2
}

resource "aws_ecs_task_definition" "api" {
  family                   = "checkout-api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = var.memory
  container_definitions    = jsonencode([{ name = "app", image = "nginx:1.27" }])
}
"""


def too_little(folder: Path, files: dict[str, str]) -> Finding | None:
    """What is said of the memory of the task."""
    findings = lint(write(folder, files)).findings
    return next((finding for finding in findings if finding.rule == "fargate-cpu-memory"), None)


def test_a_default_counts_where_no_file_gives_the_variable(tmp_path: Path) -> None:
    found = too_little(tmp_path, {"main.tf": ROOT, "prod.tfvars": "region = 1"})
    assert found is not None
    assert found.severity is Severity.ERROR


def test_a_default_is_doubtful_where_a_file_gives_another_value(tmp_path: Path) -> None:
    found = too_little(tmp_path, {"main.tf": ROOT, "env/prod.tfvars": "memory = 512"})
    assert found is not None
    assert found.severity is Severity.WARNING
    assert found.message.endswith("if `env/prod.tfvars` is not given")


def test_several_files_are_one_condition(tmp_path: Path) -> None:
    files = {"main.tf": ROOT, "dev.tfvars": "memory = 512", "prod.tfvars.json": '{"memory": 1024}'}
    found = too_little(tmp_path, files)
    assert found is not None
    assert found.message.endswith("if none of `dev.tfvars` and 1 more is given")


def test_an_example_of_a_file_tells_of_one_that_git_does_not_have(tmp_path: Path) -> None:
    found = too_little(tmp_path, {"main.tf": ROOT, "terraform.tfvars.example": "memory = 512"})
    assert found is not None
    assert found.severity is Severity.WARNING
    assert found.message.endswith("if `terraform.tfvars.example` is not given")


def test_an_example_of_a_file_that_is_there_is_no_doubt(tmp_path: Path) -> None:
    files = {"main.tf": ROOT, "terraform.tfvars.example": "memory = 512", "terraform.tfvars": "memory = 2"}
    found = too_little(tmp_path, files)
    assert found is not None
    assert found.severity is Severity.ERROR


def test_the_same_value_is_no_doubt(tmp_path: Path) -> None:
    found = too_little(tmp_path, {"main.tf": ROOT, "prod.tfvars": "memory = 2"})
    assert found is not None
    assert found.severity is Severity.ERROR


def test_a_named_file_alone_counts(tmp_path: Path) -> None:
    files = {"main.tf": ROOT, "dev.tfvars": "memory = 64", "prod.tfvars": "memory = 2"}
    files[".ecslint.yml"] = "terraform:\n  var-files: [prod.tfvars]\n"
    found = too_little(tmp_path, files)
    assert found is not None
    assert found.severity is Severity.ERROR


def test_a_value_that_is_chosen_is_no_doubt(tmp_path: Path) -> None:
    files = {"main.tf": ROOT, "dev.tfvars": "memory = 64"}
    files[".ecslint.yml"] = "terraform:\n  variables:\n    memory: null\n"
    found = too_little(tmp_path, files)
    assert found is not None
    assert found.severity is Severity.ERROR


def test_the_values_of_another_module_do_not_count(tmp_path: Path) -> None:
    files = {"main.tf": ROOT, "other/main.tf": 'variable "memory" {}', "other/prod.tfvars": "memory = 512"}
    found = too_little(tmp_path, files)
    assert found is not None
    assert found.severity is Severity.ERROR


def test_a_file_that_is_no_hcl_is_no_problem(tmp_path: Path) -> None:
    report = lint(write(tmp_path, {"main.tf": ROOT, "x.template.tfvars": "{{ memory }}"}))
    assert not report.problems


# Defaults that are nothing

NOTHING = """
variable "given" {{
  default = {default}
}}
resource "aws_ecs_task_definition" "api" {{
  family                = "checkout-api"
  container_definitions = jsonencode([{{ name = "app", image = var.given, memory = 256 }}])
}}
"""


@pytest.mark.parametrize("default", ["null", '""'])
@pytest.mark.parametrize("on_purpose", [False, True])
def test_an_empty_default_is_for_somebody_to_give(default: str, on_purpose: bool, tmp_path: Path) -> None:
    """What is refused because of it is certain only where that value is given on purpose."""
    files = {"main.tf": NOTHING.format(default=default)}
    if on_purpose:
        files["terraform.tfvars"] = f"given = {default}\n"
    (found,) = lint(write(tmp_path, files)).findings
    assert found.rule == "required-key-missing"
    assert found.severity is (Severity.ERROR if on_purpose else Severity.WARNING)
    assert found.message.endswith(", if `var.given` is not given") is not on_purpose


def test_what_takes_several_values_that_nobody_gives_is_not_told(tmp_path: Path) -> None:
    text = """
variable "image" {
  default = null
}
variable "launch_type" {
  default = null
}
variable "constraint" {
  default = null
}
resource "aws_ecs_task_definition" "api" {
  family                = "checkout-api"
  container_definitions = jsonencode([{ name = "app", image = "nginx:1.27", memory = 256 }])
}
resource "aws_ecs_service" "api" {
  name            = "checkout-api"
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = var.launch_type == "fargate" ? "FARGATE" : null

  dynamic "placement_constraints" {
    for_each = var.constraint == null ? [] : [var.constraint]
    content {
      type = "distinctInstance"
    }
  }
}
"""
    rules = {finding.rule for finding in lint(write(tmp_path, {"main.tf": text})).findings}
    assert "not-supported-on-fargate" not in rules
    given = text.replace(
        'variable "launch_type" {\n  default = null', 'variable "launch_type" {\n  default = "fargate"'
    )
    (told,) = [f for f in lint(write(tmp_path, {"main.tf": given})).findings if f.rule == "not-supported-on-fargate"]
    assert ", if `var.constraint` is given" in told.message


def test_a_module_may_have_a_default_for_null(tmp_path: Path) -> None:
    """A variable that is not nullable takes its default in the world in which the caller has nothing to give."""
    called = """
variable "memory" {
  default  = 256
  nullable = false
}
resource "aws_ecs_task_definition" "api" {
  family                = "checkout-api"
  container_definitions = jsonencode([{ name = "app", image = "nginx:1.27", memory = var.memory }])
}
"""
    caller = 'variable "memory" {\n  default = null\n}\nmodule "api" {\n  source = "./api"\n  memory = var.memory\n}\n'
    assert lint(write(tmp_path, {"main.tf": caller, "api/main.tf": called})).findings == []


# Values that the variable itself refuses

REFUSING = """
variable "stage" {
  default = "prod"
}
module "api" {
  source = "./api"
  stage  = var.stage
}
"""
REFUSED = """
variable "stage" {{}}
variable "image" {{
  default = ""
  validation {{
    condition     = {condition}
    error_message = "An image is needed."
  }}
}}
resource "aws_ecs_task_definition" "api" {{
  family                = "checkout-api"
  container_definitions = jsonencode([{{ name = "app", image = var.image, memory = 256 }}])
}}
"""


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("length(var.image) > 0", 0),
        ('var.stage != "prod" || can(regex("@sha256:", var.image))', 0),
        ('var.stage == "prod" || length(var.image) > 0', 1),
        ("var.image == lower(var.image)", 1),
        ("length(var.image.nothing) > 0", 1),
        ("var.image == var.unknown", 1),
    ],
)
def test_a_value_that_a_validation_refuses_is_not_what_is_deployed(condition: str, told: int, tmp_path: Path) -> None:
    """Terraform stops before it makes anything, so whoever deploys gives the variable another value."""
    files = {"main.tf": REFUSING, "api/main.tf": REFUSED.format(condition=condition)}
    found = lint(write(tmp_path, files)).findings
    assert [finding.rule for finding in found] == ["required-key-missing"] * told
