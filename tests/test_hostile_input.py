"""No input makes it crash, hang or say nothing: each gives a problem with its place, and the rest is still linted."""

from __future__ import annotations

import json
import os
import socket
import time
from random import Random
from typing import TYPE_CHECKING

import pytest
from mutation import mutated
from support import FIXTURES, SOON, command, lint, write
from test_rules import CASES

from ecslint.commands.check import status
from ecslint.reporters import FORMATS, View, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ecslint.engine import Report

FAULT = "name-in-environment-and-secrets"
SECRET = {"name": "TOKEN", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/token"}
CONTAINER = {
    "name": "app",
    "image": "public.ecr.aws/nginx/nginx:1.27",
    "memory": 256,
    "environment": [{"name": "TOKEN", "value": "x"}],
    "secrets": [SECRET],
}
TASK = {
    "family": "checkout",
    "executionRoleArn": "arn:aws:iam::111122223333:role/execution",
    "containerDefinitions": [CONTAINER],
}
FAULTY = json.dumps(TASK, indent=2)
"""A task definition with one fault, which must be found whatever lies beside it."""


def task(member: str) -> str:
    """A task definition whose container has one member more, in JSON's words."""
    return f'{{"family": "a", "containerDefinitions": [\n {{"name": "app", "image": "b:1", "memory": 64,\n{member}}}]}}'


def template(properties: str) -> str:
    return f"Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n{properties}\n"


def resource(arguments: str) -> str:
    return f'resource "aws_ecs_task_definition" "main" {{\n{arguments}\n}}\n'


def wanted(report: Report) -> None:
    """A run that went on: the fault of the file beside it is found, and every format can tell the report."""
    assert [finding.rule for finding in report.findings if finding.primary.file.path == "z.json"] == [FAULT]
    for format in FORMATS:
        assert "Traceback" not in render(format, report, View(report.workspace.root))


# Files that cannot be read whole

PROBLEMS: dict[str, tuple[str, str | bytes, str, int | None]] = {
    "an unclosed array": ("a.json", '{"containerDefinitions": [{]}', "json-syntax", 1),
    "an unclosed text": ("a.json", task('"user": "x'), "json-syntax", 3),
    "cut off": ("a.json", FAULTY[: len(FAULTY) // 2], "json-syntax", 9),
    "NUL": ("a.json", task('"user": "a\0b"'), "json-syntax", 3),
    "NaN": ("a.json", task('"cpu": NaN'), "json-syntax", 3),
    "Infinity": ("a.json", task('"cpu": -Infinity'), "json-syntax", 3),
    "hexadecimal": ("a.json", task('"cpu": 0x10'), "json-syntax", 3),
    "5,000 digits": ("a.json", task('"cpu": 1' + "0" * 5000), "json-syntax", 3),
    "5,000 decimals": ("a.json", task('"cpu": 1.' + "0" * 5000), "json-syntax", 3),
    "10,000 arrays": ("a.json", '{"containerDefinitions":\n' + "[" * 10_000 + "]" * 10_000 + "}", "limit", 2),
    "10,000 objects": ("a.json", '{"containerDefinitions":\n' + '{"a":' * 10_000 + "1" + "}" * 10_001, "limit", 2),
    "10,000 lists": ("a.yaml", template("      Volumes: " + "[" * 10_000), "limit", 5),
    "10,000 blocks": ("main.tf", resource("a {\n" * 10_000 + "}\n" * 10_000), "hcl-syntax", 101),
    "Latin-1": ("a.json", task('"user": "é"').encode("latin-1"), "encoding", None),
    "half of UTF-16": ("a.json", FAULTY.encode("utf-16")[:-1], "encoding", None),
    "a binary": ("a.json", b'\0\xff"containerDefinitions":' + bytes(range(256)), "encoding", None),
    "32 MiB and more": ("a.json", FAULTY + " " * (32 << 20), "limit", None),
    "an alias bomb": (
        "a.yaml",
        "a0: &a0 [x, x]\n"
        + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
        + template("      Volumes: *a59"),
        "limit",
        19,
    ),
    "an unclosed mapping": ("a.yaml", template("      Family: {a: b"), "yaml-syntax", 5),
    "a tab": ("a.yaml", template("\tFamily: a"), "yaml-syntax", 5),
    "an argument without a value": ("main.tf", resource("family ="), "hcl-syntax", 2),
    "NUL in HCL": ("main.tf", resource('family = "a\0b"'), "hcl-syntax", 2),
    "no HCL at all": ("main.tf", '}}}} "', "hcl-syntax", 1),
    "HCL in Latin-1": ("main.tf", resource('family = "é"').encode("latin-1"), "encoding", None),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_cannot_be_read_is_a_problem_and_the_rest_is_linted(name: str, tmp_path: Path) -> None:
    path, content, kind, line = PROBLEMS[name]
    write(tmp_path, {"z.json": FAULTY})
    (tmp_path / path).write_bytes(content.encode() if isinstance(content, str) else content)
    start = time.process_time()
    report = lint(tmp_path)
    assert time.process_time() - start < SOON
    wanted(report)
    assert status(report, exit_zero=False) == 2
    problem = report.problems[0]
    assert (problem.kind, problem.path) == (kind, path)
    assert problem.message
    assert "\n" not in problem.message
    place = problem.place
    assert (place and place.file.position(place.start)[0]) == line


# Files that are odd, and can be read

READ: dict[str, tuple[str, str | bytes]] = {
    "a byte order mark": ("a.json", b"\xef\xbb\xbf" + FAULTY.encode()),
    "UTF-16": ("a.json", FAULTY.encode("utf-16")),
    "UTF-16, the other way round": ("a.json", b"\xfe\xff" + FAULTY.encode("utf-16-be")),
    "CRLF": ("a.json", FAULTY.replace("\n", "\r\n")),
    "CR": ("a.json", FAULTY.replace("\n", "\r")),
    "half a surrogate pair": ("a.json", FAULTY.replace('"x"', r'"\ud800"')),
    "two halves in the wrong order": ("a.json", FAULTY.replace('"x"', r'"\udc00\ud800"')),
    "a key twice": ("a.json", FAULTY.replace('"memory": 256', '"memory": "?", "memory": 256')),
    "1e999": ("a.json", FAULTY.replace("256", "1e999")),
    "3,999 digits": ("a.json", FAULTY.replace("256", "9" * 3999)),
    "a long line": ("a.json", json.dumps(TASK) + " " * 1_000_000),
    "a million line ends": ("a.json", FAULTY + "\n" * 1_000_000),
    "Unicode's other line ends": ("a.json", FAULTY.replace('"x"', '"\u2028\u2029\x85\u0085"')),
    "text that turns round": ("a.json", FAULTY.replace('"x"', '"\u202e\u2066"')),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_odd_is_read(name: str, tmp_path: Path) -> None:
    path, content = READ[name]
    write(tmp_path, {"z.json": FAULTY})
    (tmp_path / path).write_bytes(content.encode() if isinstance(content, str) else content)
    report = lint(tmp_path)
    wanted(report)
    assert report.problems == []
    (finding,) = [found for found in report.findings if found.primary.file.path == path and found.rule == FAULT]
    assert finding.primary.text.strip('"') == "TOKEN"


HARMLESS: dict[str, tuple[str, str]] = {
    "a tag that runs a program": ("a.yaml", template('      Family: !!python/object/apply:os.system ["touch ran"]')),
    "an object of Python": ("a.yaml", template("      Family: !!python/object:os.x {}\n      Cpu: !!binary aGVs")),
    "types of YAML": ("a.yaml", template("      Volumes: !!set {a, b}\n      Cpu: !!timestamp 2001-99-99")),
    "numbers of YAML": ("a.yaml", template("      Cpu: .nan\n      Memory: 190:20:30\n      Family: 0o17")),
    "a mapping that holds itself": ("a.yaml", template("      &p\n      Family: *p\n      <<: *p")),
    "keys that are no text": (
        "a.yaml",
        template("      ? [a, b]\n      : 1\n      ? {a: b}\n      : 2\n      null: 3"),
    ),
    "two documents": ("a.yaml", template("      Family: a") + "---\n[\n"),
    "10,000 brackets": ("main.tf", resource(f"family = {'[' * 10_000}{']' * 10_000}")),
    "10,000 parentheses": ("main.tf", resource(f"family = {'(' * 10_000}1{')' * 10_000}")),
    "10,000 sums": ("main.tf", resource(f"family = {'1 + ' * 10_000}1")),
    "10,000 signs": ("main.tf", resource(f"cpu = {'-' * 10_000}1\nfamily = {'!' * 10_000}true")),
    "5,000 conditions": ("main.tf", resource(f"family = {'true ? 1 : ' * 5000}1")),
    "5,000 calls": ("main.tf", resource(f"family = {'upper(' * 5000}1{')' * 5000}")),
    "huge numbers": ("main.tf", resource("cpu = 1e999999999\nmemory = pow(10, pow(10, 10))")),
    "huge texts": ("main.tf", resource('family = format("%0999999999d", 1)\ncpu = join("", range(100000000))')),
    "a billion instances": ("main.tf", resource("count = 1000000000\nfamily = count.index")),
    "a pattern that backtracks": ("main.tf", resource(f'family = regex("(a+)+$", "{"a" * 60}b")')),
    "locals in a circle": ("main.tf", "locals {\n  a = local.b\n  b = local.a\n}\n" + resource("family = local.a")),
    "a module that calls itself": ("main.tf", 'module "a" {\n  source = "./"\n}\n' + resource('family = "a"')),
    "a chain of locals": (
        "main.tf",
        "locals {\n  a0 = 1\n"
        + "".join(f"  a{n} = local.a{n - 1}\n" for n in range(1, 5000))
        + "}\n"
        + resource("family = local.a4999"),
    ),
    "texts that double": (
        "main.tf",
        'locals {\n  a0 = "x"\n'
        + "".join(f'  a{n} = "${{local.a{n - 1}}}${{local.a{n - 1}}}"\n' for n in range(1, 60))
        + "}\n"
        + resource("family = local.a59"),
    ),
    "lists that double": (
        "main.tf",
        "locals {\n  a0 = [1]\n"
        + "".join(f"  a{n} = [local.a{n - 1}, local.a{n - 1}]\n" for n in range(1, 60))
        + "}\n"
        + resource("container_definitions = jsonencode(local.a59)"),
    ),
    "a file outside": ("main.tf", resource('container_definitions = file("../../../../etc/passwd")')),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_means_harm_does_none(name: str, tmp_path: Path) -> None:
    path, text = HARMLESS[name]
    start = time.process_time()
    report = lint(write(tmp_path, {"z.json": FAULTY, path: text}))
    assert time.process_time() - start < SOON
    wanted(report)
    assert "internal" not in {problem.kind for problem in report.problems}
    assert path in report.workspace.files
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(("text", "kind"), [("", "json-syntax"), (" \n", "json-syntax"), ("\0" * 9, "json-syntax")])
def test_a_named_file_without_anything(text: str, kind: str, tmp_path: Path) -> None:
    report = lint(write(tmp_path, {"a.json": text, "z.json": FAULTY}), ["a.json", "z.json"])
    wanted(report)
    assert [problem.kind for problem in report.problems] == [kind]
    assert status(report, exit_zero=False) == 2


# Things in a folder that are no files

ODD_NAMES = ["new\nline", "escape\x1b[31m", "turn\u202eround", "quote\"'`$(touch ran)", " ", "-x", "한국", "a" * 240]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_names(name: str, tmp_path: Path) -> None:
    write(tmp_path, {f"{name}.json": FAULTY, "z.json": FAULTY})
    report = lint(tmp_path)
    wanted(report)
    assert f"{name}.json" in {finding.primary.file.path for finding in report.findings}
    for format in ("text", "concise", "github", "markdown"):
        shown = render(format, report, View(str(tmp_path)))
        assert all(line.isprintable() for line in shown.split("\n"))
    assert json.loads(render("json", report, View(str(tmp_path))))["findings"][0]["labels"][0]["path"]


@pytest.mark.skipif(os.name != "posix", reason="names that are no text are POSIX's")
def test_a_name_that_is_no_text_in_every_report(tmp_path: Path) -> None:
    write(tmp_path, {"z.json": FAULTY})
    (tmp_path / os.fsdecode(b"t\xff.json")).write_text(FAULTY)
    (tmp_path / os.fsdecode(b"b\xfe.tf")).write_text(resource("family ="))
    outputs = [argument for format in FORMATS for argument in ("--output", f"{format}=report.{format}")]
    done = command(tmp_path, ".", *outputs)
    assert (done.status, done.err) == (2, "")
    for format in FORMATS:
        assert (tmp_path / f"report.{format}").read_bytes().decode()
    log = json.loads((tmp_path / "report.sarif").read_bytes())
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in log["runs"][0]["results"]
    }
    assert "t%FF.json" in uris


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = write(tmp_path / "top", {"z.json": FAULTY})
    for ending in ("json", "yaml", "tf"):
        os.mkfifo(top / f"pipe.{ending}")
    monkeypatch.chdir(top)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.json")
        (top / "folder.json").mkdir()
        (top / ".gitignore").mkdir()
        (top / ".ecslint.yml").mkdir()
        (top / "zero.json").symlink_to("/dev/zero")
        (top / "outside.json").symlink_to(write(tmp_path / "out", {"a.json": FAULTY}) / "a.json")
        (top / "loop.json").symlink_to("loop.json")
        (top / "here").symlink_to(".")
        (top / "up").symlink_to("..")
        start = time.process_time()
        report = lint(top)
        wanted(report)
        assert [(problem.kind, problem.path) for problem in report.problems] == [("unreadable", "pipe.tf")]
        assert report.workspace.files == ["pipe.tf", "z.json"]
        named = ["pipe.json", "socket.json", "zero.json", "outside.json", "loop.json", "none.json", "z.json"]
        report = lint(top, named)
        assert time.process_time() - start < SOON
    wanted(report)
    assert sorted((problem.kind, problem.path) for problem in report.problems) == [
        ("unreadable", path) for path in sorted(named[:-1])
    ]
    assert status(report, exit_zero=False) == 2


# Mutations

SEED = int(os.environ.get("ECSLINT_SEED", "1"))
SECONDS = float(os.environ.get("ECSLINT_MUTATE_SECONDS", "0"))
"""How long mutations are tried; zero is a fixed number of them, the same on every machine."""

SHARES = {"json": 200, "tf": 100, "yaml": 100}
"""How many mutations of each format are tried by the suite."""


def _sources() -> list[dict[str, str]]:
    """The texts of every example and of every whole deployment; assemblies take long."""
    folders = list((FIXTURES / "deployments").iterdir())
    if SECONDS:
        folders += [path / "out" for path in (FIXTURES / "cdk").iterdir()]
    return [case.files for case in CASES] + [_texts(folder) for folder in sorted(folders)]


def _texts(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size < 200_000]
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8", errors="replace") for path in files}


def _mutants(endings: tuple[str, ...], random: Random) -> Iterator[dict[str, str]]:
    """Projects in which one file of a format is mutated, without end."""
    sources = [(files, name) for files in _sources() for name in files if name.endswith(endings)]
    while True:
        files, name = random.choice(sources)
        yield {**files, name: mutated(name, files[name], random)}


def _unhurt(folder: Path, files: Mapping[str, str], formats: Iterable[str]) -> None:
    """Lint a project, which may find anything but a defect of ecslint, and render it."""
    top = write(folder, {name: text.encode("utf-8", "replace").decode() for name, text in files.items()})
    start = time.process_time()
    report = lint(top)
    assert [problem for problem in report.problems if problem.kind == "internal"] == []
    assert status(report, exit_zero=False) in {0, 1, 2, 3}
    for format in formats:
        render(format, report, View(str(top)))
    assert time.process_time() - start < SOON


@pytest.mark.parametrize("format", SHARES)
def test_no_mutation_hurts(format: str, tmp_path: Path) -> None:
    endings = {"json": (".json",), "tf": (".tf",), "yaml": (".yaml", ".yml")}[format]
    random = Random(SEED)
    mutants = _mutants(endings, random)
    start = time.perf_counter()
    number = 0
    while number < SHARES[format] if not SECONDS else time.perf_counter() - start < SECONDS:
        # A project that is not unhurt stays in the folder, to be looked at.
        _unhurt(tmp_path / str(number), next(mutants), random.sample(FORMATS, 1))
        number += 1
    assert number >= SHARES[format] or SECONDS
