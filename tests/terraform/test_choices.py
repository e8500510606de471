"""Conditions that stand in several places and are one: an element under an unknown key is known again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import lint, write

if TYPE_CHECKING:
    from pathlib import Path

TASK = """
locals {
  account = var.accounts[terraform.workspace]
  named   = [{ name = "A", valueFrom = local.account.name == "prod" ? "/checkout/a" : "" }]
  none    = [{ name = "A", valueFrom = "/checkout/a" }]
}
resource "aws_ecs_task_definition" "api" {
  family             = "checkout-api"
  execution_role_arn = "arn:aws:iam::111122223333:role/execution"
  container_definitions = jsonencode([{
    name    = "api"
    image   = "nginx:1.27"
    memory  = 256
    secrets = var.accounts[%s].name == "prod" ? local.named : local.none
  }])
}
"""


@pytest.mark.parametrize(
    "variable",
    [
        "type = map(object({ name = string }))",
        'default = { default = { name = "prod" }, dev = { name = "dev" } }',
        "type = any",
    ],
)
def test_the_same_element_is_known_again(tmp_path: Path, variable: str) -> None:
    declared = f'variable "accounts" {{\n{variable}\n}}\nvariable "other" {{}}\n'
    same = lint(write(tmp_path / "same", {"main.tf": declared + TASK % "terraform.workspace"}))
    assert same.findings == []
    other = lint(write(tmp_path / "other", {"main.tf": declared + TASK % "var.other"}))
    assert [finding.rule for finding in other.findings] == ["value-from-is-no-reference"]


def test_an_operator_may_meet_null_in_one_branch_of_a_choice(tmp_path: Path) -> None:
    """Terraform would stop in that branch; here the branch is unknown, and all else is read."""
    text = """
variable "stage" {}
locals {
  public = !(var.stage == "prod" ? null : true)
  memory = -(var.stage == "prod" ? null : -512)
}
resource "aws_ecs_task_definition" "api" {
  count                    = local.public ? 1 : 2
  family                   = "checkout-api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  memory                   = local.memory
  container_definitions    = jsonencode([{ name = "api", image = "nginx:1.27" }])
}
"""
    report = lint(write(tmp_path, {"main.tf": text}))
    assert not report.problems
    assert {finding.rule for finding in report.findings} == {"fargate-cpu-memory"}
