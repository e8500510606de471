"""What a finding says of the conditions that it depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support import lint, write

from ecslint.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

TASK = """
resource "aws_ecs_task_definition" "api" {
  family                = "checkout-api"
  container_definitions = CONTAINERS
}
"""


def test_an_element_is_told_by_the_variable_that_it_is(tmp_path: Path) -> None:
    text = """
variable "container_memory" {
  type = number
}
locals {
  container = { name = "app", image = "nginx:1.27", memory = var.container_memory }
  given     = { for k, v in local.container : k => v if v != null }
}
"""
    report = lint(write(tmp_path, {"main.tf": text + TASK.replace("CONTAINERS", "jsonencode([local.given])")}))
    found = next(finding for finding in report.findings if finding.rule == "container-size-invalid")
    assert found.severity is Severity.WARNING
    assert found.message == "Neither `app` nor the task has memory, if `var.container_memory == null`"


def test_what_terraform_refuses_is_no_way_for_ecs_to_fail(tmp_path: Path) -> None:
    text = """
variable "enabled" {
  type = bool
}
locals {
  containers = var.enabled ? jsonencode([{ name = "app", image = "nginx:1.27", memory = 256 }]) : null
}
"""
    report = lint(write(tmp_path, {"main.tf": text + TASK.replace("CONTAINERS", "local.containers")}))
    assert not [finding for finding in report.findings if finding.rule == "required-key-missing"]


def test_a_branch_that_is_not_taken_with_a_condition_is_not_judged_with_it(tmp_path: Path) -> None:
    text = """
variable "accounts" {
  type = map(object({ name = string }))
}
variable "parameter" {
  type = string
}
locals {
  account = contains(keys(var.accounts), terraform.workspace) ? var.accounts[terraform.workspace] : var.accounts["dev"]
  more    = [{ name = "KEY", valueFrom = local.account.name == "prod" ? "/checkout/key" : "" }]
}
"""
    secrets = 'local.account.name == "prod" ? local.more : []'
    containers = f'jsonencode([{{ name = "app", image = "nginx:1.27", memory = 256, secrets = {secrets} }}])'
    report = lint(write(tmp_path, {"main.tf": text + TASK.replace("CONTAINERS", containers)}))
    assert not [finding for finding in report.findings if finding.rule == "value-from-is-no-reference"]
