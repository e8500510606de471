"""The hooks that others use, run by the real pre-commit in scratch repositories."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from scratch import ENVIRONMENT, commit, copy, git, repository
from support import TOP

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}

MATTERS = [
    *("main.tf", "infra/modules/app/main.tf", "main.tf.json", "prod.tfvars", "env/prod.auto.tfvars", "ecs.tofu"),
    *("template.yaml", "stack.yml", "cfn/app.template", "cdk.out/App.template.json", "task-definition.json"),
    *("taskdef.json", "containers.json.tpl", "ecs/service.json.tftpl", "terragrunt.hcl"),
    *(".github/workflows/deploy.yml", "docker-compose.yml", "Dockerfile", "api/Dockerfile.prod", "api.dockerfile"),
    *(".ecslint.yml", ".env.example", "api/.env.sample"),
]
MATTERS_NOT = [
    "README.md",
    "src/app.py",
    "a.tfstate",
    "Dockerfile/notes.txt",
    ".env",
    "template.yaml.bak",
    "x.env.example",
]

TASKS = [
    *("task-definition.json", "taskdef.json", "deploy/taskdef-prod.json", "ecs/task_definition.json", "TaskDef.json"),
    *(".aws/task-definition.json", "task-def.json", "containers/container-definitions.json", "ecs-task.json"),
]
TASKS_NOT = ["package.json", "tsconfig.json", "task-definition.yaml", "tasks/main.json", "main.tf"]


@pytest.mark.parametrize(("hook", "matches", "others"), [
    ("ecslint", MATTERS, MATTERS_NOT), ("ecslint-task-definition", TASKS, TASKS_NOT)
])  # fmt: skip
def test_the_patterns_match(hook: str, matches: list[str], others: list[str]) -> None:
    pattern = re.compile(HOOKS[hook]["files"])
    assert [path for path in matches if not pattern.search(path)] == []
    assert [path for path in others if pattern.search(path)] == []


def test_the_hooks_are_what_they_say() -> None:
    assert HOOKS["ecslint"]["pass_filenames"] is False
    assert HOOKS["ecslint-task-definition"].get("pass_filenames", True)
    assert all(hook["require_serial"] for hook in HOOKS.values())


class Hooked:
    """Scratch repositories that use this checkout's hooks; `top` is shared by all that run tests."""

    def __init__(self, top: Path, scratch: Path) -> None:
        self.home = top / "home"
        self.hooks = top / "hooks"
        self.scratch = scratch
        if not self.hooks.exists():
            commit(copy(repository(self.hooks, {})), {}, "The checkout as it stands")
        self.revision = git(self.hooks, "rev-parse", "HEAD")
        self.environment = {**ENVIRONMENT, "PRE_COMMIT_HOME": str(self.home)}

    def call(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments, cwd=folder, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )

    def repository(self, name: str, files: dict[str, str], hook: str = "ecslint", **settings: object) -> Path:
        """A repository with a commit of these files, and the hook installed for the next."""
        config = {"repos": [{"repo": str(self.hooks), "rev": self.revision, "hooks": [{"id": hook, **settings}]}]}
        folder = repository(self.scratch / name, {**files, ".pre-commit-config.yaml": yaml.safe_dump(config)})
        done = self.call(folder, sys.executable, "-m", "pre_commit", "install")
        assert done.returncode == 0, done.stdout + done.stderr
        return folder

    def commit(self, folder: Path, files: dict[str, str]) -> tuple[bool, str]:
        """Whether a commit of these files goes through, and what was printed."""
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        git(folder, "add", "--all")
        done = self.call(folder, "git", "commit", "--message", "Change")
        return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Hooked:
    if shutil.which("git") is None:
        pytest.skip("git is not on this machine")
    pytest.importorskip("pre_commit", reason="pre-commit is not on this machine")
    scratch = tmp_path_factory.mktemp("pre-commit")
    top = scratch.parent.parent if "PYTEST_XDIST_WORKER" in os.environ else scratch
    from filelock import FileLock

    with FileLock(top / "hooks.lock"):
        made = Hooked(top, scratch)
        probe = made.repository("probe", {})
        done = made.call(probe, sys.executable, "-m", "pre_commit", "install-hooks")
    if done.returncode:
        reason = next((line for line in done.stdout.splitlines() if "ERROR" in line), done.stdout[-300:])
        if re.search(r"Temporary failure|No matching distribution|Connection|Max retries", done.stdout):
            pytest.skip(f"no package registry is in reach: {reason}")
        pytest.fail(done.stdout)
    return made


