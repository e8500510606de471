"""The container definitions of a published module that is not on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import run, write

from ecslint.model import TaskDefinition

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.model import Container

CLOUDPOSSE = "cloudposse/ecs-container-definition/aws"


def containers(folder: Path, inputs: str, use: str = "jsonencode([module.api.json_map_object])", **more: str) -> list:  # type: ignore[type-arg]
    """The containers of a task definition that uses the module's output."""
    source = more.get("source", CLOUDPOSSE)
    text = f"""
    variable "unknown" {{}}
    module "api" {{
      source          = "{source}"
      container_name  = "api"
      container_image = "nginx:1.27"
      {inputs}
    }}
    resource "aws_ecs_task_definition" "api" {{
      family                = "api"
      container_definitions = {use}
    }}
    """
    (project,) = run(write(folder, {"main.tf": text})).workspace.projects
    (task,) = project.all(TaskDefinition)
    return list(task.containers)


@pytest.mark.parametrize(
    "use",
    [
        "jsonencode([module.api.json_map_object])",
        '"[${module.api.json_map_encoded}]"',
        "module.api.json_map_encoded_list",
        "module.api.sensitive_json_map_encoded_list",
        "module.api.json",
    ],
)
def test_every_output_holds_the_container(tmp_path: Path, use: str) -> None:
    (container,) = containers(tmp_path, "stop_timeout = 90", use)
    assert container.name.string == "api"
    assert container.stop_timeout.integer == 90


@pytest.mark.parametrize(
    "source",
    [
        "git::https://github.com/cloudposse/terraform-aws-ecs-container-definition.git?ref=tags/0.21.0",
        "github.com/cloudposse/terraform-aws-ecs-container-definition",
        "git@github.com:cloudposse/terraform-aws-ecs-container-definition.git",
    ],
)
def test_the_repository_is_the_module_too(tmp_path: Path, source: str) -> None:
    (container,) = containers(tmp_path, "", source=source)
    assert container.image.value.string == "nginx:1.27"


@pytest.mark.parametrize(
    ("source", "use"),
    [
        ("cloudposse/ecs-container-definitions/aws", "jsonencode([module.api.json_map_object])"),
        ("github.com/example/terraform-aws-ecs-container-definition", "jsonencode([module.api.json_map_object])"),
        (CLOUDPOSSE, "jsonencode([module.api.another_output])"),
    ],
)
def test_of_others_nothing_is_known(tmp_path: Path, source: str, use: str) -> None:
    (container,) = containers(tmp_path, "", use, source=source)
    assert container.name.string is None


def test_nulls_are_left_out_and_the_container_may_hold_more(tmp_path: Path) -> None:
    (container,) = containers(tmp_path, "container_memory = null\ncontainer_cpu = var.unknown")
    assert not container.memory.present.yes
    assert not container.cpu.absent.yes
    assert container.document.open


def test_scalars_have_the_types_of_the_api(tmp_path: Path) -> None:
    ports = 'port_mappings = [{ containerPort = "8080", hostPort = 8080, protocol = "tcp" }]'
    maps = 'map_environment = { PORT = 8080 }\nmap_secrets = { KEY = var.unknown }\nreadonly_root_filesystem = "true"'
    container: Container
    (container,) = containers(tmp_path, f'{ports}\n{maps}\ncontainer_memory = "lots"')
    (mapping,) = container.port_mappings
    (variable,) = container.environment
    (secret,) = container.secrets
    assert (mapping.container_port.kind, mapping.container_port.integer) == ("number", 8080)
    assert (variable.value.kind, variable.value.string) == ("string", "8080")
    assert (secret.name.string, secret.value_from.string) == ("KEY", None)
    assert container.readonly_root_filesystem.true.yes
    assert container.memory.kind is None


def test_a_map_wins_over_the_list(tmp_path: Path) -> None:
    both = 'environment = [{ name = "A", value = "1" }]\nmap_environment = { B = "2" }'
    (container,) = containers(tmp_path, both)
    assert [variable.name.string for variable in container.environment] == ["B"]


def test_a_map_that_depends(tmp_path: Path) -> None:
    clash = 'map_secrets = { A = "arn:aws:ssm:eu-west-1:111122223333:parameter/a" }'
    containers(tmp_path, 'map_environment = var.unknown == "a" ? { A = "1" } : { B = "2" }\n' + clash)
    (finding,) = [one for one in run(tmp_path).report().findings if one.rule == "name-in-environment-and-secrets"]
    assert finding.severity.word == "warning"
    assert finding.message.endswith('if `var.unknown == "a"`')


def test_what_is_laid_over_all_is_not_known(tmp_path: Path) -> None:
    (container,) = containers(tmp_path, 'container_definition = { name = "other" }')
    assert container.name.string is None


def test_a_finding_stands_where_the_caller_wrote_it(tmp_path: Path) -> None:
    containers(
        tmp_path, 'map_environment = { A = "1" }\n map_secrets = { A = "arn:aws:ssm:a:111122223333:parameter/a" }'
    )
    (finding,) = [one for one in run(tmp_path).report().findings if one.rule == "name-in-environment-and-secrets"]
    assert finding.primary.text == "A"
