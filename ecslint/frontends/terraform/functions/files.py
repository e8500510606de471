"""Functions of paths and files. Only `Files` opens anything; what lies outside the boundary stays unknown.

Source: Terraform's `lang/funcs/filesystem.go`, Go's `path/filepath`.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.sets import make_set
from ecslint.frontends.terraform.cty.types import BOOL, STRING, set_of
from ecslint.frontends.terraform.cty.value import Typed, boolean, string, text_of
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions import doublestar
from ecslint.frontends.terraform.functions.function import function, text
from ecslint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.files import Files
    from ecslint.frontends.terraform.functions.context import Context

MOST_FILES = 10_000


def base(path: str) -> str:
    """Go's `filepath.Base`."""
    if not path:
        return "."
    return path.rstrip("/").rpartition("/")[2] or "/"


def folder(path: str) -> str:
    """Go's `filepath.Dir`."""
    return clean(path[: path.rfind("/") + 1])


def clean(path: str) -> str:
    """Go's `filepath.Clean`."""
    if not path:
        return "."
    # POSIX lets two leading slashes mean something of their own; Go does not.
    return os.path.normpath(re.sub("^/+", "/", path))


@function("basename", text("path"), returns=STRING)
def basename(path: Typed) -> Typed:
    return string(base(text_of(path)))


@function("dirname", text("path"), returns=STRING)
def dirname(path: Typed) -> Typed:
    return string(folder(text_of(path)))


@function("abspath", text("path"), returns=STRING, contextual=True)
def abspath(context: Context, path: Typed) -> Typed:
    given = text_of(path)
    if os.path.isabs(given):
        return string(clean(given))
    raise Declined("where Terraform will run is not known")


@function("pathexpand", text("path"), returns=STRING)
def pathexpand(path: Typed) -> Typed:
    given = text_of(path)
    if not given.startswith("~"):
        return string(given)
    if given[1:2] not in {"", "/"}:
        raise Failure("cannot expand user-specific home dir")
    raise Declined("the home folder of whoever runs Terraform is not known")


@function("file", text("path"), returns=STRING, contextual=True)
def file(context: Context, path: Typed) -> Typed:
    found = context.read(text_of(path))
    return string(found.text, Span(found, 0, len(found.text)))


@function("fileexists", text("path"), returns=BOOL, contextual=True)
def fileexists(context: Context, path: Typed) -> Typed:
    files, relative = context.locate(text_of(path))
    if files.is_dir(relative):
        raise Failure(f'"{text_of(path)}" is a directory, not a file')
    return boolean(files.exists(relative))


@function("fileset", text("path"), text("pattern"), returns=set_of(STRING), contextual=True)
def fileset(context: Context, path: Typed, pattern: Typed) -> Typed:
    files, relative = context.locate(text_of(path))
    wanted = clean(text_of(pattern).lstrip("/"))
    if wanted.split("/")[0] == "..":
        raise Declined("a pattern that leaves its folder is not followed")
    expression = doublestar.pattern(wanted)
    names = [name for name in _walk(files, relative, "", [MOST_FILES]) if expression.fullmatch(name)]
    return make_set([string(name) for name in names], STRING)


def _walk(files: Files, top: str, below: str, left: list[int]) -> Iterator[str]:
    for entry in files.entries(f"{top}/{below}".strip("/") if below else top):
        left[0] -= 1
        if left[0] < 0:
            raise Declined(f"the folder holds more than {MOST_FILES} files")
        name = f"{below}/{entry.name}" if below else entry.name
        if not entry.is_dir:
            yield name
        elif not os.path.islink(files.absolute(entry.path)):
            yield from _walk(files, top, name, left)
