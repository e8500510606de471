"""From arguments to claimed files.

A frontend claims a file by its name and a look at its bytes. `.gitignore` filters what a folder is walked for; a file
or folder named on the command line is taken whatever it says. `exclude:` holds for both. Only claimed files and those
that were named can be problems; the others are listed as skipped.
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

    from ecslint.files import Entry, Files
    from ecslint.source import SourceFile

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
        self.by_frontend: dict[str, dict[str, None]] = {}
        self.named: set[str] = set()
        self.folders: set[str] = set()
        self.skipped: list[str] = []
        self.problems: list[Problem] = []

    def claim(self, frontend: str, path: str) -> None:
        self.by_frontend.setdefault(frontend, {})[path] = None


def discover(arguments: Sequence[str], files: Files, exclude: Sequence[str]) -> Claimed:
    """The files under the arguments, which are paths relative to the boundary."""
    claimed = Claimed()
    walker = _Walker(files, exclude)
    for path in arguments:
        if files.is_dir(path):
            _take_folder(path, files, walker, claimed)
        else:
            claimed.named.add(path)
            if walker.excluded(path):
                claimed.skipped.append(path)
            elif not _claim(path, files, claimed):
                _skip(path, files, claimed)
    claimed.skipped = sorted(set(claimed.skipped))
    return claimed


def _take_folder(path: str, files: Files, walker: _Walker, claimed: Claimed) -> None:
    claimed.folders.add(path)
    try:
        files.items(path)
    except Refused as refused:
        claimed.problems.append(Problem(refused.kind, path, str(refused)))
        return
    for found in walker.walk(path):
        if not _claim(found, files, claimed):
            claimed.skipped.append(found)


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
    return _broken(file) if path.endswith((".json", ".yaml", ".yml")) else None


def _broken(file: SourceFile) -> Problem | None:
    """What is wrong with the syntax of a file that no frontend reads."""
    from ecslint import jsontext

    try:
        if file.path.endswith(".json"):
            kind = "json-syntax"
            _, errors = jsontext.read_file(file)
        else:
            from ecslint import yamltext

            kind = "yaml-syntax"
            _, errors = yamltext.read(file)
    except jsontext.TooDeep as deep:
        return Problem("limit", file.path, str(deep), deep.place)
    return Problem(kind, file.path, errors[0].message, errors[0].place) if errors else None


class _Walker:
    """A walk through folders that heeds `.gitignore` and `exclude:` and enters no folder twice."""

    def __init__(self, files: Files, exclude: Sequence[str]) -> None:
        self.files = files
        self.seen: set[str] = set()
        self._specs: dict[str, Any] = {}
        self._exclude = _spec(exclude)
        self._top = ""

    def walk(self, top: str) -> Iterator[str]:
        """The files under a folder that was named, each folder's own before those of the folders in it."""
        # Whoever names a folder that git ignores means it; only what is ignored further down is left out then.
        self._top = ""
        self._top = top if top and self._ignored(top, True) else ""
        folders = [top]
        while folders:
            folder = folders.pop()
            real = self.files.real(folder)
            if real in self.seen:
                continue
            self.seen.add(real)
            if self._assembly(folder, True):
                # Its manifest says which files are stacks; the others are copies of what stands elsewhere.
                yield self._inside(folder, "manifest.json")
                continue
            wanted = [entry for entry in self.files.entries(folder) if self._wanted(entry)]
            yield from (entry.path for entry in wanted if not entry.is_dir)
            folders += [entry.path for entry in reversed(wanted) if entry.is_dir]

    def _wanted(self, entry: Entry) -> bool:
        if (entry.is_dir and entry.name in NEVER_WALKED) or self.excluded(entry.path, entry.is_dir):
            return False
        return not self._ignored(entry.path, entry.is_dir) or self._assembly(entry.path, entry.is_dir)

    def _assembly(self, path: str, is_dir: bool) -> bool:
        """Whether a folder is CDK synth output, which git usually ignores."""
        return is_dir and all(self.files.exists(self._inside(path, name)) for name in ("cdk.out", "manifest.json"))

    @staticmethod
    def _inside(folder: str, name: str) -> str:
        return f"{folder}/{name}" if folder else name

    def excluded(self, path: str, is_dir: bool = False) -> bool:
        """Whether the configuration excludes a path."""
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
            if folder == self._top or not folder:
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
    patterns = [line for line in lines if line.strip() and not line.startswith("#")]
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(pattern for pattern in patterns if valid_pattern(pattern))


def valid_pattern(pattern: str) -> bool:
    """Whether anything can be made of a pattern; `!` and `[z-a]` match nothing to git either."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([pattern]).match_file("any")
    except Exception:  # noqa: BLE001  # `re` and other engines each have errors of their own
        return False
    return True
