"""What the tests share: runs over texts, and snapshots."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from contextlib import contextmanager
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ecslint.run import Options, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ecslint.engine import Report

TOP = Path(__file__).parent.parent
FIXTURES = TOP / "fixtures"
SNAPSHOTS = Path(__file__).parent / "snapshots"

SOON = 20.0
"""Seconds within which a text made to be slow is read, on a busy machine too; in quadratic time it takes minutes."""

ENDINGS = {"json": "json", "hcl": "tf", "yaml": "yml"}
"""The file ending of a text in the language of a fence."""


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write texts into a folder that is a boundary of its own."""
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@contextmanager
def deep_tree(folder: Path, depth: int = 400) -> Iterator[None]:
    """Folders in folders, deeper than Python may recurse meanwhile."""
    (folder / "/".join(["d"] * depth)).mkdir(parents=True)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 250)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def run(folder: Path, paths: Iterable[str] = (".",), **options: object) -> Run:
    """A run over paths of a folder."""
    return Run(Options([str(folder / path) for path in paths], today="2026-11-20", **options))  # type: ignore[arg-type]


def lint(folder: Path, paths: Iterable[str] = (".",), **options: object) -> Report:
    """The report of a run, notes shown."""
    return run(folder, paths, pedantic=True, **options).report()


class Done(NamedTuple):
    """What a command line gave."""

    status: int
    out: str
    err: str


def command(cwd: Path, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> Done:
    """Run a whole command line in a process of its own, from a folder, with an environment that holds nothing else."""
    path = {"PYTHONPATH": str(TOP), "PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "ecslint", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**path, **(environment or {})},
        timeout=120,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def script(name: str, folder: str = "scripts") -> Any:
    """A module of `scripts/` or `benchmarks/`, which are no packages."""
    spec = util.spec_from_file_location(f"ecslint_{folder}_{name}", TOP / folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def snapshot(name: str, text: str) -> None:
    """Compare a text with what it was; `ECSLINT_UPDATE=1` writes it anew."""
    path = SNAPSHOTS / name
    if os.environ.get("ECSLINT_UPDATE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == (path.read_text(encoding="utf-8") if path.exists() else "")