def task(image: str = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1.2", **more: Any) -> str:
    role = "arn:aws:iam::111122223333:role/execution"
    container = {"name": "app", "image": image, **more}
    return json.dumps({"family": "a", "executionRoleArn": role, "containerDefinitions": [container]}, indent=1)


CLASH: dict[str, Any] = {
    "environment": [{"name": "A", "value": "b"}],
    "secrets": [{"name": "A", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/a"}],
}


def test_a_fault_stops_the_commit_and_its_mend_passes(hooked: Hooked) -> None:
    folder = hooked.repository("fault", {"deploy/task-definition.json": task()})
    passed, text = hooked.commit(folder, {"deploy/task-definition.json": task(**CLASH)})
    assert not passed
    assert "error[name-in-environment-and-secrets]" in text
    assert "--> deploy/task-definition.json:" in text
    passed, text = hooked.commit(folder, {"deploy/task-definition.json": task(cpu=1)})
    assert passed, text
    assert "Passed" in text


def test_a_repository_without_ecs_passes(hooked: Hooked) -> None:
    folder = hooked.repository("nothing", {"package.json": "{}"})
    passed, text = hooked.commit(folder, {"package.json": '{"name": "a"}'})
    assert passed, text
    assert "Passed" in text
    passed, text = hooked.commit(folder, {"README.md": "Nothing that could matter"})
    assert passed, text
    assert "Skipped" in text


def test_a_file_that_cannot_be_read_stops_the_commit(hooked: Hooked) -> None:
    folder = hooked.repository("broken", {})
    passed, text = hooked.commit(folder, {"taskdef.json": task()[:-3]})
    assert not passed
    assert "problem[json-syntax]" in text


TERRAFORM = """
module "app" {
  source = "../modules/app"
  cpu    = 512
}
"""
APP = """
variable "cpu" {}
resource "aws_ecs_task_definition" "app" {
  family                   = "a"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = MEMORY
  container_definitions    = jsonencode([{ name = "app", image = "a:1.2" }])
}
"""


def test_a_change_to_a_terraform_module_is_judged_by_its_caller(hooked: Hooked) -> None:
    files = {"root/main.tf": TERRAFORM, "modules/app/main.tf": APP.replace("MEMORY", "1024")}
    folder = hooked.repository("terraform", files)
    passed, text = hooked.commit(folder, {"modules/app/main.tf": APP.replace("MEMORY", "8192")})
    assert not passed
    assert "error[fargate-cpu-memory]" in text
    assert "root/main.tf" in text
    passed, text = hooked.commit(folder, {"modules/app/main.tf": APP.replace("MEMORY", "2048")})
    assert passed, text


ROOT = """
Resources:
  App:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ../modules/app.yaml
      Parameters: {Cpu: "512"}
"""
MODULE = """
Parameters:
  Cpu: {Type: String}
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: a
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: !Ref Cpu
      Memory: "MEMORY"
      ContainerDefinitions: [{Name: app, Image: "a:1.2"}]
"""


def test_a_change_to_a_module_is_judged_by_its_caller(hooked: Hooked) -> None:
    """The module alone does not know its size: only the root that calls it, which has not changed, says which."""
    files = {"root/main.yaml": ROOT, "modules/app.yaml": MODULE.replace("MEMORY", "1024")}
    folder = hooked.repository("module", files)
    passed, text = hooked.commit(folder, {"modules/app.yaml": MODULE.replace("MEMORY", "8192")})
    assert not passed
    assert "error[fargate-cpu-memory]" in text
    assert "root/main.yaml" in text
    passed, text = hooked.commit(folder, {"modules/app.yaml": MODULE.replace("MEMORY", "2048")})
    assert passed, text


def test_the_hook_for_task_definitions_lints_what_changed(hooked: Hooked) -> None:
    files = {"old/taskdef.json": task(**CLASH)}
    folder = hooked.repository("files", files, "ecslint-task-definition")
    passed, text = hooked.commit(folder, {"new/taskdef.json": task(), "package.json": "{}"})
    assert passed, text
    passed, text = hooked.commit(folder, {"new/taskdef.json": task(**CLASH)})
    assert not passed
    assert "new/taskdef.json" in text
    assert "old/taskdef.json" not in text


def test_a_baseline_lets_old_faults_pass(hooked: Hooked) -> None:
    folder = hooked.repository("adopted", {"a/taskdef.json": task(**CLASH)}, args=[".", "--baseline", "known.yml"])
    (ecslint,) = hooked.home.glob("repo*/py_env*/bin/ecslint")
    assert hooked.call(folder, str(ecslint), ".", "--write-baseline", "known.yml").returncode == 0
    passed, text = hooked.commit(folder, {"a/taskdef.json": task(cpu=2, **CLASH)})
    assert passed, text
    passed, text = hooked.commit(folder, {"b/taskdef.json": task(**CLASH)})
    assert not passed
    assert "b/taskdef.json" in text
    assert "a/taskdef.json" not in text
