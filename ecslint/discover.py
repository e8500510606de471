"""From arguments to claimed files.

A frontend claims a file by its name and a look at its bytes. `.gitignore` and `exclude:` filter what a folder is walked
for; a file named on the command line is taken whatever they say. Only claimed files can be problems; the others are
listed as skipped.
"""

from __future__ import annotations

import os
from importlib import import_module

from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from ecslint.files import Files

FRONTENDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("taskdef", (".json",)),
    ("cloudformation", (".json", ".template", ".yaml", ".yml")),
    ("terraform", (".tf", ".tofu", ".tf.json", ".tofu.json")),
)
"""The frontends, with the name endings of the files that each looks at."""

NEVER_WALKED = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        "node_modules",
        ".terraform",
        ".terragrunt-cache",
        "__pycache__",
        ".venv",
        ".tox",
        ".mypy_cache",
    }
)

DATA = (".json", ".tf", ".tofu", ".yaml", ".yml", ".template")
"""Endings of files that must parse when they are named on the command line."""


class Claimed:
    """The files of a run: those that a frontend claims, those that were named but concern none, and what is wrong."""

    def __init__(self) -> None:
        self.by_frontend: dict[str, list[str]] = {}
        self.named: set[str] = set()
        self.folders: set[str] = set()
        self.skipped: list[str] = []
        self.problems: list[Problem] = []

    def claim(self, frontend: str, path: str) -> None:
        paths = self.by_frontend.setdefault(frontend, [])
        if path not in paths:
            paths.append(path)


def discover(arguments: Sequence[str], files: Files, exclude: Sequence[str]) -> Claimed:
    """The files under the arguments, which are paths relative to the boundary."""
    claimed = Claimed()
    walker = _Walker(files, exclude)
    for path in arguments:
        if files.is_dir(path):
            claimed.folders.add(path)
            for found in walker.walk(path):
                if not _claim(found, files, claimed):
                    claimed.skipped.append(found)
        else:
            claimed.named.add(path)
            if not _claim(path, files, claimed):
                _skip(path, files, claimed)
    claimed.skipped.sort()
    return claimed


def _frontend(name: str) -> Any:
    return import_module(f"ecslint.frontends.{name}")


def _claim(path: str, files: Files, claimed: Claimed) -> bool:
    """Whether some frontend claims a file; one that cannot be read is claimed by none."""
    frontends = [name for name, endings in FRONTENDS if path.endswith(endings)]
    if not frontends:
        return False
    content = _content(path, files)
    takers = [name for name in frontends if _frontend(name).claims(path, content)]
    for name in takers:
        claimed.claim(name, path)
    return bool(takers)


def _content(path: str, files: Files) -> bytes:
    """A file's bytes as UTF-8, or the first of one that is too large, which is enough to claim it."""
    try:
        content = files.read_bytes(path)
    except Refused as refused:
        if refused.kind != "limit":
            return b""
        content = files.read_bytes(path, 1 << 20)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").encode()
    return content


def _skip(path: str, files: Files, claimed: Claimed) -> None:
    """A named file that concerns no frontend: skipped if it parses, else a problem."""
    problem = _unparsable(path, files)
    if problem is not None:
        claimed.problems.append(problem)
    else:
        claimed.skipped.append(path)


def _unparsable(path: str, files: Files) -> Problem | None:
    try:
        if not path.endswith(DATA):
            files.read_bytes(path, 1)
            return None
        file = files.read(path)
    except Refused as refused:
        return Problem(refused.kind, path, str(refused))
    if not path.endswith(".json"):
        return None
    from ecslint import jsontext

    try:
        _, errors = jsontext.read_file(file)
    except jsontext.TooDeep as deep:
        return Problem("limit", path, str(deep), deep.place)
    return Problem("json-syntax", path, errors[0].message, errors[0].place) if errors else None


class _Walker:
    """A walk through folders that heeds `.gitignore` and `exclude:` and enters no folder twice."""

    def __init__(self, files: Files, exclude: Sequence[str]) -> None:
        self.files = files
        self.seen: set[str] = set()
        self._specs: dict[str, Any] = {}
        self._exclude = _spec(exclude)

    def walk(self, folder: str) -> Iterator[str]:
        real = self.files.real(folder)
        if real in self.seen:
            return
        self.seen.add(real)
        if self._assembly(folder, True):
            # Its manifest says which files are stacks; the others are copies of what stands elsewhere.
            yield self._inside(folder, "manifest.json")
            return
        for entry in self.files.entries(folder):
            if entry.is_dir and entry.name in NEVER_WALKED:
                continue
            if self._excluded(entry.path, entry.is_dir):
                continue
            if self._ignored(entry.path, entry.is_dir) and not self._assembly(entry.path, entry.is_dir):
                continue
            if entry.is_dir:
                yield from self.walk(entry.path)
            else:
                yield entry.path

    def _assembly(self, path: str, is_dir: bool) -> bool:
        """Whether a folder is CDK synth output, which git usually ignores."""
        return is_dir and all(self.files.exists(self._inside(path, name)) for name in ("cdk.out", "manifest.json"))

    @staticmethod
    def _inside(folder: str, name: str) -> str:
        return f"{folder}/{name}" if folder else name

    def _excluded(self, path: str, is_dir: bool) -> bool:
        return self._exclude is not None and self._exclude.match_file(path + "/" * is_dir)

    def _ignored(self, path: str, is_dir: bool) -> bool:
        """Whether git ignores a path: the deepest `.gitignore` that says anything of it wins."""
        folder = os.path.dirname(path)
        while True:
            spec = self._gitignore(folder)
            if spec is not None:
                inner = path[len(folder) + 1 :] if folder else path
                result = spec.check_file(inner + "/" * is_dir).include
                if result is not None:
                    return bool(result)
            if not folder:
                return False
            folder = os.path.dirname(folder)

    def _gitignore(self, folder: str) -> Any:
        if folder not in self._specs:
            path = f"{folder}/.gitignore" if folder else ".gitignore"
            lines: list[str] = []
            if self.files.exists(path):
                try:
                    lines = self.files.read(path).text.splitlines()
                except Refused:
                    lines = []
            self._specs[folder] = _spec(lines)
        return self._specs[folder]


def _spec(lines: Sequence[str]) -> Any:
    """The patterns as git reads them; None where there are none, so that the library is loaded only when needed."""
    patterns = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)
