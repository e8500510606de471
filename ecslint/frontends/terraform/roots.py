"""Which folders are deployed: those with Terraform files that no other folder calls as a module."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ecslint.files import Refused
from ecslint.frontends.terraform.hcl.expression import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.frontends.terraform.configuration import Configurations, Module

MOST_FOLDERS = 5000
"""How many folders are looked through for the callers of a module that was named alone."""

_SOURCE = re.compile(rb"""["']?source["']?\s*[=:]\s*"(\.\.?/[^"$]*)\"""")
_SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", ".terraform", ".terragrunt-cache", "__pycache__", ".venv"})


def roots(paths: Iterable[str], configurations: Configurations) -> list[str]:
    """The folders to deploy, given the files that were asked for.

    A folder of which only some files were asked for is what a person or a hook names: then those that call it are
    looked for in the whole boundary.
    """
    asked: dict[str, set[str]] = {}
    for path in paths:
        asked.setdefault(os.path.dirname(path), set()).add(path)
    partial = {folder for folder, names in asked.items() if not set(configurations.paths(folder)) <= names}
    graph = {folder: _called(configurations.module(folder)) for folder in asked}
    if partial:
        for folder in _folders(configurations):
            if folder not in graph:
                graph[folder] = _glimpsed(folder, configurations)
    _complete(graph, configurations)
    tops = _tops(graph)
    return [folder for folder in tops if any(below in asked for below in _reach(folder, graph))]


def target(folder: str, source: str) -> str:
    """The folder that a local source means, relative to the boundary."""
    joined = os.path.normpath(os.path.join(folder, source)).replace(os.sep, "/")
    return "" if joined == "." else joined


def _called(module: Module | None) -> set[str]:
    """The folders that a module calls."""
    found: set[str] = set()
    for block in module.calls.values() if module is not None else ():
        attribute = block.body.attributes.get("source")
        if module is not None and attribute is not None and isinstance(attribute.expression, Literal):
            source = attribute.expression.constant.string or ""
            if source.startswith(("./", "../")):
                found.add(target(module.folder, source))
    return found


def _glimpsed(folder: str, configurations: Configurations) -> set[str]:
    """The folders that the files of a folder seem to call, from a look at their bytes."""
    found: set[str] = set()
    for path in configurations.paths(folder):
        try:
            content = configurations.files.read_bytes(path)
        except Refused:
            continue
        found |= {target(folder, match.decode("utf-8", "replace")) for match in _SOURCE.findall(content)}
    return found


def _complete(graph: dict[str, set[str]], configurations: Configurations) -> None:
    """Add what is called by what is called."""
    todo = list(graph)
    for folder in todo:
        for called in graph[folder]:
            if called not in graph and not called.startswith(".."):
                graph[called] = _called(configurations.module(called))
                todo.append(called)


def _tops(graph: dict[str, set[str]]) -> list[str]:
    """The folders that no other calls; of those that call each other in a circle, the first."""
    called = {below for folder, inner in graph.items() for below in inner if below != folder}
    tops = sorted(folder for folder in graph if folder not in called)
    covered = {below for top in tops for below in _reach(top, graph)}
    for folder in sorted(graph):
        if folder not in covered:
            tops.append(folder)
            covered |= set(_reach(folder, graph))
    return sorted(tops)


def _reach(top: str, graph: dict[str, set[str]]) -> list[str]:
    """A folder and all that it leads to."""
    found = [top]
    for folder in found:
        found += sorted(below for below in graph.get(folder, ()) if below not in found)
    return found


def _folders(configurations: Configurations) -> Iterator[str]:
    """The folders of the boundary, as far as they are looked through."""
    todo = [""]
    seen: set[str] = set()
    while todo and len(seen) < MOST_FOLDERS:
        folder = todo.pop()
        real = configurations.files.real(folder)
        if real in seen:
            continue
        seen.add(real)
        yield folder
        todo += [
            entry.path for entry in configurations.files.entries(folder) if entry.is_dir and entry.name not in _SKIPPED
        ]
