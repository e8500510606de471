"""No configuration makes ecslint crash, hang, fill the memory, or read what lies outside.

Every case runs in a process of its own with limits on processor time and memory; what breaks them kills it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from support import TOP, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SECONDS = 30
"""Processor time of a run; most cases need a tenth of a second, those that exhaust the budget some three."""

MEMORY = 2 << 30
"""Bytes of address space."""

TASK = """resource "aws_ecs_task_definition" "t" {
  family                = %s
  container_definitions = jsonencode([{ name = "a", image = "b:1" }])
}
"""


class Done(NamedTuple):
    """The status, and the report as JSON."""

    status: int
    report: dict[str, Any]

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(problem["kind"], problem["path"]) for problem in self.report["problems"]]

    @property
    def reasons(self) -> str:
        """All that is said not to have been evaluated, and why."""
        return "\n".join(each["why"] for each in self.report["unevaluated"])


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _run(folder: Path) -> Done:
    """Lint a folder within the limits."""
    done = subprocess.run(
        [sys.executable, "-m", "ecslint", "--format", "json", "."],
        cwd=folder,
        env={"PYTHONPATH": str(TOP), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        preexec_fn=_limited,
        timeout=120,
        check=False,
    )
    assert done.returncode in {0, 1, 2}, done.stderr[-2000:]
    found = Done(done.returncode, json.loads(done.stdout))
    assert not [problem for problem in found.report["problems"] if problem["kind"] == "internal"]
    return found


def _together(folder: Path, mains: Mapping[str, str], **more: str) -> Done:
    """Lint many root modules in one process, each in a folder of its own."""
    return _run(write(folder, {f"{name}/main.tf".replace(" ", "-"): text for name, text in mains.items()} | more))


def _locals(first: str, step: Callable[[str], str], count: int = 60) -> str:
    """Locals of which each is made of the one before; `local.a59` is the last."""
    lines = "".join(f"  a{at} = {step(f'local.a{at - 1}')}\n" for at in range(1, count))
    return f"locals {{\n  a0 = {first}\n{lines}}}\n"


VALUES = {
    "exponent": '"${1e9999999}"',
    "power": '"${pow(10, 1e9)}"',
    "digits": f'"${{{"9" * 200_000}}}"',
    "range": 'join("", range(1e12))',
    "fine range": 'join("", range(0, 1, 1e-300))',
    "nested ranges": 'join("", [for x in range(1024) : join("", [for y in range(1024) : join("", range(1024))])])',
    "set product": "length(setproduct(range(1000), range(1000), range(1000), range(1000)))",
    "set product of many": f'join("", flatten(setproduct({", ".join(["[1, 2]"] * 60)})))',
    "format width": 'format("%999999999d", 1)',
    "format precision": 'format("%.999999999f", 1 / 3)',
    "many wide formats": 'join("", formatlist("%900000d", range(1000)))',
    "join": f'join("{"x" * 100_000}", range(1024))',
    "indent": 'indent(1000000000, "a\\nb")',
    "replace": f'replace("{"a" * 100_000}", "a", "{"b" * 100_000}")',
    "regex": f'"${{length(regexall("(a+)+$", "{"a" * 50_000}!"))}}"',
    "large regex": f'regex("{"(a?){1000}" * 50}", "a")',
    "template loops": '"' + "%{ for x in range(1024) }" * 3 + "x" + "%{ endfor }" * 3 + '"',
    "file names": f'join("", fileset(".", "{"**/" * 500}{"*a" * 500}"))',
    "addresses": f'join("", cidrsubnets("::/0", {", ".join(["128"] * 5000)}))',
    "yaml aliases": 'jsonencode(yamldecode("'
    + "".join(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9) if at else 'x'}]\\n" for at in range(30))
    + '"))',
    "deep json": f'jsonencode(jsondecode("{"[" * 50_000}{"]" * 50_000}"))',
    "date": 'timeadd("2020-01-01T00:00:00Z", "99999999999999999999h")',
}


EXPLOSIONS = {
    "texts": _locals('"xxxxxxxx"', lambda a: f'"${{{a}}}${{{a}}}"'),
    "lists": _locals("[1, 2]", lambda a: f"[{a}, {a}, {a}]"),
    "concat": _locals("[1, 2]", lambda a: f"concat({a}, {a})"),
    "objects": _locals("{ x = 1 }", lambda a: f"{{ a = {a}, b = {a} }}"),
    "unknown texts": 'variable "u" {}\n' + _locals("var.u", lambda a: f'"${{{a}}}-${{{a}}}"'),
    "conditions": 'variable "u" {}\n' + _locals("var.u", lambda a: f'{a} == "x" ? "${{{a}}}a" : "${{{a}}}b"'),
}


def test_values_that_explode(tmp_path: Path) -> None:
    values = {name: TASK % value for name, value in VALUES.items()}
    explosions = {name: text + TASK % "jsonencode(local.a59)" for name, text in EXPLOSIONS.items()}
    done = _together(tmp_path, values | explosions)
    assert done.status in {0, 1}
    assert done.report["summary"]["projects"] == len(values) + len(explosions)


DEPTH = 100_000
DEEP = {
    "brackets": "[" * DEPTH + "1" + "]" * DEPTH,
    "parentheses": "(" * DEPTH + "1" + ")" * DEPTH,
    "objects": "{a=" * DEPTH + "1" + "}" * DEPTH,
    "templates": '"${' * DEPTH + "1" + '}"' * DEPTH,
    "directives": '"' + "%{ if true }" * 30_000 + "%{ endif }" * 30_000 + '"',
    "calls": "upper(" * DEPTH + '"a"' + ")" * DEPTH,
    "minus": "-" * DEPTH + "1",
    "sum": "1" + " + 1" * DEPTH,
    "conditionals": "true ? " * 50_000 + "1" + " : 1" * 50_000,
    "indices": "local.x" + "[0]" * DEPTH,
    "attributes": "local.x" + ".a" * DEPTH,
    "splats": "local.x" + "[*]" * DEPTH,
}


def test_depth(tmp_path: Path) -> None:
    """What nests too deep is a problem with a place, and the value is unknown."""
    done = _together(tmp_path, {name: TASK % value for name, value in DEEP.items()})
    assert done.status == 2
    assert {path for _, path in done.problems} == {f"{name}/main.tf" for name in DEEP}
    assert all(kind == "hcl-syntax" for kind, _ in done.problems)
    assert all(problem["line"] in {1, 2} for problem in done.report["problems"])


BROKEN = {
    "closing braces": "}" * DEPTH,
    "opening braces": "{" * DEPTH,
    "open blocks": 'a "b" {\n' * DEPTH,
    "quotes": '"' * (DEPTH + 1),
    "open templates": 'x = "' + "${" * 30_000,
    "heredocs": "x = <<A\n" * 30_000,
    "equals signs": "= " * DEPTH,
    "nested blocks": "a {\n" * 50_000 + "}\n" * 50_000,
    "null bytes": 'x = "\0"\n\0\0',
}


def test_broken_syntax(tmp_path: Path) -> None:
    done = _together(tmp_path, BROKEN)
    assert done.status == 2
    assert {path for _, path in done.problems} == {f"{name}/main.tf".replace(" ", "-") for name in BROKEN}
    assert {kind for kind, _ in done.problems} == {"hcl-syntax"}
    assert len(done.problems) <= 20 * len(BROKEN)


FILES = [
    ("main.tf", b"x" * 50_000_000, "limit"),
    ("main.tf", b'x = "' + b"y" * 5_000_000 + b'"\n', "limit"),
    ("main.tf.json", b'{"locals": {"x": "' + b"y" * 50_000_000 + b'"}}', "limit"),
    ("main.tf", bytes(range(256)) * 1000, "encoding"),
    ("main.tf", b'x = "\xff"\n', "encoding"),
    ("main.tf.json", b'{"locals": {"x": "\xff"}}', "encoding"),
    ("main.tf.json", b"{" * 100_000, "json-syntax"),
    ("main.tf.json", b'{"locals": {"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}", "json-syntax"),
    ("main.tf.json", b'{"locals": {"x": \0}}', "json-syntax"),
    ("main.tf.json", b"", "json-syntax"),
]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, {})
    for at, (name, content, _) in enumerate(FILES):
        (tmp_path / f"m{at}").mkdir()
        (tmp_path / f"m{at}" / name).write_bytes(content)
    done = _run(tmp_path)
    assert done.status == 2
    assert sorted(set(done.problems)) == sorted((kind, f"m{at}/{name}") for at, (name, _, kind) in enumerate(FILES))


def test_values_in_json(tmp_path: Path) -> None:
    deep = ["1e9999999", "9" * 100_000, json.dumps("${" + "[" * 10_000), json.dumps("${" * 10_000), '"\\ud800"']
    task = '{"locals": {"a": "${local.a}"}, "resource": {"aws_ecs_task_definition": {"t": {"family": VALUE}}}}'
    folder = write(tmp_path, {f"m{at}/main.tf.json": task.replace("VALUE", value) for at, value in enumerate(deep)})
    assert _run(folder).report["summary"]["projects"] == len(deep)


SERVICE = 'resource "aws_ecs_service" "s" {{\n  {} = {}\n  name = "s"\n}}\n'


INSTANCES = {
    "count": SERVICE.format("count", "1e9"),
    "infinite count": SERVICE.format("count", "1e400"),
    "negative count": SERVICE.format("count", "-1"),
    "product": SERVICE.format("for_each", 'toset([for p in setproduct(range(1000), range(1000)) : join("-", p)])'),
    "literal": SERVICE.format("for_each", "toset([" + ", ".join(f'"k{at}"' for at in range(20_000)) + "])"),
    "dynamic": 'resource "aws_ecs_service" "s" {\n'
    + "".join(f'  dynamic "b{at}" {{\n for_each = range(1024)\n content {{\n' for at in range(3))
    + "  }\n" * 6
    + "}\n",
}


def test_many_instances(tmp_path: Path) -> None:
    done = _together(tmp_path, {name: TASK % '"a"' + block for name, block in INSTANCES.items()})
    assert done.status in {0, 1}
    assert done.report["summary"]["projects"] == len(INSTANCES)


def _call(source: str, name: str = "m", more: str = "") -> str:
    return f'module "{name}" {{\n  source = "{source}"\n{more}}}\n'


MODULES = {
    "itself": {"main.tf": _call("./")},
    "each other": {"a/main.tf": _call("../b"), "b/main.tf": _call("../a")},
    "a long chain": {f"m{at}/main.tf": _call(f"../m{at + 1}") for at in range(200)},
    "two each": {f"m{at}/main.tf": "".join(_call(f"../m{at + 1}", name) for name in "ab") for at in range(19)},
    "a count of a count": {
        "main.tf": _call("./a", more="  count = 1e9\n"),
        "a/main.tf": _call("../b", more="  count = 1e9\n"),
        "b/main.tf": TASK % '"b"',
    },
    "json": {"main.tf.json": '{"module": {"m": {"source": "./"}}}'},
}


@pytest.mark.parametrize("files", MODULES.values(), ids=MODULES.keys())
def test_modules_without_end(files: dict[str, str], tmp_path: Path) -> None:
    named = {name: text + (TASK % '"a"' if name.endswith(".tf") else "") for name, text in files.items()}
    assert _run(write(tmp_path, named)).status in {0, 1}


OUTSIDE = "outside-of-the-boundary"

READS = [
    'file("/etc/passwd")',
    'file("/dev/zero")',
    'file("../outside/secret.txt")',
    'templatefile("../outside/secret.txt", {})',
    'file("link.txt")',
    'file("folder/secret.txt")',
    'join(",", fileset("folder", "**"))',
    'join(",", fileset("..", "**"))',
    'filemd5("link.txt")',
    'file("~/.bashrc")',
]


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(OUTSIDE, encoding="utf-8")
    main = "".join(TASK.replace('"t"', f'"t{at}"') % read for at, read in enumerate(READS))
    folder = write(tmp_path / "inside", {"main.tf": main})
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    done = _run(folder)
    assert OUTSIDE not in json.dumps(done.report)
    assert done.report["summary"]["attributes"]["unknown"] >= len(READS)
    assert "lies outside the boundary and is not read" in done.reasons


def test_templates_that_include(tmp_path: Path) -> None:
    templates = {"itself/a.tpl": '${templatefile("a.tpl", {})}', "two/a.tpl": '${templatefile("b.tpl", {})}'}
    included = {"two/b.tpl": '${templatefile("a.tpl", {})}'}
    main = TASK % 'templatefile("a.tpl", {})'
    done = _together(tmp_path, {"itself": main, "two": main}, **templates, **included)
    assert done.status in {0, 1}
    assert done.report["summary"]["attributes"]["unknown"]
