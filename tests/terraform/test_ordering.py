"""What Terraform makes before a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import write

from terraform.evaluated import project

if TYPE_CHECKING:
    from pathlib import Path

LISTENER = 'resource "aws_lb_listener" "api" {\n  port = 80\n}\n'
BALANCING = (
    LISTENER
    + """
resource "aws_lb_target_group" "api" {}
output "plain" {
  value = aws_lb_target_group.api.arn
}
output "late" {
  value      = aws_lb_target_group.api.arn
  depends_on = [aws_lb_listener.api]
}
"""
)
APP = """
variable "group" {}
resource "aws_ecs_service" "api" {
  name = var.group
}
"""


def _before(folder: Path, files: dict[str, str], address: str = "aws_ecs_service.api") -> list[str] | None:
    found = project(write(folder, files))
    (service,) = [item for item in found.resources if item.address == address]
    assert service.awaits is not None
    before = service.awaits()
    return None if before is None else sorted(item.address for item in before)


@pytest.mark.parametrize(
    "argument",
    [
        "depends_on = [aws_lb_listener.api]",
        'depends_on = ["aws_lb_listener.api"]',
        "name = aws_lb_listener.api.arn",
        'name = "api-${aws_lb_listener.api.port}"',
        "name = local.listener",
        "tags = { for key in [aws_lb_listener.api.arn] : key => key }",
        "count = length(aws_lb_listener.api.arn) > 0 ? 1 : 1",
        "depends_on = [null_resource.wait]",
        "lifecycle {\n  replace_triggered_by = [aws_lb_listener.api]\n}",
        'dynamic "load_balancer" {\n  for_each = [aws_lb_listener.api.arn]\n  content {}\n}',
    ],
)
def test_a_reference_is_a_dependency(argument: str, tmp_path: Path) -> None:
    text = f"""{LISTENER}
locals {{
  listener = aws_lb_listener.api.arn
}}
resource "null_resource" "wait" {{
  triggers = {{ listener = local.listener }}
}}
resource "aws_ecs_service" "api" {{
  {argument}
}}
"""
    address = "aws_ecs_service.api[0]" if argument.startswith("count") else "aws_ecs_service.api"
    before = _before(tmp_path, {"main.tf": text}, address)
    assert before is not None
    assert "aws_lb_listener.api" in before


@pytest.mark.parametrize(
    ("call", "waits"),
    [
        ("group = module.balancing.plain", False),
        ("group = module.balancing.late", True),
        ("group = module.balancing.plain\n  depends_on = [module.balancing]", True),
        ("group = module.balancing", True),
    ],
)
def test_an_output_is_not_its_module(call: str, waits: bool, tmp_path: Path) -> None:
    main = f"""
module "balancing" {{
  source = "./balancing"
}}
module "app" {{
  source = "./app"
  {call}
}}
"""
    files = {"main.tf": main, "balancing/main.tf": BALANCING, "app/main.tf": APP}
    before = _before(tmp_path, files, "module.app.aws_ecs_service.api")
    assert before is not None
    assert "module.balancing.aws_lb_target_group.api" in before
    assert ("module.balancing.aws_lb_listener.api" in before) is waits


def test_an_unread_module_leads_to_what_it_is_given(tmp_path: Path) -> None:
    text = f"""{LISTENER}
module "elsewhere" {{
  source   = "example/elsewhere/aws"
  listener = aws_lb_listener.api.arn
}}
resource "aws_ecs_service" "api" {{
  name = module.elsewhere.name
}}
"""
    assert _before(tmp_path, {"main.tf": text}) == ["aws_lb_listener.api"]


def test_what_nobody_refers_to_may_come_later(tmp_path: Path) -> None:
    text = f'{LISTENER}resource "aws_ecs_service" "api" {{\n  name = "aws_lb_listener.api"\n}}\n'
    assert _before(tmp_path, {"main.tf": text}) == []
