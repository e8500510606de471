"""Twice the configuration takes twice the time, not four times."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import pytest
from support import lint, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

MOST = 2.2
"""How much longer twice as much may take. Linear is 2.0; the rest is noise of a busy machine. Quadratic is 4."""

TASK = """resource "aws_ecs_task_definition" "t%d" {
  family                = "a%d"
  container_definitions = jsonencode([{
    name        = "app"
    image       = "app:1.0"
    environment = [{ name = "A", value = local.a }]
  }])
}
"""


def _resources(size: int) -> Mapping[str, str]:
    tasks = "".join(TASK % (at, at) for at in range(size))
    return {"main.tf": f'locals {{\n  a = "x"\n}}\n{tasks}'}


def _locals(size: int) -> Mapping[str, str]:
    lines = "".join(f'  a{at} = "${{local.a{max(at - 1, 0)}}}"\n' for at in range(1, size))
    chain = "".join(f"  b{at} = [local.a{at % 100}, {at}, upper(local.a0)]\n" for at in range(size))
    text = f'locals {{\n  a0 = "x"\n{lines}{chain}}}\n'
    used = "".join(f"  b{at} = local.b{at}\n" for at in range(size))
    return {"main.tf": f"{text}locals {{\n  a = jsonencode({{\n{used}}})\n}}\n{TASK % (0, 0)}"}


def _modules(size: int) -> Mapping[str, str]:
    calls = "".join(f'module "m{at}" {{\n  source = "./m{at}"\n  name = "n{at}"\n}}\n' for at in range(size))
    task = TASK.replace("local.a", "var.name") % (0, 0)
    inner = f'variable "name" {{}}\n{task}output "arn" {{\n  value = aws_ecs_task_definition.t0.arn\n}}\n'
    return {"main.tf": calls, **{f"m{at}/main.tf": inner for at in range(size)}}


def _calls(size: int) -> Mapping[str, str]:
    """One module called often."""
    return {
        "main.tf": "".join(f'module "m{at}" {{\n  source = "./m"\n  name = "n{at}"\n}}\n' for at in range(size)),
        "m/main.tf": _modules(1)["m0/main.tf"],
    }


def _seconds(folder: Path, files: Mapping[str, str]) -> float:
    """Processor time of the best of three runs."""
    write(folder, files)
    best = float("inf")
    for _ in range(3):
        gc.collect()
        begin = time.process_time()
        lint(folder)
        best = min(best, time.process_time() - begin)
    return best


@pytest.mark.parametrize(("files", "size"), [(_resources, 60), (_locals, 400), (_modules, 50), (_calls, 60)])
def test_time_grows_with_size(files: Callable[[int], Mapping[str, str]], size: int, tmp_path: Path) -> None:
    lint(write(tmp_path / "warm", files(2)))
    once, twice = files(size), files(2 * size)
    # A busy machine may disturb one measurement; a quadratic loop is there in all of them.
    assert any(
        _seconds(tmp_path / f"large{turn}", twice) / _seconds(tmp_path / f"small{turn}", once) < MOST
        for turn in range(3)
    )
