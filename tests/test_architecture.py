"""The house stands as it was drawn: who imports whom, who opens files, what a short run loads."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import TOP

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = TOP / "ecslint"
RULES = TOP / "rules"

LOW = {
    "lean",
    "source",
    "language",
    "answer",
    "text",
    "value",
    "world",
    "placeholder",
    "jsontext",
    "jsonroute",
    "yamltext",
    "files",
    "facts",
    "finding",
    "model",
    "notation",
}

ALLOWED = {
    "lean": set(),
    "source": {"lean"},
    "language": {"lean"},
    "answer": {"lean"},
    "text": {"lean", "language"},
    "comparison": {"lean", "language", "answer", "text"},
    "value": {"lean", "language", "answer", "text", "comparison"},
    "world": {"lean", "value"},
    "placeholder": {"lean", "value"},
    "jsontext": {"lean", "source", "value", "placeholder"},
    "jsonroute": {"lean", "source", "value", "jsontext"},
    "yamltext": {"lean", "source", "value", "jsontext"},
    "files": {"lean", "source"},
    "facts": {"lean", "facts"},
    "finding": {"lean", "source"},
    "model": {"lean", "source", "value", "world", "facts", "model", "jsontext"},
    "rule": {"lean", "source", "value", "model", "finding"},
    "merge": {"lean", "source", "finding"},
    "survey": {"lean", "value", "finding", "facts"},
    "suppress": {"lean", "source", "finding", "rule"},
    "engine": {"lean", "value", "world", "model", "finding", "rule", "merge"},
    "registry": {"lean", "finding", "rule", "suppress"},
    "manual": {"lean", ""},
    "notation": {"lean", "value"},
    "why": {"lean"},
    "fix": {"lean"},
    "overrides": {"lean", "config", "suppress"},
    "graph": {"lean", "value"},
    "scaffold": {"lean", ""},
    "baseline": {"lean", "source", "value", "facts", "finding", "jsontext", "yamltext", "suppress"},
    "config": {"lean", "value", "files", "finding", "jsontext", "yamltext", "model", "schema"},
    "schema": {"lean", "", "finding"},
    "discover": {"lean", "files", "finding", "jsontext", "yamltext"},
    "frontends": LOW | {"suppress", "frontends"},
    "reporters": {"lean", "facts", "finding", "manual", "reporters", ""},
    "run": LOW | {"baseline", "config", "registry", "discover", "engine", "merge", "overrides", "suppress", "survey"},
    "commands": LOW
    | {"baseline", "commands", "config", "cli", "engine", "fix", "graph", "manual", "registry", "reporters", "run"}
    | {"notation", "scaffold", "schema", "why", ""},
    "cli": {"lean"},
    "__main__": {"cli"},
    "__init__": {"_version"},
    "_version": set(),
    "rules": {"lean", "value", "facts", "model", "rule"},
}


def _unit(path: Path) -> str:
    if path.is_relative_to(RULES):
        return "rules"
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """The modules that a file imports when it runs, at its top or later; not those for types only."""
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for other in node.orelse:
                visit(other)
            return
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update({f"{node.module}.{alias.name}" for alias in node.names})
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


FILES = sorted([*PACKAGE.rglob("*.py"), *RULES.rglob("*.py")])


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(TOP)) for path in FILES])
def test_imports_go_one_way(path: Path) -> None:
    unit = _unit(path)
    for name in _imports(path):
        if name.startswith("ecslint."):
            other = name.split(".")[1]
            other = "" if other in {"__version__", "HOME"} else other
            assert other in ALLOWED[unit], f"{unit} must not import {name}"
            if unit == "frontends":
                mine = path.relative_to(PACKAGE).parts[1]
                assert name.split(".")[1] != "frontends" or name.split(".")[2] == mine


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(TOP)) for path in FILES])
def test_only_files_opens_anything(path: Path) -> None:
    if path == PACKAGE / "files.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    forbidden = {"open", "scandir", "listdir", "walk", "read_text", "read_bytes", "write_text", "fdopen", "popen"}
    allowed = {"registry.py": {"listdir"}, "cli.py": {"open"}}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            owner = getattr(function.value, "id", "") if isinstance(function, ast.Attribute) else "builtins"
            if name in forbidden and owner in {"os", "io", "builtins", "Path", "pathlib"}:
                assert name in allowed.get(path.name, set()), f"line {node.lineno} calls {name}"
    assert not _imports(path) & {"subprocess", "socket", "urllib.request", "http.client", "pathlib.Path"}


ACCESSORS = {"data", "string", "scalar", "integer", "kind", "ref"}


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.py")), ids=lambda path: path.name)
def test_rules_ask_questions(path: Path) -> None:
    """A rule never compares what it may not know: `x.string != "y"` is true where nothing is known of x."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare):
            for side in [node.left, *node.comparators]:
                accessor = isinstance(side, ast.Attribute) and side.attr in ACCESSORS
                absent = all(isinstance(op, (ast.Is, ast.IsNot)) for op in node.ops)
                assert not accessor or absent, f"line {node.lineno} compares `.{side.attr}`"  # type: ignore[attr-defined]
        if isinstance(node, ast.Attribute):
            assert node.attr != "data", f"line {node.lineno} looks at `.data`"


STANDARD = {
    *("_argparse", "argparse", "gettext", "locale", "_locale", "re", "re._casefix", "re._compiler", "re._constants"),
    *("re._parser", "_sre", "enum", "types", "operator", "_operator", "functools", "_functools", "collections"),
    *("_collections", "collections.abc", "keyword", "reprlib", "itertools", "copyreg", "importlib", "_weakref"),
    *("importlib._bootstrap", "importlib._bootstrap_external", "warnings", "bisect", "_bisect", "gc", "_colorize"),
    *(
        "_warnings",
        "sre_compile",
        "sre_constants",
        "sre_parse",
        "_imp",
        "__future__",
        "errno",
        "encodings.utf_8_sig",
        "linecache",
        "textwrap",
        "_tokenize",
        "fnmatch",
        "posixpath",
        "_string",
        "string",
        "_types",
    ),
}


def test_a_clean_run_loads_little(tmp_path: Path) -> None:
    clean = {"family": "checkout-api", "containerDefinitions": [{"name": "app", "image": "nginx:1.27", "memory": 256}]}
    path = tmp_path / "checkout-api.json"
    path.write_text(json.dumps(clean))
    code = (
        "import sys; bare = set(sys.modules)\n"
        "from ecslint.cli import main\n"
        "status = main(sys.argv[1:])\n"
        "loaded = set(sys.modules) - bare\n"
        "print(status, *sorted(name for name in loaded if name.split('.')[0] != 'ecslint'))\n"
        "print(*sorted(name for name in loaded if name.startswith('ecslint.')))\n"
    )
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(TOP)!r})\n{code}", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={})
    summary, standard, ours = done.stdout.splitlines()
    assert summary == "no findings in 1 file"
    status, *loaded = standard.split()
    assert status == "0"
    assert set(loaded) <= STANDARD
    unneeded = {
        "yamltext",
        "manual",
        "suppress",
        "model.identity",
        "model.service",
        "reporters.json",
        "reporters.page",
        "rules.rollout.circuit_breaker_off",
        "commands.rule",
        "frontends.terraform",
        "frontends.cloudformation.template",
    }
    assert not {f"ecslint.{name}" for name in unneeded} & set(ours.split())
