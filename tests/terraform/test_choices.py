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


def test_a_function_that_takes_the_unknown_takes_a_choice_branch_by_branch(tmp_path: Path) -> None:
    """Where the length of a list decides, the list has that length: no world has an empty list that is not empty."""
    text = """
variable "stage" {}
locals {
  given  = var.stage == "prod" ? ["subnet-0a1b2c3d"] : []
  chosen = length(local.given) == 0 ? ["subnet-4e5f6a7b"] : local.given
}
resource "aws_ecs_service" "api" {
  name = "checkout-api"
  network_configuration {
    subnets = local.chosen
  }
}
"""
    assert lint(write(tmp_path, {"main.tf": text})).findings == []


def test_sides_of_many_ways_stay_the_conditions_that_they_are(tmp_path: Path) -> None:
    """Where the first side of `||` decides, the ways of the second do not count."""
    text = """
variable "stage" {}
variable "fargate" { type = bool }
variable "platform" {}
variable "mode" {}
locals {
  fargate = var.stage == "prod" ? true : var.fargate
  mode    = var.platform == "new" ? "awsvpc" : var.mode
}
resource "aws_ecs_task_definition" "api" {
  family                = "checkout-api"
  network_mode          = local.fargate ? "awsvpc" : local.mode
  container_definitions = jsonencode([{ name = "api", image = "nginx:1.27", memory = 256 }])
}
resource "aws_ecs_service" "api" {
  name            = "checkout-api"
  task_definition = aws_ecs_task_definition.api.arn
  dynamic "network_configuration" {
    for_each = local.fargate || local.mode == "awsvpc" ? [1] : []
    content {
      subnets = ["subnet-0a1b2c3d"]
    }
  }
}
"""
    assert lint(write(tmp_path, {"main.tf": text})).findings == []
